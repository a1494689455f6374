// What is typed into a field of a date is said in words below it. The server reads it, as it will
// when the form is saved; without this script a date that cannot be read is told then.
const PAUSE = 350
const DOUBT = 650 // longer, before the half of a date is told to be none
const BOX = "input[data-said]"
const waiting = new WeakMap()

const lineOf = (box) => box.nextElementSibling

const say = (box, answer) => {
  const { said, understood } = answer
  const line = lineOf(box)
  line.classList.toggle("date-refused", !understood)
  if (line.textContent !== said) line.textContent = said
  box.dispatchEvent(new CustomEvent("date:said", { bubbles: true, detail: answer }))
}

const ask = async (box) => {
  const text = box.value.trim()
  if (!text) return say(box, { said: "", understood: true })
  try {
    const address = `${box.dataset.said}?${new URLSearchParams({ text })}`
    const response = await fetch(address, { credentials: "same-origin", redirect: "error" })
    const answer = await response.json()
    if (!answer.understood) await new Promise((done) => setTimeout(done, DOUBT))
    if (box.value.trim() === text) say(box, answer)
  } catch { // signed out, or no connection: saving will tell
    say(box, { said: "", understood: true })
  }
}

// Rows of a table change their number when they are added and taken away; what stands in
// aria-describedby does not.
const describe = () => {
  for (const box of document.querySelectorAll(BOX)) {
    const ids = box.getAttribute("aria-describedby").split(" ").filter((id) => !id.endsWith("_said"))
    box.setAttribute("aria-describedby", [...ids, lineOf(box).id].join(" "))
  }
}

document.addEventListener("input", ({ target }) => {
  if (!target.matches(BOX)) return
  clearTimeout(waiting.get(target))
  waiting.set(target, setTimeout(ask, PAUSE, target))
})
for (const event of ["formset:added", "formset:removed"]) {
  document.addEventListener(event, () => setTimeout(describe)) // once the rows have their numbers
}

// Who else has this form open: asked again and again while the form is there. The answer is read
// out when it changes. Without an answer all stays as it is: nothing waits for it.
const line = document.getElementById("presence")
const form = line?.closest("form")
const WAIT = 8000 // milliseconds for an answer
let waiting

const body = (fields = {}) => {
  const data = new FormData()
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

const show = (sentences) => {
  const shown = [...line.children].map(({ textContent }) => textContent)
  if (JSON.stringify(shown) === JSON.stringify(sentences)) return
  line.replaceChildren(...sentences.map((sentence) => {
    const said = document.createElement("p")
    said.textContent = sentence
    return said
  }))
}

const ask = async () => {
  try {
    const answer = await fetch(line.dataset.presence, {
      method: "POST", body: body(), credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(WAIT),
    })
    if (answer.ok) show((await answer.json()).others)
  } catch {
    // the next time will do
  }
}

const goOn = async () => {
  clearTimeout(waiting)
  await ask()
  clearTimeout(waiting)
  waiting = setTimeout(goOn, Number(line.dataset.every))
}

const leave = () => {
  clearTimeout(waiting)
  navigator.sendBeacon(line.dataset.presence, body({ left: "1" }))
}

if (form) {
  window.addEventListener("pagehide", leave)
  window.addEventListener("pageshow", ({ persisted }) => persisted && goOn())
  goOn()
}

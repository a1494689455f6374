// The panel above the events follows the typing: what is in the form goes to the server, which
// answers what readers would see. Nothing is saved by it; the form stays as it is.
const PAUSE = 600
const LEGAL = /^(csrfmiddlewaretoken|draft_version|kind|form|binding|(parties|events)-(?!__prefix__).*)$/

const panel = document.querySelector("#status-panel[data-address]")
const form = panel?.closest("form")
const answer = panel?.querySelector(".status-answer")
const note = panel?.querySelector(".status-note")
let waiting, asking, last

// Who signs in again in another window gets another token; the form takes it, and can be saved.
const renew = () => {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1]
  if (token) form.elements.csrfmiddlewaretoken.value = token
}

const typed = () =>
  new URLSearchParams([...new FormData(form)].filter(([name, value]) => LEGAL.test(name) && typeof value === "string"))

const parse = (text) => new DOMParser().parseFromString(text, "text/html")

const tell = (sentence) => {
  note.textContent = sentence
  note.hidden = !sentence
  answer.classList.toggle("status-stale", Boolean(sentence))
}

// What is said again is not read out again.
const show = (found) => {
  if (answer.innerHTML === found.body.innerHTML) return
  answer.replaceChildren(...found.body.childNodes)
}

const ask = async (body) => {
  asking?.abort()
  asking = new AbortController()
  const response = await fetch(panel.dataset.address, {
    method: "POST", body, signal: asking.signal, credentials: "same-origin", redirect: "manual",
  })
  if (!response.ok) last = "" // so that it is asked again
  if (response.type === "opaqueredirect") return tell(panel.dataset.signedOut)
  const found = parse(await response.text())
  if (!response.ok) return tell(found.querySelector(".status-refusal")?.textContent ?? panel.dataset.failed)
  show(found)
  tell("")
}

const follow = async () => {
  renew()
  const body = typed()
  if (body.toString() === last) return
  last = body.toString()
  try {
    await ask(body)
  } catch (error) {
    if (error.name === "AbortError") return
    last = ""
    tell(panel.dataset.failed)
  }
}

const later = () => {
  clearTimeout(waiting)
  waiting = setTimeout(follow, PAUSE)
}

if (panel) {
  renew()
  form.addEventListener("submit", renew)
  last = typed().toString()
  // Choices by Select2 are told by jQuery only, which hears what the browser tells, too.
  window.django.jQuery(form).on("input change", later)
  document.addEventListener("formset:added", later)
  document.addEventListener("formset:removed", later)
  // A form that was refused holds what is not saved.
  if (document.querySelector("form .errornote")) {
    last = ""
    later()
  }
}

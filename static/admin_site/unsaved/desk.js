// The desk names what was typed in this browser and not saved, with the way to each form.
import * as copies from "./copies.js"
import { moment } from "./offer.js"

const made = (name, text) => Object.assign(document.createElement(name), { textContent: text })

// What he typed, which he can copy also when what it was about is gone.
const words = (copy, tray) => {
  const details = made("details", "")
  details.append(made("summary", tray.dataset.words))
  for (const [label, text] of copy.words) details.append(made("p", label ? `${label}: ${text}` : text))
  return details
}

const drop = (copy, tray, item) => {
  const button = made("button", tray.dataset.drop)
  button.type = "button"
  button.className = "linklike"
  button.addEventListener("click", () => {
    if (!window.confirm(tray.dataset.sure)) return
    copies.drop(copy.number)
    item.remove()
    tray.hidden = !tray.querySelector("li")
  })
  return button
}

const row = (copy, tray, isOpen) => {
  const item = made("li", "")
  const link = made("a", copy.title)
  link.href = copy.path
  const when = made("span", moment(copy.at))
  when.className = "quiet"
  item.append(link, when)
  if (!isOpen) item.append(drop(copy, tray, item))
  if (copy.words?.length) item.append(words(copy, tray))
  return item
}

export const showOnDesk = async () => {
  const tray = document.getElementById("unsaved-tray")
  const found = tray ? copies.all() : []
  if (!found.length) return
  const open = await copies.openNumbers() // in another tab, where it is being typed
  tray.querySelector("ul").append(...found.map((copy) => row(copy, tray, open.has(copy.number))))
  tray.hidden = false
}

// The desk names what was typed in this browser and not saved, with the way to each form.
import * as copies from "./copies.js"
import { moment } from "./offer.js"

const row = (copy) => {
  const item = document.createElement("li")
  const link = document.createElement("a")
  link.href = copy.path
  link.textContent = copy.title
  const when = document.createElement("span")
  when.className = "quiet"
  when.textContent = moment(copy.at)
  item.append(link, when)
  return item
}

export const showOnDesk = () => {
  const tray = document.getElementById("unsaved-tray")
  const found = tray ? copies.all() : []
  if (!found.length) return
  tray.querySelector("ul").append(...found.map(row))
  tray.hidden = false
}

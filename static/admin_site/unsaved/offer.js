// What this person typed into this form before, and did not save: offered above it.
import * as copies from "./copies.js"

const template = document.getElementById("unsaved-offer")

export const moment = (at) => {
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(at)
}

const hidden = (name, value) => {
  const input = document.createElement("input")
  input.type = "hidden"
  input.name = name
  input.value = value
  return input
}

// A form without rows is filled here; what it asks besides what is typed stays as it is now.
const fill = (form, copy) => {
  for (const [name, value] of copy.fields) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]:not([type=hidden], button)`)) {
      if (field.matches("[type=radio], [type=checkbox]")) field.checked = field.value === value
      else field.value = value
    }
  }
  form.dispatchEvent(new Event("input", { bubbles: true }))
  copies.drop(copy.number)
}

// The server fills the form, with all its rows; it saves nothing. Of files it gets the names. What was
// typed before there was a draft goes by the address where that was, which leads on to its form.
const show = (form, copy) => {
  const sent = document.createElement("form")
  sent.method = "post"
  sent.enctype = "multipart/form-data"
  sent.action = copy.path === location.pathname ? location.pathname + location.search : copy.path
  sent.hidden = true
  const own = [["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value], ["_shown", "1"], ["_copy", copy.number]]
  const chosen = (copy.files ?? []).map(([name, file]) => [`${name}-chosen`, file])
  sent.append(...[...own, ...copy.fields, ...chosen].map(([name, value]) => hidden(name, value)))
  document.body.append(sent)
  sent.submit()
}

const offer = (form, copy, kept) => {
  const box = template.content.cloneNode(true).firstElementChild
  box.querySelector("[data-when]").textContent = moment(copy.at)
  const isOfNow = copy.path === location.pathname && copy.version === copies.versionOf(form)
  box.querySelector("[data-older]").hidden = isOfNow
  const names = (copy.files ?? []).map(([, name]) => name)
  box.querySelector("[data-files]").hidden = !names.length
  box.querySelector("[data-names]").textContent = names.join(", ")
  box.querySelector("[data-show]").addEventListener("click", () => {
    if (form.elements._copy.dataset.rows === "none") {
      kept.begin()
      fill(form, copy)
      kept.keep()
      return box.remove()
    }
    kept.leaving = !kept.isDirty
    show(form, copy)
  })
  box.querySelector("[data-drop]").addEventListener("click", (event) => {
    if (!window.confirm(event.target.dataset.drop)) return
    copies.drop(copy.number)
    box.remove()
    document.getElementById("content-start")?.focus()
  })
  return box
}

export const offerCopies = async (form, kept) => {
  const open = await copies.openNumbers()
  const places = [location.pathname, form.elements._copy.dataset.opened]
  const here = copies
    .all()
    .filter(({ path, number }) => places.includes(path) && number !== kept.number && !open.has(number))
  form.before(...here.map((copy) => offer(form, copy, kept)))
}

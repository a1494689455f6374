// Whoever does not find a party in the list looks for it, adds it or asks for it in a dialog: the
// form below stays as it is. The server makes what the dialog shows; without this script its link
// opens a page of its own.
const dialog = document.createElement("dialog")
dialog.className = "unsaved-dialog missing-dialog"
dialog.setAttribute("aria-labelledby", "missing-title")
document.body.append(dialog)
let link

const choose = (id, name) => {
  const select = link.closest(".party-choice").querySelector("select")
  if (![...select.options].some((option) => option.value === id)) select.add(new Option(name, id))
  select.value = id
  window.django.jQuery(select).trigger("change")
  dialog.close()
  select.parentElement.querySelector(".select2-selection").focus()
}

const show = (text) => {
  const found = new DOMParser().parseFromString(text, "text/html")
  dialog.replaceChildren(...found.body.childNodes)
  if (!dialog.open) dialog.showModal()
  const made = dialog.querySelector("[data-made]")
  if (made) return choose(made.dataset.made, made.dataset.name)
  const fault = dialog.querySelector(".errors :is(input, select, textarea)")
  ;(fault ?? dialog.querySelector("[autofocus], .missing-form [name=name], [data-close]")).focus()
}

// Who is signed out, or has no connection, is told so by the page itself; what was typed stays.
const fail = () => {
  const form = dialog.querySelector(".missing-form")
  if (!form) {
    dialog.close()
    return window.open(link.href, "_blank")
  }
  const told = form.querySelector("[role=alert]") ?? document.createElement("p")
  told.setAttribute("role", "alert")
  told.textContent = window.gettext("It could not be sent. Is there a connection, and are you still signed in? What you typed is still here: try again.")
  form.prepend(told)
}

let isUnderWay = false
const ask = async (address, options = {}) => {
  if (isUnderWay) return
  isUnderWay = true
  address.searchParams.set("dialog", "1")
  try {
    const answer = await fetch(address, { credentials: "same-origin", redirect: "error", ...options })
    if (!answer.ok) throw new Error(answer.status)
    show(await answer.text())
  } catch {
    fail()
  } finally {
    isUnderWay = false
  }
}

document.addEventListener("click", (event) => {
  const asked = event.target.closest?.("a.party-missing")
  if (!asked || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  link = asked
  ask(new URL(link.href))
})

dialog.addEventListener("click", ({ target }) => {
  if (target.dataset.take) choose(target.dataset.take, target.dataset.name)
  if (target.dataset.close !== undefined) dialog.close()
})

dialog.addEventListener("submit", (event) => {
  event.preventDefault()
  const form = event.target
  const address = new URL(form.getAttribute("action"), location.href)
  const typed = new URLSearchParams(new FormData(form))
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1]
  if (token && typed.has("csrfmiddlewaretoken")) typed.set("csrfmiddlewaretoken", token) // signed in again
  if (form.method === "post") return ask(address, { method: "POST", body: typed })
  address.search = typed
  ask(address)
})

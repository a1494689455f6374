// A link inside rich text may lead to a document, a page or an agreement: the dialog of the link
// gets a button for each that opens their list and writes the address of the chosen one.
const words = JSON.parse(document.getElementById("block-words").textContent)
const $ = window.django.jQuery

const choose = async (dialog, target, id) => {
  const response = await fetch(target.link.replace("/0/", `/${id}/`))
  if (!response.ok) return
  const { href } = await response.json()
  const address = dialog.querySelector("[name=href]")
  address.value = href
  address.dispatchEvent(new Event("input", { bubbles: true }))
  address.focus()
}

const offer = (dialog, target) => {
  const chosen = document.createElement("input")
  chosen.type = "hidden"
  chosen.id = `chosen-${target.name}`
  $(chosen).on("change", () => choose(dialog, target, chosen.value))
  const button = document.createElement("button")
  button.type = "button"
  button.className = "choose-target"
  button.textContent = target.label
  button.addEventListener("click", () => {
    window.open(`${target.list}?_popup=1`, chosen.id, "height=600,width=900,resizable=yes,scrollbars=yes")
  })
  return [button, chosen]
}

const equip = (dialog) => {
  const offers = words.linkTargets.flatMap((target) => offer(dialog, target))
  dialog.querySelector("[name=href]").after(...offers)
}

const found = () => document.querySelector("dialog.prose-editor-dialog:not(:has(.choose-target))")

new MutationObserver(() => {
  const dialog = found()
  if (dialog?.querySelector("[name=href]")) equip(dialog)
}).observe(document.body, { childList: true, subtree: true })

// A link inside rich text may lead to a document: the dialog of the link gets a button that opens
// the list of documents and writes the address of the chosen one.
const words = JSON.parse(document.getElementById("block-words").textContent)
const $ = window.django.jQuery

const choose = async (dialog, id) => {
  const response = await fetch(words.documentLink.replace("/0/", `/${id}/`))
  if (!response.ok) return
  const { href } = await response.json()
  const address = dialog.querySelector("[name=href]")
  address.value = href
  address.dispatchEvent(new Event("input", { bubbles: true }))
  address.focus()
}

const equip = (dialog) => {
  const chosen = document.createElement("input")
  chosen.type = "hidden"
  chosen.id = "chosen-document"
  $(chosen).on("change", () => choose(dialog, chosen.value))
  const button = document.createElement("button")
  button.type = "button"
  button.className = "choose-document"
  button.textContent = words.chooseDocument
  button.addEventListener("click", () => {
    window.open(`${words.documents}?_popup=1`, chosen.id, "height=600,width=900,resizable=yes,scrollbars=yes")
  })
  dialog.querySelector("[name=href]").after(button, chosen)
}

const found = () => document.querySelector("dialog.prose-editor-dialog:not(:has(.choose-document))")

new MutationObserver(() => {
  const dialog = found()
  if (dialog?.querySelector("[name=href]")) equip(dialog)
}).observe(document.body, { childList: true, subtree: true })

// Whoever signs out says what becomes of what he has typed and not saved.
import * as copies from "./copies.js"

const dialog = document.getElementById("signing-out")
const form = document.getElementById("logout-form")

export const askWhenSigningOut = () => {
  form?.addEventListener("submit", (event) => {
    if (dialog.returnValue || !copies.all().length) return
    event.preventDefault()
    dialog.showModal()
  })
  dialog?.addEventListener("close", () => {
    if (!dialog.returnValue) return
    if (dialog.returnValue === "delete") copies.all().forEach(({ number }) => copies.drop(number))
    form.requestSubmit()
  })
}

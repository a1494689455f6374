// Whoever signs out says what becomes of what he has typed and not saved.
import * as copies from "./copies.js"

const dialog = document.getElementById("signing-out")
const form = document.getElementById("logout-form")

export const askWhenSigningOut = () => {
  let answer = ""
  form?.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("formaction") || answer || !copies.all().length) return
    event.preventDefault()
    dialog.showModal()
  })
  dialog.addEventListener("click", ({ target }) => {
    if (target.dataset.close === undefined) return
    dialog.close()
    answer = target.dataset.close
    if (answer === "delete") copies.dropAll()
    if (answer) form.requestSubmit()
  })
}

// Nothing that is typed into a form of the admin is lost.
import { tidy } from "./copies.js"
import { showOnDesk } from "./desk.js"
import { KeptForm } from "./form.js"
import { offerCopies } from "./offer.js"
import { Sending } from "./session.js"
import { askWhenSigningOut } from "./signout.js"

const start = () => {
  tidy()
  window.addEventListener("focus", tidy)
  const form = document.querySelector("#content-main form[method=post]:has(> [name=_copy])")
  if (form) {
    const kept = new KeptForm(form)
    offerCopies(form, kept)
    new Sending(kept)
  }
  showOnDesk()
  askWhenSigningOut()
}

if (document.getElementById("unsaved")) start()

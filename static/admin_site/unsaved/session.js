// A form is sent when the server knows its person: else he signs in beside it, and nothing of the
// form goes. Whoever signed in anew beside it has another token, which the form takes.
const words = document.getElementById("unsaved")
const WAIT = 8000 // milliseconds for an answer
const LONG = 60_000
const dialog = document.getElementById("signed-out")

// "here", "out" (signed out), "other" (somebody else is signed in) or "away" (no answer)
const standing = async (form) => {
  try {
    const answer = await fetch(words.dataset.session, {
      credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(WAIT),
    })
    if (!answer.ok) return "away"
    const { person, token } = await answer.json()
    if (!person) return "out"
    if (String(person) !== words.dataset.person) return "other"
    form.elements.csrfmiddlewaretoken.value = token
    return "here"
  } catch {
    return "away"
  }
}

const tell = (what) => {
  for (const part of dialog.querySelectorAll("[data-case]")) part.hidden = part.dataset.case !== what
  if (!dialog.open) dialog.showModal()
}

export class Sending {
  constructor(kept) {
    this.kept = kept
    kept.form.addEventListener("submit", (event) => this.submit(event))
    dialog.querySelector("[data-again]").addEventListener("click", () => this.go(true))
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close())
    dialog.querySelector("[data-sign-in]").addEventListener("click", (event) => {
      event.preventDefault()
      window.open(event.currentTarget.href, "_blank", "popup,width=520,height=720")
    })
    window.addEventListener("pageshow", () => (this.isSent = false))
    window.addEventListener("focus", () => dialog.open && this.go(false))
  }

  submit(event) {
    if (event.defaultPrevented) return
    if (this.isKnown) {
      this.kept.keep()
      this.kept.leaving = this.isSent = true
      setTimeout(() => (this.kept.leaving = this.isSent = false), LONG) // it was not left after all
      return
    }
    event.preventDefault()
    if (this.isSent) return
    this.submitter = event.submitter
    this.kept.keep()
    this.go(true)
  }

  async go(tells) {
    if (this.isAsking) return
    this.isAsking = true
    const found = await standing(this.kept.form)
    this.isAsking = false
    if (found !== "here") return tells && tell(found)
    dialog.close()
    this.isKnown = true
    this.kept.form.requestSubmit(this.submitter)
    this.isKnown = false
  }
}

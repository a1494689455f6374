// A form whose words are kept while they are typed: nothing goes when the tab, the browser or the
// session does. Whoever leaves it unsaved is asked first.
import * as copies from "./copies.js"
import { contentOf, fieldsOf, filesOf, wordsOf } from "./fields.js"

const SOON = 800
const EVERY = 30_000

// What is added has its name in the form.
const titleOf = (form) => {
  const heading = document.querySelector("#content > h2, #content > h1")?.textContent.trim()
  const added = form.querySelector("[name=title], [name=name], [name$='-0-title'], [name$='-0-name']")?.value
  return location.pathname.endsWith("/add/") && added ? `${heading}: ${added}` : heading
}

export class KeptForm {
  constructor(form) {
    this.form = form
    this.input = form.elements._copy
    this.cameBack = Boolean(this.input.value) // with what is typed, and not saved
    this.number = this.input.value || copies.newNumber()
    this.leaving = false
    // As long as the form is open no other tab offers what is typed into it.
    navigator.locks?.request(copies.lockOf(this.number), () => new Promise(() => {}))
    this.listen()
  }

  get isDirty() {
    return this.cameBack || (this.before !== undefined && contentOf(this.form) !== this.before)
  }

  // What stands there when somebody begins: scripts have finished with the form by then.
  begin() {
    if (this.before === undefined) this.before = contentOf(this.form)
  }

  keep() {
    clearTimeout(this.waiting)
    if (!this.isDirty) return this.forget()
    const content = contentOf(this.form)
    if (content === this.content) return
    this.isKept = copies.keep(this.number, this.copy())
    this.content = this.isKept ? content : undefined
    this.input.value = this.isKept ? this.number : ""
    if (!this.isKept) this.warn()
  }

  copy() {
    const [path, title, version] = [location.pathname, titleOf(this.form), copies.versionOf(this.form)]
    // What came back with a fault is typed as well, though the form begins with it.
    const words = wordsOf(this.form, this.cameBack ? undefined : this.before)
    return { path, title, version, at: Date.now(), fields: fieldsOf(this.form), files: filesOf(this.form), words }
  }

  warn() {
    const note = document.getElementById("unsaved-full").content.cloneNode(true).firstElementChild
    if (!this.isWarned) this.form.before(note)
    this.isWarned = true
  }

  forget() {
    if (this.isKept) copies.drop(this.number)
    this.isKept = false
    this.content = undefined
    this.input.value = ""
  }

  soon() {
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => this.keep(), SOON)
  }

  listen() {
    for (const kind of ["pointerdown", "keydown", "beforeinput", "dragenter", "paste", "focusin"]) {
      this.form.addEventListener(kind, () => this.begin(), { capture: true })
    }
    // Choices by Select2 are told by jQuery only, which hears what the browser tells, too.
    window.django?.jQuery?.(this.form).on("input change", () => this.soon())
    for (const kind of ["formset:added", "formset:removed", "click", "drop"]) {
      document.addEventListener(kind, () => this.soon())
    }
    setInterval(() => this.keep(), EVERY)
    document.addEventListener("visibilitychange", () => document.hidden && this.keep())
    window.addEventListener("pageshow", () => (this.leaving = false))
    window.addEventListener("pagehide", () => this.leaving || this.keep())
    window.addEventListener("beforeunload", (event) => {
      if (!this.leaving && this.isDirty) event.preventDefault()
    })
    if (this.cameBack) this.keep()
  }
}

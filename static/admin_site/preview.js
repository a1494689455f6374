// The preview beside the form of an edition, on wide screens: it follows each save, where it was.
const OPEN = "preview-beside"
const wide = matchMedia("(min-width: 1200px)")
const toggle = document.getElementById("preview-toggle")

// What the browser keeps for nobody is simply not remembered.
const remember = (storage, name, value) => {
  try {
    storage.setItem(name, value)
  } catch {}
}
const recall = (storage, name) => {
  try {
    return storage.getItem(name)
  } catch {
    return null
  }
}

class Pane {
  isOpened = false // where the browser remembers nothing

  constructor() {
    this.element = document.getElementById("preview-template").content.firstElementChild.cloneNode(true)
    this.frame = this.element.querySelector("iframe")
    this.place = `preview-top ${toggle.dataset.subject}`
    document.getElementById("main").append(this.element)
    this.frame.addEventListener("load", () => this.loaded())
    this.element.querySelector("button").addEventListener("click", () => this.close())
    this.element.addEventListener("keydown", (event) => this.escape(event))
    toggle.addEventListener("click", () => (this.isOpen ? this.close() : this.open()))
    wide.addEventListener("change", () => this.show())
    this.show()
  }

  get isOpen() {
    return recall(localStorage, OPEN) === "1" || this.isOpened
  }

  open() {
    this.isOpened = true
    remember(localStorage, OPEN, "1")
    this.show()
  }

  close() {
    this.isOpened = false
    remember(localStorage, OPEN, "0")
    this.show()
    toggle.focus()
  }

  show() {
    toggle.hidden = !wide.matches
    const shown = wide.matches && this.isOpen
    if (shown && !this.frame.hasAttribute("src")) this.frame.src = toggle.dataset.preview
    this.element.hidden = !shown
    toggle.setAttribute("aria-expanded", shown)
    document.documentElement.classList.toggle("has-preview", shown)
  }

  get isElsewhere() {
    try {
      return this.frame.contentWindow.location.pathname !== toggle.dataset.preview
    } catch {
      return true // on another site, into which nobody may look
    }
  }

  // The page stands where it stood before the form was saved; its links open beside the form.
  loaded() {
    if (this.isElsewhere) return
    const shown = this.frame.contentWindow
    const leading = shown.document.querySelectorAll("a[href]:not([href^='#'], [target])")
    for (const link of leading) Object.assign(link, { target: "_blank", rel: "noopener" })
    const stay = () => remember(sessionStorage, this.place, shown.scrollY)
    if (shown.scrollY) stay() // somebody scrolled before all of it was there
    else shown.scrollTo(0, Number(recall(sessionStorage, this.place)))
    shown.addEventListener("scroll", stay)
    shown.addEventListener("keydown", (event) => this.escape(event))
  }

  escape(event) {
    if (event.key === "Escape") this.close()
  }
}

if (toggle) new Pane()

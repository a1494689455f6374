// A new block, text of a language, or row that somebody has typed into goes only when he says so.
const TEXTS = "input[type=text], input[type=url], input:not([type]), textarea"

// Also words with which the form came back: they are what it begins with then.
const isTyped = (field) => Boolean(field.value.replace(/<[^>]*>/g, "").trim())

const hasWords = (block) =>
  [...block.querySelectorAll(TEXTS)].some(isTyped) ||
  [...block.querySelectorAll("input[type=file]")].some((field) => field.files.length)

document.addEventListener(
  "click",
  (event) => {
    const block = event.target.closest?.(".inline-deletelink")?.closest("tr, .inline-related")
    if (!block || !hasWords(block)) return
    if (window.confirm(window.gettext("It goes with what you typed into it. Are you sure?"))) return
    event.preventDefault()
    event.stopImmediatePropagation()
  },
  { capture: true },
)

// A new block, or text of a language, that somebody has typed into goes only when he says so.
const TEXTS = "input[type=text], input[type=url], input:not([type]), textarea"

const isTyped = (field) => {
  const words = field.value.replace(/<[^>]*>/g, "").trim()
  return Boolean(words) && field.value !== field.defaultValue
}

const hasWords = (block) =>
  [...block.querySelectorAll(TEXTS)].some(isTyped) ||
  [...block.querySelectorAll("input[type=file]")].some((field) => field.files.length)

document.addEventListener(
  "click",
  (event) => {
    const block = event.target.closest?.(".inline-deletelink")?.closest("tr, .inline-related")
    if (!block || block.matches("tr") || !hasWords(block)) return
    if (window.confirm(window.gettext("It goes with what you typed into it. Are you sure?"))) return
    event.preventDefault()
    event.stopImmediatePropagation()
  },
  { capture: true },
)

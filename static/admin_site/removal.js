// A new row or block that somebody has typed into goes only when he says so.
const TEXTS = "input[type=text], input[type=url], input:not([type]), textarea"

const isTyped = (field) => {
  const words = field.value.replace(/<[^>]*>/g, "").trim()
  return Boolean(words) && field.value !== field.defaultValue
}

const hasWords = (row) =>
  [...row.querySelectorAll(TEXTS)].some(isTyped) ||
  [...row.querySelectorAll("input[type=file]")].some((field) => field.files.length)

document.addEventListener(
  "click",
  (event) => {
    const row = event.target.closest?.(".inline-deletelink")?.closest("tr.form-row, .inline-related")
    if (!row || !hasWords(row)) return
    if (window.confirm(window.gettext("It goes with what you typed into it. Are you sure?"))) return
    event.preventDefault()
    event.stopImmediatePropagation()
  },
  { capture: true },
)

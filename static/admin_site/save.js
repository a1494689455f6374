// Ctrl+S (on a Mac, Cmd+S) saves the form, and stays in it where that can be chosen.
window.addEventListener(
  "keydown",
  (event) => {
    const isSave = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s"
    const button = isSave && (document.querySelector("[name=_continue]") ?? document.querySelector("[name=_save]"))
    if (!button) return
    event.preventDefault()
    event.stopImmediatePropagation() // the block editor would press it once more
    button.click()
  },
  { capture: true },
)

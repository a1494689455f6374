// Names for what the stock admin leaves without one: screen readers say them.
const labelOf = (element) => {
  const column = element.closest("td")?.cellIndex
  const head = element.closest("table")?.tHead?.rows[0]?.cells[column]
  return (element.labels?.[0]?.textContent || head?.firstChild?.textContent || "").trim().replace(/:$/, "")
}

const nameSelect2 = (root) => {
  for (const select of root.querySelectorAll("select.select2-hidden-accessible")) {
    const box = select.nextElementSibling
    const name = labelOf(select)
    if (!box || !name) continue
    for (const part of box.querySelectorAll("[role=combobox], [role=textbox], .select2-search__field")) {
      const chosen = [...select.selectedOptions].map((option) => option.textContent.trim())
      part.removeAttribute("aria-labelledby")
      part.setAttribute("aria-label", [name, ...chosen].filter(Boolean).join(": "))
    }
    box.querySelector("ul")?.setAttribute("role", "presentation")
  }
}

const nameEditors = (root) => {
  for (const editor of root.querySelectorAll(".ProseMirror[contenteditable]:not([aria-label])")) {
    const area = editor.closest(".prose-editor")?.querySelector("textarea")
    editor.setAttribute("role", "textbox")
    editor.setAttribute("aria-multiline", "true")
    editor.setAttribute("aria-label", (area && labelOf(area)) || (window.gettext ? window.gettext("Text") : "Text"))
  }
}

const nameCells = (root) => {
  const fields = "td :is(input:not([type=hidden]), select, textarea):not([aria-label])"
  for (const field of root.querySelectorAll(fields)) {
    if (!field.labels?.length && !field.matches(".select2-hidden-accessible")) {
      const name = labelOf(field)
      if (name) field.setAttribute("aria-label", name)
    }
  }
}

const nameAll = (root = document) => {
  nameSelect2(root)
  nameEditors(root)
  nameCells(root)
}

// Only what scrolls sideways is a stop of the keyboard, which can then scroll it.
const scrolling = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0
    else target.removeAttribute("tabindex")
  }
})
for (const box of document.querySelectorAll(".inline-group .tabular fieldset, #changelist .results")) {
  scrolling.observe(box)
}

nameAll()
window.addEventListener("load", () => nameAll())
document.addEventListener("prose-editor:ready", (event) => nameEditors(event.target.closest(".prose-editor")))
document.addEventListener("formset:added", (event) => setTimeout(() => nameAll(event.target), 50))
window.django?.jQuery?.(document).on("change", "select", (event) => {
  nameAll(event.target.closest("tr, .form-row") ?? document)
})

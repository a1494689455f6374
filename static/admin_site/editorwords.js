// The rich text editor names its buttons in English alone, and has "Yes" and "No" in a dialog: they
// get the words of the page's language, buttons for screen readers too.
const gettext = window.gettext ?? ((words) => words)
const WORDS = new Map([
  ["heading 2", gettext("Heading 2")],
  ["heading 3", gettext("Heading 3")],
  ["Heading 2", gettext("Heading 2")],
  ["Heading 3", gettext("Heading 3")],
  ["paragraph", gettext("Paragraph")],
  ["Paragraph", gettext("Paragraph")],
  ["unordered list", gettext("List with bullets")],
  ["ordered list", gettext("Numbered list")],
  ["blockquote", gettext("Quotation")],
  ["bold", gettext("Bold")],
  ["italic", gettext("Italic")],
  ["subscript", gettext("Subscript")],
  ["superscript", gettext("Superscript")],
  ["insert link", gettext("Insert a link")],
  ["remove link", gettext("Remove the link")],
  ["Insert table", gettext("Insert a table")],
  ["Add column", gettext("Add a column")],
  ["Delete column", gettext("Delete the column")],
  ["Add row", gettext("Add a row")],
  ["Delete row", gettext("Delete the row")],
  ["Merge cells", gettext("Merge the cells")],
  ["Split cell", gettext("Split the cell")],
  ["Toggle header cell", gettext("Heading cell or not")],
  ["Delete table", gettext("Delete the table")],
  ["undo", gettext("Undo")],
  ["redo", gettext("Redo")],
])
const ANSWERS = new Map([
  ["Yes", gettext("Yes")],
  ["No", gettext("No")],
])

const nameButtons = (menu) => {
  for (const button of menu.querySelectorAll("[title]")) {
    const words = WORDS.get(button.title)
    if (!words || words === button.title) continue
    button.title = words
    button.setAttribute("aria-label", words)
  }
  for (const option of menu.querySelectorAll(".prose-menubar__option > *")) {
    const words = WORDS.get(option.textContent)
    if (words && words !== option.textContent) option.textContent = words
  }
}

const nameAnswers = (dialog) => {
  for (const option of dialog.querySelectorAll("option")) {
    if (!ANSWERS.has(option.value)) continue
    const { value } = option
    option.textContent = ANSWERS.get(value)
    option.value = value // which the editor asks for
  }
}

const nameMenus = (root) => root.querySelectorAll(".prose-menubar").forEach(nameButtons)

// Menus are made at any time, and the button of headings is replaced by that of the block that the
// cursor is in.
const named = (change) => {
  if (change.target.closest?.(".prose-menubar")) return nameButtons(change.target)
  for (const node of change.addedNodes) {
    if (node.matches?.(".prose-menubar")) nameButtons(node)
    else if (node.firstElementChild) nameMenus(node)
  }
}

nameMenus(document)
new MutationObserver((changes) => changes.forEach(named)).observe(document.body, { childList: true, subtree: true })
document.addEventListener("focusin", ({ target }) => {
  const dialog = target.closest?.("dialog.prose-editor-dialog") // it has just opened
  if (dialog) nameAnswers(dialog)
})

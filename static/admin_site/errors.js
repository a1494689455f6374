// A form that was refused says where: links to the fields at fault, under the note above it.
const FIELDS = "[contenteditable=true], input, select, textarea, .select2-selection"
const ROWS = "tr.form-row:not(.empty-form), .inline-related:not(.empty-form, .tabular)"

const textOf = (element) => element?.firstChild?.textContent.trim().replace(/:$/, "")
const fieldOf = (fault) => document.getElementById(fault.id.replace(/_error$/, ""))

// Names

const rowOf = (fault) => {
  const heading = fault.closest(".row-form-errors")
  return heading ? heading.nextElementSibling : fault.closest(ROWS)
}

const labelOf = (fault) => {
  const cell = fault.closest("td")
  const label = document.querySelector(`label[for="${fault.id.replace(/_error$/, "")}"]`)
  const head = cell?.closest("table").tHead?.rows[0].cells[cell.cellIndex]
  const legend = fault.closest(".form-row")?.querySelector("label, legend")
  return textOf(label) || (fault.id ? textOf(head) || textOf(legend) : "")
}

const placeOf = (fault) => {
  const row = rowOf(fault)
  if (!row) return textOf(fault.closest(".import-options")?.querySelector("legend"))
  const group = row.closest(".inline-group")
  if (!group) return textOf(row.querySelector("h3 b"))
  const number = [...group.querySelectorAll(ROWS)].indexOf(row) + 1
  return `${group.querySelector("h2").textContent.trim()} ${number}`
}

const nameOf = (fault) => [placeOf(fault), labelOf(fault)].filter(Boolean).join(" – ")

// The way there

const reveal = (fault) => {
  fault.closest("details")?.setAttribute("open", "")
  const block = fault.closest(".order-machine .inline-related")
  if (!block) return
  document.querySelector(`.tabs.regions .tab[data-region="${block.dataset.region}"]`)?.click()
  if (block.classList.contains("collapsed")) block.querySelector("h3 .inline_label").click()
}

const isFocusable = (field) => field.matches(FIELDS) && field.checkVisibility() && field.tabIndex >= 0

const focusable = (box) => box && [box, ...box.querySelectorAll(FIELDS)].find(isFocusable)

const go = (fault) => {
  reveal(fault)
  const own = fieldOf(fault)
  const near = own?.closest("td, .flex-container, .form-row")
  const field = focusable(own) ?? focusable(near) ?? focusable(rowOf(fault))
  field?.focus({ preventScroll: true })
  ;(field ?? fault).scrollIntoView({ block: "center" })
}

const sentence = (name, why) => `${name}${/[.?!…]$/.test(name) ? "" : ":"} ${why}`

const linksTo = (fault) => [...fault.children].map((item) => linkTo(fault, item.textContent.trim()))

const linkTo = (fault, why) => {
  const link = document.createElement("a")
  link.href = `#${fault.id}`
  const name = nameOf(fault)
  link.textContent = name ? sentence(name, why) : why
  link.addEventListener("click", (event) => {
    event.preventDefault()
    go(fault)
  })
  const item = document.createElement("li")
  item.append(link)
  return item
}

const show = (note) => {
  const faults = [...note.closest("form").querySelectorAll("ul.errorlist")]
    .filter((fault) => (fault.id || rowOf(fault)) && !fault.closest(".empty-form"))
  if (!faults.length) return
  const list = document.createElement("ul")
  list.className = "fault-list"
  list.append(...faults.flatMap(linksTo))
  note.after(list)
  note.tabIndex = -1
  note.focus()
}

const note = document.querySelector("form .errornote")
if (note?.checkVisibility()) {
  const blocks = document.getElementById("content-editor-context")
  // The block editor would scroll to where the form was left, past the note.
  if (blocks) history.replaceState(null, "", location.pathname + location.search)
  document.addEventListener(blocks ? "content-editor:ready" : "DOMContentLoaded", () => show(note))
}

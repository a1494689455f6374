// Rows with an order get buttons to move them up and down; the numbers follow by themselves.
const positions = "input[name$='-position']"

const rowsOf = (group) =>
  [...group.querySelectorAll("tr.form-row:not(.empty-form)")].filter((row) => row.querySelector(positions))

const renumber = (group) =>
  rowsOf(group).forEach((row, index) => { row.querySelector(positions).value = index + 1 })

const move = (row, up) => {
  const group = row.closest(".inline-group")
  const rows = rowsOf(group)
  const other = rows[rows.indexOf(row) + (up ? -1 : 1)]
  if (!other) return
  other[up ? "before" : "after"](row)
  renumber(group)
  row.querySelector(up ? ".move-up" : ".move-down").focus()
}

const button = (row, up) => {
  const made = document.createElement("button")
  made.type = "button"
  made.className = up ? "move-up" : "move-down"
  made.textContent = up ? "↑" : "↓"
  made.setAttribute("aria-label", up ? window.gettext("Move up") : window.gettext("Move down"))
  made.addEventListener("click", () => move(row, up))
  return made
}

const equip = (row) => {
  const input = row.querySelector(positions)
  if (!input || row.querySelector(".move-up")) return
  input.after(button(row, true), button(row, false))
}

document.querySelectorAll(".inline-group tr.form-row:not(.empty-form)").forEach(equip)
document.addEventListener("formset:added", (event) => {
  const input = event.target.querySelector(positions)
  if (!input) return
  equip(event.target)
  const group = event.target.closest(".inline-group")
  const taken = [...group.querySelectorAll(positions)].map((other) => Number(other.value) || 0)
  input.value = Math.max(...taken) + 1
})

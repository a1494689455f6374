// Lists that are drawn as tables, as in the Official Journal: "(a)" in a cell, its words beside it.
import { gather } from "./listitems.js"
import { numbersIn } from "./numerals.js"
import { renamed } from "./tree.js"

const BULLET = /^[-\u2013\u2014\u2022\u00b7]$/
const NUMBER = /[.)]$/ // a mere "1" may count rows

const markOf = (row) => row.cells[0].textContent.replace(/[\s\u00a0]+/g, " ").trim()

const isItem = (row) => {
  const mark = row.cells.length === 2 && !row.querySelector("th") ? markOf(row) : ""
  return BULLET.test(mark) || (NUMBER.test(mark) && numbersIn(mark).length > 0)
}

const itemOf = (row, table) => {
  const mark = markOf(row)
  row.cells[0].remove()
  const element = renamed(row.cells[0], "div")
  const [bullet, numbers] = [BULLET.test(mark), numbersIn(mark)]
  return { element, place: table, list: "", level: 1, bullet, numbers }
}

const depthOf = (table) => (table ? 1 + depthOf(table.parentElement.closest("table")) : 0)

// The innermost first: a list inside of an item is a list when the item is looked at.
export const tabledItems = (body) => {
  const tables = [...body.querySelectorAll("table")]
    .filter((table) => table.rows.length && [...table.rows].every(isItem))
    .map((table) => [table, depthOf(table)])
  for (let depth = Math.max(0, ...tables.map(([, at]) => at)); depth > 0; depth -= 1) {
    const drawn = tables.filter(([, at]) => at === depth).map(([table]) => table)
    gather(drawn.flatMap((table) => [...table.rows].map((row) => itemOf(row, table))))
    for (const table of drawn) table.remove()
  }
}

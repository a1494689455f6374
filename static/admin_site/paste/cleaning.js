// HTML of a clipboard in the vocabulary of the editor. Each step changes the tree for the next.
import { tidyCharacters } from "./characters.js"
import { resolveFootnotes } from "./footnotes.js"
import { mapHeadings } from "./headings.js"
import { dropLeftovers, keepDirections } from "./leftovers.js"
import { resolveLinks } from "./links.js"
import { listItems } from "./listitems.js"
import { tidyLists } from "./lists.js"
import { bodyOf } from "./markup.js"
import { resolveMarks } from "./marks.js"
import { acceptRevisions } from "./revisions.js"
import { tabledItems } from "./tableditems.js"
import { tidyTables } from "./tables.js"
import { BLOCKS, isBlank, nodesOf } from "./tree.js"

const STEPS = [
  acceptRevisions,
  resolveFootnotes,
  listItems,
  tabledItems,
  mapHeadings,
  tidyLists,
  tidyTables,
  resolveLinks,
  tidyCharacters,
  resolveMarks,
  keepDirections,
  dropLeftovers,
]

// The editor keeps the blanks at the ends of words in nothing but slices of its own making.
const asSlice = (body) => {
  body.normalize()
  for (const text of [body.firstChild, body.lastChild]) {
    if (text.nodeType === Node.TEXT_NODE && /^\s*\n\s*$/.test(text.data)) text.remove()
  }
  for (const text of nodesOf(body, NodeFilter.SHOW_TEXT)) {
    text.data = text.data.replace(/[ \t\r\n]+/g, " ")
  }
  return `<p data-pm-slice="1 1 []">${body.innerHTML}</p>`
}

export const cleaned = (html) => {
  const body = bodyOf(html)
  for (const step of STEPS) step(body)
  const isWords = !isBlank(body.textContent) && !body.querySelector(BLOCKS)
  return isWords ? asSlice(body) : body.innerHTML
}

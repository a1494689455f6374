// Tables with header cells where the source has them.
import { renamed } from "./tree.js"

const HEADERS = "thead td, td[role=columnheader], td[role=rowheader]"

export const tidyTables = (body) => {
  for (const column of body.querySelectorAll("colgroup, col")) column.remove()
  for (const cell of body.querySelectorAll(HEADERS)) renamed(cell, "th")
  for (const caption of body.querySelectorAll("table > caption")) {
    caption.parentElement.before(renamed(caption, "p"))
  }
}

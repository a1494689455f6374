// Headings in the two levels that a text has: the highest that came in, and all below it.
import { officeStyle } from "./styles.js"
import { isBlank, renamed, unwrap } from "./tree.js"

const HEADINGS = "h1, h2, h3, h4, h5, h6"
const SAID = "[role=heading][aria-level], p.MsoTitle, p[data-style*='mso-outline-level' i]"

const levelOf = (element) => {
  if (/^H[1-6]$/.test(element.tagName)) return Number(element.tagName[1])
  if (element.matches(".MsoTitle")) return 1
  const said = element.getAttribute("aria-level") || officeStyle(element, "mso-outline-level")
  return Number.parseInt(said, 10) || null // "body-text" is no level
}

// A numbered chapter is a list of one heading for LibreOffice.
const isOfHeadings = (list) =>
  [...list.children].every((item) => (item.firstElementChild ?? item).matches(HEADINGS) &&
    item.children.length < 2)

export const mapHeadings = (body) => {
  for (const list of body.querySelectorAll("ol, ul")) {
    if (!isOfHeadings(list)) continue
    for (const item of list.querySelectorAll(":scope > li")) unwrap(item)
    unwrap(list)
  }
  const found = [...body.querySelectorAll(`${HEADINGS}, ${SAID}`)]
    .map((element) => [element, levelOf(element)])
    .filter(([element, level]) => level && !isBlank(element.textContent))
  const highest = Math.min(...found.map(([, level]) => level))
  for (const [element, level] of found) {
    renamed(element, element.closest("li") ? "p" : level === highest ? "h2" : "h3")
  }
}

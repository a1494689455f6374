// Bold, italic, sub- and superscript of each piece of text: the nearest element that says so, by
// its name or by its style, decides. Then nothing else is inside a paragraph but links and breaks.
import { styleOf } from "./styles.js"
import { BLOCKS, nodesOf, unwrap } from "./tree.js"

const INLINE =
  "abbr, acronym, b, bdi, bdo, big, cite, code, data, dfn, em, font, i, ins, kbd, label, mark, " +
  "q, s, samp, small, span, strike, strong, sub, sup, time, tt, u, var, wbr"
const OPEN = /^(inherit|unset|revert|revert-layer|)$/

const isBold = ({ fontWeight }) => /^bold/.test(fontWeight) || Number(fontWeight) >= 600
const isItalic = ({ fontStyle }) => /^(italic|oblique)/.test(fontStyle)

const nearest = (element, answer) => {
  for (let up = element; up && up.tagName !== "BODY"; up = up.parentElement) {
    const found = answer(up)
    if (found !== undefined) return found
  }
}

const bold = (element) => {
  if (element.closest("h2, h3, th")) return null // bold as they are
  const style = styleOf(element)
  if (!OPEN.test(style.fontWeight)) return isBold(style) ? "strong" : null
  if (element.matches("b, strong")) return "strong"
}

const italic = (element) => {
  const style = styleOf(element)
  if (!OPEN.test(style.fontStyle)) return isItalic(style) ? "em" : null
  if (element.matches("i, em, cite, dfn, var")) return "em"
}

// Not inherited: "baseline" inside of a superscript lowers nothing.
const script = (element) => {
  if (element.matches(BLOCKS)) return null
  const { verticalAlign } = styleOf(element)
  if (verticalAlign === "sub" || element.tagName === "SUB") return "sub"
  if (verticalAlign === "super" || element.tagName === "SUP") return "sup"
}

const marksOf = (element) =>
  [bold, italic, script].map((mark) => nearest(element, mark)).filter(Boolean)

const wrap = (text, tags) => {
  for (const tag of tags) {
    const mark = document.createElement(tag)
    text.replaceWith(mark)
    mark.append(text)
  }
}

export const resolveMarks = (body) => {
  const known = new Map()
  const texts = nodesOf(body, NodeFilter.SHOW_TEXT).map((text) => {
    const parent = text.parentElement
    if (!known.has(parent)) known.set(parent, marksOf(parent))
    return [text, known.get(parent)]
  })
  for (const element of body.querySelectorAll(INLINE)) unwrap(element)
  for (const [text, tags] of texts) {
    if (!text.parentElement.matches("table, thead, tbody, tfoot, tr, ol, ul")) wrap(text, tags)
  }
}

// What is left when all is in its place: attributes that say nothing here, empty paragraphs, breaks
// between paragraphs.
import { isRightToLeft } from "./styles.js"
import { BLOCKS, isBlank, nodesOf, renamed } from "./tree.js"

const KEPT = {
  A: ["href", "title"],
  OL: ["start", "data-type"],
  TD: ["colspan", "rowspan"],
  TH: ["colspan", "rowspan"],
}
const DIRECTED = "p, h2, h3, ul, ol, blockquote, table"

// The outermost block that can say so says that it is written from right to left.
export const keepDirections = (body) => {
  for (const div of body.querySelectorAll("div")) {
    if (!div.querySelector(BLOCKS)) renamed(div, "p")
  }
  const found = new Set()
  for (const block of body.querySelectorAll(DIRECTED)) {
    let up = block
    while (up && !up.hasAttribute("dir") && !isRightToLeft(up)) up = up.parentElement
    if (up && isRightToLeft(up)) found.add(block)
  }
  for (const block of body.querySelectorAll("[dir]")) block.removeAttribute("dir")
  for (const block of found) {
    if (!block.parentElement.closest("[dir=rtl]")) block.setAttribute("dir", "rtl")
  }
}

const keepAttributes = (element) => {
  const kept = ["dir", ...(KEPT[element.tagName] || [])]
  for (const { name, value } of [...element.attributes]) {
    if (!kept.includes(name) || !value) element.removeAttribute(name)
  }
}

// The break that a block ends with, or that stands beside a block, breaks no line.
const beside = (node, way) => {
  let found = node[way]
  while (found?.nodeType === Node.TEXT_NODE && isBlank(found.data)) found = found[way]
  return found
}

const isBlock = (node) => node?.nodeType === Node.ELEMENT_NODE && node.matches(BLOCKS)

const breaksNothing = (br) => {
  const after = beside(br, "nextSibling")
  return (!after && isBlock(br.parentElement)) || isBlock(after) ||
    isBlock(beside(br, "previousSibling"))
}

const isBetweenBlocks = (text) =>
  isBlank(text.data) && [text.previousSibling, text.nextSibling].some(isBlock)

export const dropLeftovers = (body) => {
  for (const text of nodesOf(body, NodeFilter.SHOW_TEXT)) if (isBetweenBlocks(text)) text.remove()
  for (const br of [...body.querySelectorAll("br")].reverse()) if (breaksNothing(br)) br.remove()
  for (const element of body.querySelectorAll("p, h1, h2, h3, h4, h5, h6, ul, ol, blockquote")) {
    if (isBlank(element.textContent)) element.remove()
  }
  for (const element of body.querySelectorAll("*")) keepAttributes(element)
}

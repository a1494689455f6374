// Characters that nobody sees go, except where they carry meaning; no-break spaces stay inside a
// line, and go where programs use them to push words about.
import { blockOf, nodesOf } from "./tree.js"

const INVISIBLE = /[\u00ad\u200b\ufeff]/g
// Persian and Indian words are written with joiners, emoji are made with them.
const JOINERS =
  /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{P}\s0-9])[\u200c\u200d]+/gu
const SPACES = /[ \t\r\n]+\u00a0[ \t\r\n\u00a0]*|\u00a0[ \t\r\n\u00a0]+/g
const AT_START = /^[\s\u00a0]+/
const AT_END = /[\s\u00a0]+$/
const PUSHING =
  ".Apple-converted-space, [data-style*='mso-spacerun' i], span:not([class], [data-style])"

const seen = (text) => text.replace(INVISIBLE, "").replace(JOINERS, "").replace(SPACES, " ")

// Cut at the edge of each line, going one way through all pieces of text and line breaks.
const trim = (nodes, edge) => {
  let line = null
  for (const node of nodes) {
    const block = blockOf(node)
    if (node.tagName === "BR") line = null
    if (node.nodeType !== Node.TEXT_NODE) continue
    if (block !== line && block.tagName !== "BODY") node.data = node.data.replace(edge, "")
    if (node.data) line = block
  }
}

const breakLines = (text) => {
  const lines = text.data.replace(/\n$/, "").split("\n")
  text.replaceWith(...lines.flatMap((line, n) => (n ? [document.createElement("br"), line] : line)))
}

export const tidyCharacters = (body) => {
  for (const pre of body.querySelectorAll("pre")) {
    nodesOf(pre, NodeFilter.SHOW_TEXT).forEach(breakLines)
  }
  for (const space of body.querySelectorAll(PUSHING)) {
    if (space.textContent === "\u00a0") space.textContent = " "
  }
  for (const text of nodesOf(body, NodeFilter.SHOW_TEXT)) text.data = seen(text.data)
  const nodes = nodesOf(body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  trim(nodes, AT_START)
  trim(nodes.reverse(), AT_END)
}

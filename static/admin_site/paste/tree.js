// Small moves on a tree of elements.
export const BLOCKS =
  "address, article, aside, blockquote, body, caption, dd, div, dl, dt, fieldset, figcaption, " +
  "figure, footer, form, h1, h2, h3, h4, h5, h6, header, li, main, nav, ol, p, pre, section, " +
  "table, tbody, td, tfoot, th, thead, tr, ul"

export const blockOf = (node) => node.parentElement.closest(BLOCKS)

export const isBlank = (text) => !/[^\s\u00a0]/.test(text)

// Everything of a kind below an element, as it is now.
export const nodesOf = (root, kind) => {
  const walker = document.createTreeWalker(root, kind)
  const found = []
  while (walker.nextNode()) found.push(walker.currentNode)
  return found
}

const moveChildren = (from, to) => {
  while (from.firstChild) to.append(from.firstChild)
  return to
}

export const unwrap = (element) =>
  element.replaceWith(moveChildren(element, document.createDocumentFragment()))

export const renamed = (element, tag) => {
  const made = moveChildren(element, document.createElement(tag))
  for (const { name, value } of element.attributes) {
    if (/^[a-z][\w-]*$/.test(name)) made.setAttribute(name, value)
  }
  element.replaceWith(made)
  return made
}

// What the style of an element says: its own, and that of the style sheets that came along.
const NAMES = [
  "display", "direction", "font-style", "font-weight", "list-style-type", "vertical-align",
]

const read = new WeakMap()

export const styleOf = (element) => {
  if (!read.has(element)) {
    const { style } = document.createElement("span")
    style.cssText = element.getAttribute("data-style") || ""
    read.set(element, style)
  }
  return read.get(element)
}

// What only programs of an office suite say: `officeStyle(p, "mso-list")`, "" when nothing.
export const officeStyle = (element, name) => {
  const found = new RegExp(`(?:^|;)\\s*${name}\\s*:([^;]*)`, "i")
  return (element.getAttribute("data-style") || "").match(found)?.[1].trim() || ""
}

export const sheetOf = (text) => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(text.replace(/@import[^;]*;/gi, ""))
  return [...sheet.cssRules].filter((rule) => rule instanceof CSSStyleRule)
}

const worded = (style) =>
  NAMES.filter((name) => style.getPropertyValue(name))
    .map((name) => `${name}:${style.getPropertyValue(name)};`)
    .join("")

// The last rule wins among rules, an element's own style over all of them.
export const withRules = (body, rules) => {
  for (const rule of rules.reverse()) {
    const words = worded(rule.style)
    for (const element of words ? body.querySelectorAll(rule.selectorText) : []) {
      element.setAttribute("data-style", words + (element.getAttribute("data-style") || ""))
    }
  }
  return body
}

export const isHidden = (element) =>
  styleOf(element).display === "none" || officeStyle(element, "mso-hide") === "all"

export const isRightToLeft = (element) =>
  (styleOf(element).direction || element.getAttribute("dir") || "").toLowerCase() === "rtl"

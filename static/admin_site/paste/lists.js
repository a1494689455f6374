// Lists that are lists: how they are numbered, from where, and everything in them inside an item.
import { numbersIn } from "./numerals.js"
import { styleOf } from "./styles.js"
import { isBlank, renamed } from "./tree.js"

const BY_ATTRIBUTE = {
  1: "decimal", a: "lower-alpha", A: "upper-alpha", i: "lower-roman", I: "upper-roman",
}
const TYPES = Object.values(BY_ATTRIBUTE)
const OURS = /^(decimal|(lower|upper)-(alpha|roman))(-in-brackets|-with-bracket)?$/
const BULLETS = ["disc", "circle", "square"]

const said = (element) => element && styleOf(element).listStyleType.replace("latin", "alpha")

// "(a) " in quotation marks is what some programs write before the first item.
const quotedNumber = (style) => numbersIn(style?.match(/^"(.*)"$/)?.[1].trim() || "")[0]

const itemOf = (list) => list.querySelector(":scope > li")

// The type of a list that its style or attribute gives: a kind of numbers, or "disc"; or undefined.
export const typeOf = (list) => {
  const ours = list.getAttribute("data-type")
  if (OURS.test(ours)) return ours
  for (const style of [said(itemOf(list)), said(list)]) {
    if (TYPES.includes(style)) return style
    if (quotedNumber(style)) return quotedNumber(style).type
    if (BULLETS.includes(style) || /^"/.test(style)) return "disc"
  }
  return BY_ATTRIBUTE[list.getAttribute("type")]
}

const itemsOf = (list) => [...list.children].filter(({ tagName }) => tagName === "LI")

// The numbers of items of lists that do not just count on.
const jumping = new WeakMap()

// The items of a list, each with its number as browsers count: from a value on, or downwards.
const numbersOf = (list) => {
  const [items, isReversed] = [itemsOf(list), list.hasAttribute("reversed")]
  const started = parseInt(list.getAttribute("start"), 10)
  const begin = isReversed ? items.length : quotedNumber(said(items[0]))?.number ?? 1
  let number = Number.isNaN(started) ? begin : started
  return items.map((item) => {
    const given = parseInt(item.getAttribute("value"), 10)
    if (!Number.isNaN(given)) number = given
    const own = number
    number += isReversed ? -1 : 1
    return [item, own]
  })
}

const tidyKind = (list) => {
  const type = typeOf(list)
  const isNumbered = type ? type !== "disc" : list.tagName === "OL"
  const numbers = numbersOf(list)
  const tag = isNumbered ? "ol" : "ul"
  const made = list.matches(tag) ? list : renamed(list, tag)
  if (!isNumbered) return
  made.setAttribute("data-type", type || "decimal")
  startAt(made, numbers[0]?.[1])
  const jumps = numbers.some(([, number], place) => number !== numbers[0][1] + place)
  if (jumps) for (const [item, number] of numbers) jumping.set(item, number)
}

const startAt = (list, number = 1) => {
  if (number !== 1) list.setAttribute("start", number)
  else list.removeAttribute("start")
}

// A list that stands between items, or alone in one, belongs to the item before.
const tidyPlace = (list) => {
  const parent = list.parentElement
  const alone = parent.tagName === "LI" && parent.textContent.trim() === list.textContent.trim()
  const before = (alone ? parent : list).previousElementSibling
  if (before?.tagName === "LI") {
    before.append(list)
    if (alone) parent.remove()
  } else if (parent.matches("ul, ol")) {
    parent.before(list)
  }
}

const tidyContent = (list) => {
  for (const node of [...list.childNodes]) {
    if (node.nodeName === "LI") continue
    if (node.nodeType === Node.TEXT_NODE && isBlank(node.data)) continue
    const item = document.createElement("li")
    node.replaceWith(item)
    item.append(node)
  }
}

// Where the numbers of items jump another list begins: ours count on from their first number.
const split = (list) => {
  let part = list
  let next = Number(list.getAttribute("start") ?? 1)
  for (const item of [...list.children]) {
    const number = jumping.get(item) ?? next
    if (number !== next) {
      const other = list.cloneNode(false)
      startAt(other, number)
      part.after(other)
      part = other
    }
    if (part !== list) part.append(item)
    next = number + 1
  }
}

export const tidyLists = (body) => {
  for (const list of body.querySelectorAll("ul, ol")) tidyKind(list)
  for (const list of body.querySelectorAll(":is(ul, ol) > :is(ul, ol), li > :is(ul, ol)")) {
    tidyPlace(list)
  }
  for (const list of body.querySelectorAll("ul, ol")) tidyContent(list)
  for (const list of body.querySelectorAll("ol")) split(list)
}

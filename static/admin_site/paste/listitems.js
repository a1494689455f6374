// Lists whose items stand apart: Word writes each as a paragraph, Word for the web as a list of its
// own. What stands before an item says which list it is; items that follow each other become one.
import { likeliest, numbersIn } from "./numerals.js"
import { typeOf } from "./lists.js"
import { isRightToLeft, officeStyle } from "./styles.js"
import { isBlank, unwrap } from "./tree.js"

const IGNORED = "[data-style*='mso-list:Ignore' i], [data-style*='mso-list: Ignore' i]"
const PLACE = /(l\d+)\s+level(\d+)/i
const CONTAINERS = "td, th, blockquote"
const SYMBOLS = /symbol|wingdings|courier/i

const isBullet = (mark, element) =>
  mark === "o" || !/[\p{L}\p{N}]/u.test(mark) ||
  SYMBOLS.test(element?.parentElement.closest("span[data-style]")?.getAttribute("data-style") || "")

// An item of Word. What is numbered otherwise ("1.1", "Article 1") keeps its number as text.
const paragraphItem = (element) => {
  const said = officeStyle(element, "mso-list").match(PLACE)
  const sign = element.querySelector(IGNORED)
  if (!said) return null
  const mark = (sign?.textContent || "").replace(/[\s\u00a0]+/g, " ").trim()
  const numbers = numbersIn(mark)
  const bullet = !numbers.length && isBullet(mark, sign)
  for (const ignored of element.querySelectorAll(IGNORED)) ignored.remove()
  const isText = !bullet && (element.tagName !== "P" || !numbers.length)
  if (isText) element.prepend(`${mark} `)
  if (element.tagName !== "P") return null
  return { element, list: said[1], level: Number(said[2]), bullet, numbers, isText }
}

const formOf = (text) =>
  /^\(%\d\)/.test(text) ? "-in-brackets" : /^%\d\)/.test(text) ? "-with-bracket" : ""

// An item of Word for the web. "%1.%2" says what stands before it, by the numbers of the levels.
const listedItem = (element, reached) => {
  const outer = element.parentElement
  const level = Number(element.getAttribute("data-aria-level"))
  const text = element.getAttribute("data-leveltext")
  const list = element.getAttribute("data-listid")
  const number = Number(outer.getAttribute("start") || 1) + [...outer.children].indexOf(element)
  const kind = typeOf(outer)?.replace(/-(in|with)-brackets?$/, "") || "decimal"
  const bullet = outer.tagName === "UL" || kind === "disc"
  const isText = !bullet && /%.*%/.test(text)
  reached.set(`${list} ${level}`, number)
  if (isText) {
    const mark = text.replace(/%(\d)/g, (_, above) => reached.get(`${list} ${above}`) ?? "")
    ;(element.querySelector("p") ?? element).prepend(`${mark} `)
  }
  const numbers = [{ type: kind + formOf(text), number }]
  return { element, place: outer, list, level, bullet, numbers, isText }
}

const between = (one, other) => {
  const range = document.createRange()
  range.setStartAfter(one)
  range.setEndBefore(other)
  return range.toString()
}

const isNext = (one, other) =>
  one.parentElement.closest(CONTAINERS) === other.parentElement.closest(CONTAINERS) &&
  isBlank(between(one, other))

const runsOf = (items) => {
  const runs = []
  for (const item of items) {
    const run = runs.at(-1)
    if (run && isNext(run.at(-1).element, item.element)) run.push(item)
    else runs.push([item])
  }
  return runs
}

// One list is numbered in one way: "(i)" after "(h)" is a letter.
const choose = (items) => {
  const last = new Map()
  items.forEach((item, place) => {
    if (item.bullet || item.isText) return
    const key = `${item.list} ${item.level}`
    const next = items.slice(place + 1, place + 50)
      .find(({ list, level }) => list === item.list && level <= item.level)
    const after = next?.level === item.level ? next.numbers : null
    Object.assign(item, likeliest(item.numbers, last.get(key), after))
    last.set(key, item)
  })
}

const goesOn = (list, item) =>
  list && list.bullet === item.bullet &&
  (item.bullet || (list.type === item.type && list.number + 1 === item.number))

const opened = (item, open, marker) => {
  const list = document.createElement(item.bullet ? "ul" : "ol")
  if (!item.bullet) {
    list.setAttribute("data-type", item.type)
    list.setAttribute("start", item.number)
  }
  if (isRightToLeft(item.element)) list.setAttribute("dir", "rtl")
  if (open.length) open.at(-1).list.lastElementChild.append(list)
  else marker.before(list)
  return list
}

const nest = (run) => {
  const marker = document.createComment("")
  const [{ element, place = element }] = run
  place.before(marker)
  let open = []
  for (const item of run) {
    const above = open.filter((list) => list.level < item.level)
    const beside = open.find((list) => list.level === item.level)
    let parent = above.at(-1)?.list.lastElementChild
    open = above
    if (!item.isText) {
      const list = goesOn(beside, item) ? beside.list : opened(item, above, marker)
      open = [...above, { ...item, list }]
      parent = list.appendChild(document.createElement("li"))
    }
    if (parent) parent.append(item.element)
    else marker.before(item.element)
    if (item.element.tagName !== "P") unwrap(item.element)
  }
  marker.remove()
}

// Make lists of items, [{element, place, list, level, bullet, numbers, isText}], in their order.
export const gather = (items) => {
  const runs = runsOf(items)
  choose(items)
  runs.forEach(nest)
}

export const listItems = (body) => {
  const paragraphs = [...body.querySelectorAll("[data-style*='mso-list' i]")]
    .filter((element) => /^(P|H[1-6])$/.test(element.tagName))
    .map(paragraphItem)
    .filter(Boolean)
  const reached = new Map()
  const listed = [...body.querySelectorAll("li[data-aria-level][data-leveltext]")]
    .map((element) => listedItem(element, reached))
  gather(paragraphs)
  gather(listed)
}

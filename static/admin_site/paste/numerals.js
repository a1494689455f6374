// What stands before an item of a list, "(a)" or "4.", as a type of list and a number.
const FORMS = [
  [/^\((.+)\)$/, "-in-brackets"],
  [/^(.+)\)$/, "-with-bracket"],
  [/^(.+)\.$/, ""],
]
const ROMAN = /^(?=.)(x{0,3})(ix|iv|v?i{0,3})$/
const VALUES = { i: 1, v: 5, x: 10 }

const letterNumber = (letter) => letter.charCodeAt(0) - 96

const romanNumber = (letters) =>
  [...letters].reduce((sum, letter, place) => {
    const value = VALUES[letter]
    return value < VALUES[letters[place + 1]] ? sum - value : sum + value
  }, 0)

// Letters can be read in two ways; the likelier stands first.
const lettersRead = (letters, form) => {
  const lower = letters.toLowerCase()
  const size = letters === lower ? "lower" : "upper"
  if (size === "upper" && letters !== letters.toUpperCase()) return []
  const alpha = { type: `${size}-alpha${form}`, number: letterNumber(lower) }
  const roman = { type: `${size}-roman${form}`, number: romanNumber(lower) }
  return [ROMAN.test(lower) && roman, lower.length === 1 && alpha].filter(Boolean)
}

// [{type, number}, …], the likeliest first; [] when no list is numbered so ("1.1", "Article 1").
export const numbersIn = (mark) => {
  const [pattern, form] = FORMS.find(([whole]) => whole.test(mark)) || [/^(\d+)$/, ""]
  const text = mark.match(pattern)?.[1] || ""
  if (/^\d{1,6}$/.test(text)) return [{ type: `decimal${form}`, number: Number(text) }]
  return /^[a-z]{1,8}$/i.test(text) ? lettersRead(text, form) : []
}

const follows = (next, before) => next.type === before.type && next.number === before.number + 1

// The one that goes on from `before`, or else from which one of `after` goes on.
export const likeliest = (numbers, before, after) =>
  numbers.find((number) => before && follows(number, before)) ||
  numbers.find((number) => after?.some((next) => follows(next, number))) ||
  numbers[0]

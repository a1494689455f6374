// The language of a file is guessed from its name, until the editor chooses another one; and many
// files at once can be dropped on the list. Without this script the plain inputs do the same work.
const INPUTS = "input[type=file][name$='-upload']"
const SELECTS = "select[name$='-language']"

// Guessing

// What stands behind the language: report_fr_v2.pdf, CELEX_22012A0001_FR_TXT.pdf, report_en (1).pdf
const BEHIND = /^(\d+|v\d+|rev\d*|part\d*|txt|act|pdf|final|signed|web|print|copy|gb|us|br)$/
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()

const wordsOf = (element) =>
  new Map(Object.entries(JSON.parse(element.textContent)).map(([word, code]) => [folded(word), code]))

const partsOf = (name) => {
  const stem = name.normalize("NFC").replace(/(\.[a-z0-9]{2,4})$/i, "")
  return [...stem.matchAll(/([^\p{L}\p{N}]*)([\p{L}\p{N}]+)/gu)]
    .map(([_whole, sign, word]) => ({ sign: sign.trim(), word, key: folded(word) }))
}

// “de” is a word in many languages: after a space a code has capital letters, “report (DE)”.
const isSaid = ({ sign, word }) => word.length > 3 || sign || word === word.toUpperCase()

const guessed = (name, words) => {
  const parts = partsOf(name)
  while (parts.length > 1 && BEHIND.test(parts.at(-1).key)) parts.pop()
  const last = parts.at(-1)
  return last && isSaid(last) ? words.get(last.key) : undefined
}

// The list

const equip = (group, words) => {
  const chosen = new WeakSet()
  const usual = group.querySelector(`.empty-form ${SELECTS}`)?.value
  for (const select of group.querySelectorAll(`tr:not(.empty-form) ${SELECTS}`)) {
    if (select.value !== usual) chosen.add(select)
  }
  group.addEventListener("change", ({ target }) => {
    if (target.matches(SELECTS)) chosen.add(target)
    if (!target.matches(INPUTS) || !target.files.length) return
    const select = target.closest("tr").querySelector(SELECTS)
    const code = guessed(target.files[0].name, words)
    if (code && !chosen.has(select)) select.value = code
  })
}

// Dropping

const freeInput = (group) => {
  const isFree = (input) => !input.files.length && !input.parentElement.querySelector("[name$='-kept']")
  const free = () => [...group.querySelectorAll(`tr:not(.empty-form) ${INPUTS}`)].find(isFree)
  if (!free()) group.querySelector(".add-row a")?.click()
  return free()
}

const take = (group, file) => {
  const input = freeInput(group)
  if (!input) return
  const one = new DataTransfer()
  one.items.add(file)
  input.files = one.files
  input.dispatchEvent(new Event("change", { bubbles: true }))
}

const addZone = (group) => {
  const zone = document.createElement("div")
  zone.className = "drop-zone"
  zone.textContent = window.gettext("Drop files here, one for each language")
  group.append(zone)
  for (const kind of ["dragover", "dragleave", "drop"]) {
    group.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return
      event.preventDefault()
      zone.classList.toggle("drop-over", kind === "dragover")
      if (kind === "drop") [...event.dataTransfer.files].forEach((file) => take(group, file))
    })
  }
}

document.addEventListener("DOMContentLoaded", () => {
  const group = document.querySelector("#files-group")
  if (!group?.querySelector(".add-row, .empty-form")) return
  equip(group, wordsOf(document.getElementById("language-words")))
  addZone(group)
})

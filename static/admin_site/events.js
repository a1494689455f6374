// The cards of events: the line that sums one up follows what is typed into it, and a button makes
// the same event for another party.
const BETWEEN = " · "
const PREFIX = "events"
const group = document.getElementById(`${PREFIX}-group`)
const template = document.getElementById(`${PREFIX}-empty`)

const cards = () => [...group.querySelectorAll(".event-card:not(.empty-form)")]
const fieldOf = (card, name) => card.querySelector(`[name$="-${name}"]`)
const chosen = (select) => (select.value ? select.selectedOptions[0].textContent.trim() : "")

// The line

const sumUp = (card) => {
  const summary = card.querySelector("summary")
  const [kind, party] = ["kind", "party"].map((name) => chosen(fieldOf(card, name)))
  const facts = [kind, summary.dataset.date, party, fieldOf(card, "source").value.trim()]
  summary.textContent = facts.filter(Boolean).join(BETWEEN) || summary.dataset.empty
}

// As it is written, until the server has said what is understood of it.
const follow = ({ target, type }) => {
  const card = target.closest(".event-card")
  if (!card) return
  if (type === "input" && target === fieldOf(card, "date")) card.querySelector("summary").dataset.date = target.value.trim()
  sumUp(card)
}

const takeDate = ({ target, detail }) => {
  const card = target.closest(".event-card")
  if (!card || target !== fieldOf(card, "date") || !detail.understood) return
  if (!detail.said && target.value.trim()) return // nobody could be asked
  card.querySelector("summary").dataset.date = detail.said
  sumUp(card)
}

// The same event for another party

const typedFields = (card) =>
  [...card.querySelectorAll(".event-fields [name]")].filter((field) => !field.name.endsWith("-party"))

const copyOf = (card) => {
  group.querySelector(".add-row a").click()
  const copy = template.previousElementSibling
  const values = typedFields(card).map((field) => field.value)
  typedFields(copy).forEach((field, place) => (field.value = values[place]))
  copy.querySelector("summary").dataset.date = card.querySelector("summary").dataset.date
  card.after(copy)
  sumUp(copy)
  for (const date of copy.querySelectorAll("[data-said]")) {
    date.dispatchEvent(new Event("input", { bubbles: true }))
  }
  copy.querySelector(".field-party .select2-selection").focus()
}

const equip = (card) => {
  if (card.querySelector(".event-copy")) return
  const made = document.createElement("button")
  made.type = "button"
  made.className = "event-copy"
  made.textContent = window.gettext("Same event for another party")
  made.addEventListener("click", () => copyOf(card))
  card.querySelector(".event-fields").after(made)
}

// Django numbers the cards anew as they stand, and the stored ones have the first numbers. A copy
// that stands among these goes behind them meanwhile.
const keepNumbers = () => {
  const standing = cards()
  template.before(...standing.filter((card) => !card.classList.contains("has_original")))
  setTimeout(() => template.before(...standing))
}

if (template) {
  cards().forEach(equip)
  window.django.jQuery(group).on("input change", follow)
  group.addEventListener("date:said", takeDate)
  document.addEventListener("formset:added", ({ target }) => group.contains(target) && equip(target))
  document.addEventListener("formset:removed", ({ detail }) => detail.formsetName === PREFIX && keepNumbers())
}

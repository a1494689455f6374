// The button of a verb says what it will do: "Publish now", "Publish on 7 December 2026, 09:00
// (Brussels)"; "Publish" while a time is wanted and not given. Who types a moment has chosen "at a time".
const button = document.querySelector("[data-later]")
const form = button?.form
const input = form?.querySelector("[data-moment]")

const told = () => {
  const at = new Date(`${input.value}Z`) // the site's clock, whatever the reader's zone
  const lang = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang
  const shown = (options) => new Intl.DateTimeFormat(lang, { timeZone: "UTC", ...options }).format(at)
  return `${shown({ dateStyle: "long" })}, ${shown({ timeStyle: "short" })} (${button.dataset.zone})`
}

const follow = () => {
  const { plain, now, later } = button.dataset
  const when = form.elements.when.value
  if (when !== "at") button.textContent = now
  else button.textContent = input.value ? later.replace("%(when)s", told()) : plain
}

if (input) {
  const later = () => {
    form.elements.when.value = "at"
    follow()
  }
  input.addEventListener("input", later)
  const ifTypedByHalf = () => input.validity.badInput && later() // its value is empty
  input.addEventListener("keydown", ({ key }) => /^\d$/.test(key) && later())
  for (const event of ["keyup", "blur"]) input.addEventListener(event, ifTypedByHalf)
  button.addEventListener("click", ifTypedByHalf)
  form.addEventListener("input", follow)
  form.addEventListener("change", follow)
  const typedBefore = input.value || input.validity.badInput // this script was there
  if (typedBefore && !form.elements.when.value) later()
  else follow()
}

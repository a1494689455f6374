// What was typed and not saved, kept by this browser: a copy for each form that was opened, under
// the person who typed it. A copy is {path, title, version, at, fields, files, words}.
const DAYS = 7
const words = document.getElementById("unsaved")
const prefix = words && `unsaved ${words.dataset.person} `
const saved = /(?:^|; )saved-([0-9a-f-]+)=/g

const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key))
  } catch {
    return null
  }
}

let ended = false // who has signed out and deleted all keeps nothing more, in any tab
const end = `ended ${words?.dataset.person}`
window.addEventListener("storage", ({ key, newValue }) => (ended ||= key === end && newValue !== null))

export const keep = (number, copy) => {
  if (ended) return false
  try {
    localStorage.setItem(prefix + number, JSON.stringify(copy))
    return true
  } catch {
    return false // the browser has no room, or keeps nothing
  }
}

export const dropAll = () => {
  ended = true
  localStorage.setItem(end, Date.now())
  localStorage.removeItem(end)
  all().forEach(({ number }) => drop(number))
}

export const drop = (number) => localStorage.removeItem(prefix + number)

export const lockOf = (number) => prefix + number

// The numbers of forms that are open, in any tab.
export const openNumbers = async () => {
  const { held } = (await navigator.locks?.query()) ?? { held: [] }
  return new Set(held.map(({ name }) => name.slice(prefix.length)))
}

// [{number, …copy}] of this person, the newest first.
export const all = () => {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix))
  return keys
    .map((key) => ({ number: key.slice(prefix.length), ...read(key) }))
    .filter(({ fields }) => fields)
    .sort((a, b) => b.at - a.at)
}

// The version that a form was opened with: of a draft, or the newest change of something else. What
// is asked anew each time, such as a note of a publication, has none.
export const versionOf = (form) => {
  if (form.elements._copy.dataset.rows === "none") return ""
  return form.querySelector("[name=draft_version], [name=seen]")?.value ?? ""
}

// The server says with a cookie what it has saved.
const dropSaved = () => {
  for (const [, number] of document.cookie.matchAll(saved)) {
    drop(number)
    document.cookie = `saved-${number}=; path=${words.dataset.admin}; max-age=0`
  }
}

// Of all persons: nobody else may delete them.
const dropOld = () => {
  const oldest = Date.now() - DAYS * 24 * 60 * 60 * 1000
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("unsaved ") && !(read(key)?.at > oldest)) localStorage.removeItem(key)
  }
}

export const tidy = () => {
  dropSaved()
  dropOld()
}

export const newNumber = () => {
  const parts = crypto.getRandomValues(new Uint32Array(4))
  return [...parts].map((part) => part.toString(16).padStart(8, "0")).join("-")
}

// What stands in a form: [name, value] of its fields, and the names of the files that were chosen.
const OF_THE_FORM = /^(csrfmiddlewaretoken|_copy|_shown|_over|_popup|_to_field)$|__prefix__/

const values = (form) => [...new FormData(form)].filter(([name]) => !OF_THE_FORM.test(name))

export const fieldsOf = (form) => values(form).filter(([, value]) => typeof value === "string")

export const filesOf = (form) =>
  values(form)
    .filter(([, value]) => value instanceof File && value.name)
    .map(([name, file]) => [name, file.name])

const TEXTS = "textarea, input:not([type]), input:is([type=text], [type=url], [type=search])"

const RICH = /^<(p|ul|ol|h\d|table|blockquote)\b/
const ENDS = /<br\b|<\/(p|li|h\d|td|th|blockquote)>/g

const plain = (text) => {
  if (!RICH.test(text)) return text.trim()
  const inert = document.createElement("template")
  inert.innerHTML = text.replace(ENDS, "\n$&")
  return inert.content.textContent.trim()
}

// [[label, words]] of what somebody has typed, to be read where there is no form for it any more.
// `before` is the content that the form began with, if it is known.
export const wordsOf = (form, before) => {
  const old = new Map(before ? JSON.parse(before)[0] : [])
  return [...form.querySelectorAll(TEXTS)]
    .filter(({ name, value }) => name && !OF_THE_FORM.test(name) && /[\p{L}\p{N}]/u.test(value) && old.get(name) !== value)
    .map(({ labels, value }) => [labels?.[0]?.textContent.trim().replace(/:$/, "") ?? "", plain(value)])
}

// The same text for the same content: it tells whether something was typed.
export const contentOf = (form) => JSON.stringify([fieldsOf(form), filesOf(form)])

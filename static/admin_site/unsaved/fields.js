// What stands in a form: [name, value] of its fields, and the names of the files that were chosen.
const OF_THE_FORM = /^(csrfmiddlewaretoken|_copy|_shown|_over|_popup|_to_field)$|__prefix__/

const values = (form) => [...new FormData(form)].filter(([name]) => !OF_THE_FORM.test(name))

export const fieldsOf = (form) => values(form).filter(([, value]) => typeof value === "string")

export const filesOf = (form) =>
  values(form)
    .filter(([, value]) => value instanceof File && value.name)
    .map(([name, file]) => [name, file.name])

// The same text for the same content: it tells whether something was typed.
export const contentOf = (form) => JSON.stringify([fieldsOf(form), filesOf(form)])

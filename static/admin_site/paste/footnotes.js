// Marks of footnotes: a mark whose note came along stays as a superscript, as the note does; one
// whose note was left behind says nothing to a reader, and goes.
const NOTE = /^#(_?(ftn|edn)(ref)?\d+|sd(foot|end)note\d+(anc|sym)|ftnt(_ref)?\d+)$/i
const isBack = (href) => /ref\d+$|anc$/i.test(href)

const cameAlong = (body, name) => {
  const quoted = CSS.escape(name)
  return body.querySelector(`[name=${quoted}], [id=${quoted}]`) !== null
}

export const resolveFootnotes = (body) => {
  const links = [...body.querySelectorAll("a[href^='#']")].filter((a) => NOTE.test(a.hash))
  const marks = links.map((link) => [link, cameAlong(body, link.hash.slice(1))])
  for (const [link, stays] of marks) {
    if (!stays && !isBack(link.hash)) {
      link.remove()
      continue
    }
    const mark = document.createElement("sup")
    mark.textContent = link.textContent.trim().replace(/^\[(.*)\]$/, "$1")
    const next = link.nextSibling?.textContent || " "
    if (isBack(link.hash) && !/^[\s\u00a0]/.test(next)) link.after(" ")
    link.replaceWith(mark)
  }
}

// The body of an HTML text, to be looked at. The policy of the site refuses also there what runs
// or styles inside the text: style attributes are called data-style, and what sheets say stands
// in them.
import { sheetOf, withRules } from "./styles.js"
import { nodesOf, unwrap } from "./tree.js"

const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^'"<>])*>/gi
const REFUSED = /("[^"]*"|'[^']*')|[\s/](style|on\w+)(?=\s*=)/gi
const SHEET = /<style\b[^>]*>([\s\S]*?)<\/style>/gi
const DROPPED =
  "audio, button, canvas, hr, iframe, img, link, meta, noscript, object, script, select, style, " +
  "svg, template, textarea, title, video, xml"

const asData = (html) =>
  html.replace(TAG, (tag) => tag.replace(REFUSED, (_, quoted, name) => quoted ?? ` data-${name}`))

export const bodyOf = (html) => {
  const sheets = [...html.matchAll(SHEET)].map((found) => found[1])
  const plain = asData(html.replace(SHEET, ""))
  const { body } = new DOMParser().parseFromString(plain, "text/html")
  for (const comment of nodesOf(body, NodeFilter.SHOW_COMMENT)) comment.remove()
  for (const element of body.querySelectorAll(DROPPED)) element.remove()
  for (const element of body.querySelectorAll("*")) {
    if (element.tagName.includes(":")) unwrap(element)
  }
  return withRules(body, sheetOf(sheets.join("\n")))
}

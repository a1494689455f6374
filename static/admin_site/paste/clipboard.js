// The clipboard of the rich text box: what is pasted or dropped comes in as `cleaned` leaves it,
// and paragraphs keep the direction of their writing.
import { Extension } from "django-prose-editor/editor"
import { cleaned } from "./cleaning.js"

const DIRECTED = ["paragraph", "heading", "bulletList", "orderedList", "blockquote", "table"]
const dir = {
  default: null,
  parseHTML: (element) => (element.dir === "rtl" ? "rtl" : null),
  renderHTML: (attributes) => (attributes.dir ? { dir: attributes.dir } : {}),
}

export const Clipboard = Extension.create({
  name: "clipboard",
  addGlobalAttributes: () => [{ types: DIRECTED, attributes: { dir } }],
  // What the box itself has copied is left alone; after a fault the editor reads what was there.
  transformPastedHTML(html) {
    if (!html || html.includes("data-pm-slice")) return html
    try {
      return cleaned(html)
    } catch (fault) {
      console.warn("Pasted as it was:", fault)
      return html
    }
  },
})

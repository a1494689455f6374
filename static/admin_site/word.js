// What is pasted from Word keeps its headings and lists: Word writes both as plain paragraphs
// that only its own styles tell apart. The editor then takes what its vocabulary knows.
const isWord = (html) => /mso-|class="?Mso|urn:schemas-microsoft-com:office/i.test(html)
const levels = { 1: "h2", 2: "h3", 3: "h3" }

const listOf = (paragraph) => {
  const style = paragraph.dataset.style || ""
  const found = style.match(/mso-list:\s*l\d+ level(\d+)/i)
  if (!found) return null
  const mark = paragraph.querySelector("[data-style*='mso-list:Ignore' i]")?.textContent.trim() || ""
  return { level: Number(found[1]), tag: /^[\da-z]+[.)]/i.test(mark) ? "ol" : "ul" }
}

const renamed = (element, tag) => {
  const made = element.ownerDocument.createElement(tag)
  made.innerHTML = element.innerHTML
  element.replaceWith(made)
  return made
}

const headings = (body) => {
  for (const heading of body.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    renamed(heading, levels[heading.tagName[1]] || "p")
  }
  for (const title of body.querySelectorAll("p.MsoTitle")) renamed(title, "h2")
}

const nest = (open, { level, tag }, before) => {
  while (open.length > level) open.pop()
  while (open.length < level) {
    const list = before.ownerDocument.createElement(tag)
    const parent = open.at(-1)?.lastElementChild
    parent ? parent.append(list) : before.before(list)
    open.push(list)
  }
  return open.at(-1)
}

const lists = (body) => {
  let open = []
  for (const paragraph of [...body.querySelectorAll("p")]) {
    const place = listOf(paragraph)
    if (!place) {
      open = []
      continue
    }
    paragraph.querySelectorAll("[data-style*='mso-list:Ignore' i]").forEach((mark) => mark.remove())
    const list = nest(open, place, paragraph)
    const item = body.ownerDocument.createElement("li")
    item.innerHTML = `<p>${paragraph.innerHTML.replace(/<!--.*?-->/gs, "").trim()}</p>`
    list.append(item)
    paragraph.remove()
  }
}

// The policy refuses style attributes, also while they are only looked at.
const withoutStyles = (html) =>
  html.replace(/<[^>]+>/g, (tag) => tag.replace(/\sstyle=/gi, " data-style="))

export const cleaned = (html) => {
  const { body } = new DOMParser().parseFromString(withoutStyles(html), "text/html")
  lists(body)
  headings(body)
  return body.innerHTML
}

document.addEventListener(
  "paste",
  (event) => {
    const html = event.clipboardData?.getData("text/html") || ""
    if (event.fromWord || !event.target.closest?.(".ProseMirror") || !isWord(html)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    const clipboardData = new DataTransfer()
    clipboardData.setData("text/html", cleaned(html))
    clipboardData.setData("text/plain", event.clipboardData.getData("text/plain"))
    const again = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })
    again.fromWord = true
    event.target.dispatchEvent(again)
  },
  true,
)

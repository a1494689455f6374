// Links lead where they say: out of the wrappers of mail and search services, to the web, a mailbox
// or a place of this site. All others (files of one machine, scripts, marks inside the text that
// was copied) become plain text.
import { unwrapped } from "./proofpoint.js"
import { isBlank, unwrap } from "./tree.js"

// [host, path, the parameters of which one holds the address]
const WRAPPERS = [
  [/(^|\.)google\.[a-z.]+$/, /^\/url$/, ["q", "url"]],
  [/\.safelinks\.protection\.outlook\.com$/, /^\//, ["url"]],
  [/^statics\.teams\.(cdn\.office\.net|microsoft\.com)$/, /safelinks/, ["url"]],
  [/^lm?\.(facebook|messenger)\.com$/, /^\/l\.php$/, ["u"]],
  [/^l\.(instagram|threads)\.(com|net)$/, /^\//, ["u"]],
  [/(^|\.)linkedin\.com$/, /^\/(redir\/redirect|safety\/go)\/?$/, ["url"]],
  [/(^|\.)youtube\.com$/, /^\/redirect$/, ["q"]],
  [/(^|\.)duckduckgo\.com$/, /^\/l\/?$/, ["uddg"]],
  [/^out\.reddit\.com$/, /^\//, ["url"]],
  [/^slack-redir\.net$/, /^\/link$/, ["url"]],
]
const MOST = 5 // wrappers around each other

const inside = (address) => {
  if (!URL.canParse(address)) return null
  const { hostname, pathname, searchParams } = new URL(address)
  const found = WRAPPERS.find(([host, path]) => host.test(hostname) && path.test(pathname))
  const values = (found?.[2] || []).map((name) => searchParams.get(name)?.trim())
  values.push(unwrapped(address))
  return values.find((value) => /^https?:\/\//i.test(value)) || null
}

const tidy = (address) =>
  address
    .trim()
    .replace(/[\t\r\n]/g, "")
    .replace(/[\s\u00a0]/g, "%20")
    .replace(/^\/\//, "https://")

// The address that a link leads to, null when readers cannot go there.
export const addressOf = (href) => {
  let address = tidy(href)
  for (let round = 0; round < MOST && inside(address); round += 1) address = tidy(inside(address))
  return /^(https?:\/\/|mailto:[^@?]+@|www\.|\/)/i.test(address) ? address : null
}

export const resolveLinks = (body) => {
  for (const link of body.querySelectorAll("a, area")) {
    const address = addressOf(link.getAttribute("href") || "")
    if (address && !isBlank(link.textContent)) link.setAttribute("href", address)
    else unwrap(link)
  }
}

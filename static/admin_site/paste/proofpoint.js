// Links that a mail server of Proofpoint has wrapped.
const HOST = /^urldefense(\.proofpoint)?\.(com|us)$/
const V3 = /\/v3\/__(.+?)__;(.*?)!/
const RUNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

const decoded = (base64) => {
  const bytes = atob(base64.replaceAll("-", "+").replaceAll("_", "/"))
  return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)))
}

// "*" is the next of the characters that follow the address, "**A" the next two, "**B" three.
const third = (address, base64) => {
  const characters = [...decoded(base64)]
  return address
    .replace(/^([a-z]+:\/)(?!\/)/i, "$1/")
    .replace(/\*(?:\*(.))?/g, (_, run) => {
      const found = characters.splice(0, run ? RUNS.indexOf(run) + 2 : 1).join("")
      return found.replace(/[^ -~]+/g, encodeURIComponent)
    })
}

const second = (address) =>
  decodeURIComponent(address.replaceAll("-", "%").replaceAll("_", "/"))

// The address inside of such a link, null when there is none.
export const unwrapped = (address) => {
  const { hostname, pathname, searchParams } = new URL(address)
  if (!HOST.test(hostname)) return null
  try {
    const found = address.match(V3)
    if (found) return third(found[1], found[2])
    const inner = searchParams.get("u") || ""
    return pathname.startsWith("/v2/") ? second(inner) : inner
  } catch {
    return null // it was cut off
  }
}

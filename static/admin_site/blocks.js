// The block editor by keyboard: what it makes of spans and headings becomes reachable, named and
// pressable, and every block has buttons to move it up and down. The mouse works as before.
const words = JSON.parse(document.getElementById("block-words").textContent)
const live = document.createElement("div")
live.className = "visually-hidden"
live.setAttribute("aria-live", "polite")
document.body.append(live)

const press = (element, label) => {
  element.setAttribute("role", "button")
  element.tabIndex = 0
  if (label) element.setAttribute("aria-label", label)
}

const titleOf = (block) => block.querySelector("h3 b")?.textContent.replace(/:$/, "").trim() || ""

// Moving

const orderOf = (block) => block.querySelector(".order-machine-ordering")

const neighbours = (block) =>
  [...document.querySelectorAll(".order-machine .inline-related:not(.empty-form)")]
    .filter((other) => other.dataset.region === block.dataset.region)
    .sort((a, b) => a.style.order - b.style.order)

const renumber = (blocks) =>
  blocks.forEach((block, index) => {
    orderOf(block).value = block.style.order = 10 * (index + 1)
  })

const move = (block, step) => {
  const blocks = neighbours(block)
  const from = blocks.indexOf(block)
  const to = from + step
  if (to < 0 || to >= blocks.length) return
  blocks.splice(to, 0, ...blocks.splice(from, 1))
  renumber(blocks)
  live.textContent = words.moved.replace("%(n)s", to + 1).replace("%(of)s", blocks.length)
  block.querySelector(step < 0 ? ".move-up" : ".move-down").focus()
}

const mover = (block, step) => {
  const button = document.createElement("button")
  button.type = "button"
  button.className = step < 0 ? "move-up" : "move-down"
  button.textContent = step < 0 ? "↑" : "↓"
  button.setAttribute("aria-label", `${step < 0 ? words.up : words.down}: ${titleOf(block)}`)
  button.addEventListener("click", (event) => {
    event.stopPropagation()
    event.preventDefault()
    move(block, step)
  })
  return button
}

// One block

const equip = (block) => {
  const target = block.querySelector(":scope > .order-machine-insert-target")
  if (target) press(target, words.insert)
  const head = block.querySelector(":scope > h3")
  if (!head || block.classList.contains("empty-form") || head.querySelector(".block-move")) return
  const label = head.querySelector(".inline_label")
  press(label)
  label.setAttribute("aria-expanded", String(!block.classList.contains("collapsed")))
  const moves = document.createElement("span")
  moves.className = "block-move"
  moves.append(mover(block, -1), mover(block, 1))
  label.after(moves)
  head.querySelector(".inline_move_to_region")?.setAttribute("aria-label", words.region)
}

const watchFolding = new MutationObserver((changes) => {
  for (const { target } of changes) {
    const folded = target.classList.contains("collapsed")
    target.querySelector("h3 .inline_label")?.setAttribute("aria-expanded", String(!folded))
  }
})

const equipAll = () => {
  document.querySelectorAll(".order-machine .inline-related").forEach((block) => {
    equip(block)
    watchFolding.observe(block, { attributeFilter: ["class"] })
  })
}

// A new block is written in at once; the editor itself goes to the choice of its region.
const enter = (block) => {
  if (block.querySelector("[data-django-prose-editor-configurable]:not(.prose-editor *)")) {
    return block.addEventListener("prose-editor:ready", () => enter(block), { once: true })
  }
  const fields = "fieldset :is([contenteditable=true], input, select, textarea, .select2-selection)"
  const shown = (field) => field.checkVisibility() && field.tabIndex >= 0
  if (block.closest(".order-machine")) [...block.querySelectorAll(fields)].find(shown)?.focus()
}

// The whole editor

const ready = () => {
  document.querySelectorAll(".tabs.regions .tab").forEach((tab) => press(tab))
  document.querySelectorAll(".order-machine-insert-target").forEach((t) => press(t, words.insert))
  document.querySelectorAll(".plugin-button[data-plugin-prefix]").forEach((b) => press(b))
  const fold = document.querySelector(".collapse-items input")
  fold?.setAttribute("aria-label", words.fold)
  equipAll()
  showRegion()
}

const showRegion = () => {
  document.querySelectorAll(".tabs.regions .tab").forEach((tab) => {
    tab.setAttribute("aria-pressed", String(tab.classList.contains("active")))
  })
}

const showMenu = () => {
  document.querySelector(".plugin-buttons-visible .plugin-buttons")?.scrollIntoView({ block: "nearest" })
}

document.addEventListener("content-editor:ready", ready)
if (document.querySelector(".order-machine .fs-draggable, .tabs.regions .tab")) ready()
document.addEventListener("formset:added", ({ target }) => setTimeout(() => {
  equipAll()
  enter(target)
}, 0))
document.addEventListener("click", (event) => {
  if (event.target.closest(".order-machine-insert-target")) setTimeout(showMenu, 0)
  if (event.target.closest(".tabs.regions")) showRegion()
})
document.addEventListener("keydown", (event) => {
  const pressed = event.key === "Enter" || event.key === " "
  const button = event.target.closest?.(
    ".order-machine-insert-target, .plugin-button, .tabs.regions .tab, .order-machine .inline_label",
  )
  if (pressed && button === event.target && button) {
    event.preventDefault()
    button.click()
    if (button.matches(".order-machine-insert-target.selected")) {
      document.querySelector(".plugin-button:not(.content-editor-hide)[data-plugin-prefix]")?.focus()
    }
  }
  if (event.key === "Escape") document.querySelector(".order-machine-insert-target.selected")?.focus()
})

// A page that asks about a block leads to it: its region is opened, and it is written in at once.
const showNamed = () => {
  const block = document.getElementById(location.hash.slice(1))
  if (!block?.closest(".order-machine")) return
  document.querySelector(`.tabs.regions .tab[data-region="${block.dataset.region}"]`)?.click()
  block.classList.remove("collapsed")
  block.scrollIntoView({ block: "center" })
  enter(block)
}
document.addEventListener("content-editor:ready", () => setTimeout(showNamed, 0))

// Files are dropped on the list of files, many at once: each gets a row, its language guessed
// from its name (report_fr.pdf). Without this script the plain file inputs do the same work.
{
  const inputs = "input[type=file][name$='-upload']"
  const language = /[._-]([a-z]{2})\.[a-z0-9]+$/i

  const freeInput = (group) => {
    const free = () => [...group.querySelectorAll(`tr:not(.empty-form) ${inputs}`)].find((i) => !i.files.length)
    if (!free()) group.querySelector(".add-row a")?.click()
    return free()
  }

  const take = (group, file) => {
    const input = freeInput(group)
    if (!input) return
    const one = new DataTransfer()
    one.items.add(file)
    input.files = one.files
    const select = input.closest("tr").querySelector("select[name$='-language']")
    const code = file.name.match(language)?.[1].toLowerCase()
    if (select && code && [...select.options].some((option) => option.value === code)) select.value = code
    input.dispatchEvent(new Event("change", { bubbles: true }))
  }

  const equip = (group) => {
    const zone = document.createElement("div")
    zone.className = "drop-zone"
    zone.textContent = window.gettext("Drop files here, one for each language")
    group.append(zone)
    for (const kind of ["dragover", "dragleave", "drop"]) {
      group.addEventListener(kind, (event) => {
        if (!event.dataTransfer?.types.includes("Files")) return
        event.preventDefault()
        zone.classList.toggle("drop-over", kind === "dragover")
        if (kind === "drop") [...event.dataTransfer.files].forEach((file) => take(group, file))
      })
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const group = document.querySelector("#files-group")
    if (group?.querySelector(".add-row, .empty-form")) equip(group)
  })
}

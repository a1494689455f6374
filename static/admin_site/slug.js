// Suggests the slug from the title, on the same form or in its first text, until it is written.
{
  const titles = "#id_title, [id$='-0-title']"
  document.addEventListener("DOMContentLoaded", () => {
    const slug = document.querySelector("#id_slug")
    if (!slug || slug.value) return
    let own = false
    slug.addEventListener("input", () => { own = slug.value !== "" })
    document.addEventListener("input", (event) => {
      if (!own && event.target.matches(titles)) {
        slug.value = window.URLify(event.target.value, Math.min(slug.maxLength, 80))
      }
    })
  })
}

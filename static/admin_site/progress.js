// Ask for the page again and again while an import is at work, and show what is new in place,
// so that the focus stays where it is. Without scripts the page reloads itself.
const box = document.querySelector(".import-progress");

async function refresh() {
  let fresh;
  try {
    const response = await fetch(location.href, { credentials: "same-origin" });
    if (!response.ok) throw new Error(String(response.status));
    fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    return; // The server is away for a moment: the next time may be better.
  }
  const found = fresh.querySelector(".import-progress");
  if (!found || !found.dataset.refresh || found.querySelector("form")) {
    location.reload();
    return;
  }
  show(found);
}

function show(found) {
  const [old, now] = [box, found].map((part) => part.querySelector("progress"));
  for (const name of ["max", "value"]) {
    if (now.hasAttribute(name)) old.setAttribute(name, now.getAttribute(name));
    else old.removeAttribute(name);
  }
  old.textContent = now.textContent;
  const heading = found.querySelector("h2").textContent;
  if (box.querySelector("h2").textContent !== heading) box.querySelector("h2").textContent = heading;
  const figures = box.querySelector(".import-figures");
  figures.replaceChildren(...document.importNode(found.querySelector(".import-figures"), true).childNodes);
}

async function keepOn() {
  await refresh();
  setTimeout(keepOn, Number(box.dataset.refresh) * 1000);
}

if (box) setTimeout(keepOn, Number(box.dataset.refresh) * 1000);

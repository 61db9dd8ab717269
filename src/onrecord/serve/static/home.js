// Adding: files dropped anywhere on the page, and what is being added, live. All of it works without.
"use strict";

const PAUSE = 1000; // milliseconds between two looks

// What was dropped goes into the form, which is then sent.
function takeDrops(form) {
  const input = form.querySelector("#files");
  const told = form.querySelector("#told");
  const chosen = form.querySelector("#chosen");
  const addresses = form.querySelector("#addresses");
  let depth = 0;

  const tell = (words) => { told.textContent = words; told.hidden = !words; };
  const holds = (event) => [...event.dataTransfer.types].some((type) => type === "Files" || (addresses && type === "text/uri-list"));
  const isText = (event) => event.target.closest("textarea, input:not([type=file])");
  const mark = (by) => { depth = by ? Math.max(0, depth + by) : 0; document.body.classList.toggle("over", depth > 0); };

  const list = () => {
    const files = [...input.files];
    chosen.replaceChildren(...(files.length > 1 ? files : []).map((file) => {
      const line = document.createElement("li");
      line.textContent = file.name;
      return line;
    }));
    chosen.hidden = files.length < 2;
  };

  const drop = (event) => {
    const items = [...event.dataTransfer.items];
    const folders = items.filter((item) => item.webkitGetAsEntry?.()?.isDirectory).length;
    const files = [...event.dataTransfer.files].filter((file, n) => !items.filter((item) => item.kind === "file")[n]?.webkitGetAsEntry?.()?.isDirectory);
    const address = addresses && event.dataTransfer.getData("text/uri-list").split(/\r?\n/).find((line) => line && !line.startsWith("#"));
    if (files.length) {
      const held = new DataTransfer();
      for (const file of [...input.files, ...files]) held.items.add(file);
      input.files = held.files;
      list();
      if (folders) { tell("Folders were left out: open them, and drop in the files."); return; }
      form.requestSubmit();
    } else if (folders) {
      tell("A folder cannot be dropped in: open it, and drop in the files.");
    } else if (address) {
      addresses.value = `${addresses.value.trim()}\n${address}`.trim();
      addresses.closest("details").open = true;
      addresses.focus();
    }
  };

  document.addEventListener("dragenter", (event) => { if (holds(event)) mark(1); });
  document.addEventListener("dragleave", (event) => { if (holds(event)) mark(-1); });
  document.addEventListener("dragover", (event) => { if (holds(event) && !isText(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    mark(0);
    if (!holds(event) || isText(event)) return;
    event.preventDefault();
    drop(event);
  });
  input.addEventListener("change", list);
  form.addEventListener("submit", (event) => {
    const given = input.files.length || [...form.querySelectorAll("#text, #addresses")].some((field) => field.value.trim());
    if (!given) {
      event.preventDefault();
      tell("Choose a file, paste a text, or give an address.");
      return;
    }
    tell(input.files.length ? "The files are being sent …" : "");
  });
  window.addEventListener("pageshow", () => tell(""));
  form.querySelector(".scripted").hidden = false;
}

// A part of the page as the server draws it now; null where it does not answer.
async function look(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) return answer.status === 404 ? document.createElement("div") : null;
    return new DOMParser().parseFromString(await answer.text(), "text/html").body;
  } catch {
    return null;
  }
}

const wait = () => new Promise((done) => setTimeout(done, document.hidden ? 5 * PAUSE : PAUSE));

function replace(old, fresh) {
  if (fresh && old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes);
}

// Whoever was on a button that is gone reads on from here.
function focusOn(heading) {
  heading.tabIndex = -1;
  heading.focus();
}

// The page of one drop: each article comes on top as it is read.
async function follow(page) {
  const list = page.querySelector("[data-list]");
  while (page.hasAttribute("data-running")) {
    await wait();
    const last = list.firstElementChild?.dataset.number ?? 0;
    const seen = await look(`${page.dataset.at}?after=${last}`);
    if (!seen) continue;
    const fresh = seen.querySelector("#adding");
    if (!fresh) { location.reload(); return; } // the server was started anew, and says what to do
    const ends = !fresh.hasAttribute("data-running");
    const held = page.querySelector("[data-part=stop]").contains(document.activeElement);
    for (const part of page.querySelectorAll("[data-part]")) replace(part, fresh.querySelector(`[data-part=${part.dataset.part}]`));
    if (held && !page.querySelector("[data-part=stop] button")) focusOn(page.querySelector("h1"));
    const lines = [...fresh.querySelectorAll("[data-list] > li")];
    for (const line of lines) line.classList.add("fresh");
    list.prepend(...lines);
    if (ends) {
      page.removeAttribute("data-running");
      document.title = `${page.querySelector("h1").textContent} · onrecord`;
    }
  }
}

// What is being added, on the first page.
async function followAll(place) {
  while (place.hasAttribute("data-running")) {
    await wait();
    const seen = await look("/adding/now");
    if (!seen) continue;
    if (!seen.querySelector("li")) place.removeAttribute("data-running");
    replace(place, seen);
  }
}

const form = document.querySelector(".add form");
if (form) takeDrops(form);
const page = document.querySelector("#adding");
if (page) follow(page);
const place = document.querySelector("#now");
if (place) followAll(place);

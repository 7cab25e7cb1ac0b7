// The release desk by keyboard: from finding to finding, from mark to finding, one key a decision.
// Without this script everything on the page is done by its links, fields and buttons.

const cards = () => [...document.querySelectorAll(".card")];
const placesOf = (one) => (one?.dataset.places ?? "").split(" ").filter(Boolean);
const marksOf = (places) => [...document.querySelectorAll("mark")].filter((mark) => placesOf(mark).some((n) => places.includes(n)));
let here = null;

/** Go to a card: it gets the focus, its words are lit and brought into sight. */
function go(card, { scroll = true } = {}) {
  if (!card) return;
  here?.classList.remove("here");
  here = card;
  card.classList.add("here");
  if (scroll) card.focus();
  document.querySelectorAll("mark.lit").forEach((mark) => mark.classList.remove("lit"));
  const lit = marksOf(placesOf(card));
  lit.forEach((mark) => mark.classList.add("lit"));
  bring(lit[0]);
}

/** Scroll the text, and nothing else, to a mark. */
function bring(mark) {
  const text = mark?.closest(".text");
  if (!text) return;
  const off = mark.getBoundingClientRect().top - text.getBoundingClientRect().top;
  text.scrollTop += off - text.clientHeight / 3;
}

function step(by) {
  const all = cards();
  const at = all.indexOf(here);
  go(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]);
}

const press = (value) => here?.querySelector(`button[value="${value}"]`)?.click();

function edit() {
  const part = here?.querySelector("details.edit");
  if (!part) return;
  part.open = true;
  part.querySelector("input")?.focus();
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  a: () => press("accept"),
  e: edit,
  r: () => press("reject"),
};

document.addEventListener("keydown", (event) => {
  const on = document.getElementById("keys")?.checked;
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (event.key === "Escape" && typing?.closest(".card")) return go(typing.closest(".card"));
  if (!on || typing || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});

document.addEventListener("focusin", (event) => {
  const card = event.target.closest(".card");
  if (card && card !== here) go(card, { scroll: false });
});

document.addEventListener("click", (event) => {
  const mark = event.target.closest("mark");
  if (mark) go(cards().find((card) => placesOf(card).some((n) => placesOf(mark).includes(n))));
  const link = event.target.closest(".card a[href^='#place-']");
  if (!link) return;
  event.preventDefault();
  bring(marksOf([link.hash.slice("#place-".length)])[0]);
});

// One decision: sent as the form would be, and the card put in its place as the server tells it.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form.decide");
  if (!form) return;
  event.preventDefault();
  const card = form.closest(".card");
  if (card.dataset.busy) return;
  card.dataset.busy = "yes";
  const sent = new FormData(form, event.submitter);
  sent.set("by", document.getElementById("by").value);
  try {
    const answer = await fetch(form.action, { method: "POST", body: sent });
    const told = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = told.getElementById(card.id);
    if (answer.ok && now) settled(card, now, told);
    else refused(card, told.querySelector("main .lead, main p")?.textContent);
  } catch {
    refused(card, "The server was not reached; nothing is known to be recorded.");
  }
  delete card.dataset.busy;
});

function settled(card, now, told) {
  now.querySelectorAll("blockquote").forEach((words) => words.replaceWith(card.querySelector("blockquote")));
  card.replaceWith(now);
  document.getElementById("left").replaceChildren(...told.getElementById("left").childNodes);
  here = now;
  const all = cards();
  const following = all.slice(all.indexOf(now)).find((one) => one.dataset.state === "proposed");
  go(following ?? now);
}

function refused(card, words) {
  const alert = card.querySelector(".alert");
  alert.textContent = words ?? "This was refused.";
  alert.hidden = false;
}

// A file that is dropped on the form is the file of the form.
const form = document.querySelector("form[data-drop]");
for (const name of ["dragover", "dragleave", "drop"]) {
  form?.addEventListener(name, (event) => {
    event.preventDefault();
    form.classList.toggle("dropping", name === "dragover");
    if (name === "drop" && event.dataTransfer.files.length) form.elements.file.files = event.dataTransfer.files;
  });
}

if (document.querySelector(".card[data-state='proposed']") && !location.hash) go(document.querySelector(".card[data-state='proposed']"));

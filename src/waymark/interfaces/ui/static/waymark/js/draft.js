// Keeps what is typed on the server as a draft, two seconds after the last key: "saved" is its word alone.

import { wordsOf } from "./words.js";

const words = wordsOf("draft");
const PAUSE = 2_000;
const PATIENCE = 10_000;
const DEVICE = "waymark-device";

// A name for this device, without any content: two devices have a draft each.
function device() {
  try {
    const known = localStorage.getItem(DEVICE) ?? crypto.randomUUID();
    localStorage.setItem(DEVICE, known);
    return known;
  } catch {
    return crypto.randomUUID(); // storage refused: the draft is this page's alone
  }
}

function say(form, text, unsaved) {
  const state = form.querySelector("[data-draft-state]");
  state.textContent = text;
  state.classList.toggle("unsaved", unsaved);
}

async function keep(form) {
  const body = new FormData(form);
  try {
    const answer = await fetch(form.dataset.draft, {
      method: "POST", body, redirect: "error", signal: AbortSignal.timeout(PATIENCE), headers: { Accept: "application/json" },
    });
    if (answer.status === 401 || answer.status === 403) return say(form, words("locked"), true);
    const told = await answer.json();
    say(form, told.saved || told.why, !told.saved);
  } catch {
    say(form, words(navigator.onLine ? "kept-not" : "offline"), true);
  }
}

function watch(form) {
  if ("watched" in form.dataset) return;
  form.dataset.watched = "";
  form.querySelector("[data-device]").value = device();
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => keep(form), PAUSE);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
}

export function start(root) {
  for (const form of root.querySelectorAll("form[data-draft]")) watch(form);
}

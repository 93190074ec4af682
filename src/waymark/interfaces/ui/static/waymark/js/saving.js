// Saving as one goes: "saved" is the server's word alone, so this file only says "saving" and "not confirmed".

let started = false;

const stateOf = (event) => event.target.closest("form")?.querySelector("[data-save-state]");

function say(event, words, unsaved) {
  const state = stateOf(event);
  if (!state) return;
  state.textContent = words;
  state.classList.toggle("unsaved", unsaved);
}

const sending = (event) => say(event, "Saving…", false);

const LOCKED = "Not saved: this page is locked, to keep it private. What you chose is still here. Unlock it, then choose again. ";

// The page is not taken away: an answer that has just opened a card of help may stand on it.
function offerKey(event) {
  const key = document.createElement("a");
  Object.assign(key, { href: "/", target: "_blank", textContent: "Unlock in a new tab" });
  stateOf(event)?.append(key);
}

function failed(event) {
  if (event.detail.xhr?.status === 401) {
    say(event, LOCKED, true);
    offerKey(event);
  } else say(event, "Not confirmed as saved. Your answers are still on this page; check the connection and choose again.", true);
}

export function start() {
  if (started) return;
  started = true;
  document.addEventListener("htmx:beforeRequest", sending);
  for (const fault of ["htmx:sendError", "htmx:responseError", "htmx:timeout", "htmx:swapError"]) {
    document.addEventListener(fault, failed);
  }
}

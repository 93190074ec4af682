// Saving as one goes: "saved" is the server's word alone, so this file only says "saving" and "not confirmed".
// Sending leaves the page only for a server that answers; else the page stays, with all that was chosen, marked "not sent".

const KNOCK = "/healthz";
const PATIENCE = 10_000;
const NOT_CONFIRMED = "Not confirmed as saved. Your answers are still on this page; check the connection and choose again.";
const LOCKED = "Not saved: this page is locked, to keep it private. What you chose is still here. Unlock it, then choose again. ";
const ENDED = "Not saved: you are signed out. What you chose is still here. Press “Send my answers” or “Keep this and finish later”: you can sign in there, and nothing is lost.";
const RENEWED = "You signed in again elsewhere. Reload this page; what you chose last is not saved yet.";
const NOT_SENT = "Not sent: there is no connection. Your answers are still on this page. Send them again once you are back online.";
const BACK = "The connection is back. Your answers are not sent yet: please send them again.";
const NOT_TOLD = "Your care team may not know of this answer yet. Call or text one of these numbers to reach a person now.";

let started = false;
let knocking = false;

const stateIn = (form) => form?.querySelector("[data-save-state]");

function say(form, words, unsaved) {
  const state = stateIn(form);
  if (!state) return;
  state.textContent = words;
  state.classList.toggle("unsaved", unsaved);
}

const formOf = (event) => event.target.closest("form");

const sending = (event) => say(formOf(event), "Saving…", false);

// The page is not taken away: an answer that has just opened a card of help may stand on it.
function offerKey(form) {
  const key = document.createElement("a");
  Object.assign(key, { href: "/", target: "_blank", textContent: "Unlock in a new tab" });
  stateIn(form)?.append(key);
}

// An open card must not go on saying that the team was told, once an answer may not have reached the server.
function takeBack(form) {
  for (const card of form?.querySelectorAll("[data-question]:has([data-opens]:checked) [data-told]") ?? []) card.textContent = NOT_TOLD;
}

function failed(event) {
  const form = formOf(event);
  const answer = event.detail.xhr;
  takeBack(form);
  if ("unsent" in (form?.dataset ?? {})) return say(form, NOT_SENT, true);
  const session = answer?.getResponseHeader("X-Waymark-Session");
  if (answer?.status === 403 && session === "renewed") return say(form, RENEWED, true);
  if (answer?.status !== 401) return say(form, NOT_CONFIRMED, true);
  if (session === "ended") return say(form, ENDED, true);
  say(form, LOCKED, true);
  offerKey(form);
}

const answers = () =>
  fetch(KNOCK, { cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(PATIENCE) })
    .then((answer) => answer.ok)
    .catch(() => false);

function notSent(form) {
  form.dataset.unsent = "";
  takeBack(form);
  say(form, NOT_SENT, true);
  stateIn(form)?.scrollIntoView({ block: "nearest" });
}

async function onSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || !stateIn(form) || "sure" in form.dataset) return;
  event.preventDefault();
  if (knocking) return;
  knocking = true;
  say(form, "Sending…", false);
  const there = await answers();
  knocking = false;
  if (!there) return notSent(form);
  form.dataset.sure = "";
  form.requestSubmit(event.submitter);
  delete form.dataset.sure;
}

function onReturn() {
  for (const form of document.querySelectorAll("form[data-unsent]")) {
    delete form.dataset.unsent;
    say(form, BACK, true);
  }
}

export function start() {
  if (started) return;
  started = true;
  document.addEventListener("submit", onSubmit);
  window.addEventListener("online", onReturn);
  document.addEventListener("htmx:beforeRequest", sending);
  for (const fault of ["htmx:sendError", "htmx:responseError", "htmx:timeout", "htmx:swapError"]) {
    document.addEventListener(fault, failed);
  }
}

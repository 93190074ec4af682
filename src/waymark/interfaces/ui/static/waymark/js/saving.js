// Saving as one goes: "saved" is the server's word alone, so this file only says "saving" and "not confirmed".
// Sending leaves the page only for a server that answers; else the page stays, with all that was chosen, marked "not sent".

import { wordsOf } from "./words.js";

const words = wordsOf("saving");
const KNOCK = "/healthz";
const PATIENCE = 10_000;

let started = false;
let knocking = false;

const stateIn = (form) => form?.querySelector("[data-save-state]");

function say(form, name, unsaved) {
  const state = stateIn(form);
  if (!state) return;
  state.textContent = words(name);
  state.classList.toggle("unsaved", unsaved);
}

const formOf = (event) => event.target.closest("form");

const sending = (event) => say(formOf(event), "saving", false);

// The page is not taken away: an answer that has just opened a card of help may stand on it.
function offerKey(form) {
  const key = document.createElement("a");
  Object.assign(key, { href: "/", target: "_blank", textContent: words("unlock") });
  stateIn(form)?.append(" ", key);
}

// An open card must not go on saying that the team was told, once an answer may not have reached the server.
function takeBack(form) {
  for (const card of form?.querySelectorAll("[data-question]:has([data-opens]:checked) [data-told]") ?? []) card.textContent = words("not-told");
}

function failed(event) {
  const form = formOf(event);
  const answer = event.detail.xhr;
  takeBack(form);
  if ("unsent" in (form?.dataset ?? {})) return say(form, "not-sent", true);
  const session = answer?.getResponseHeader("X-Waymark-Session");
  if (answer?.status === 403 && session === "renewed") return say(form, "renewed", true);
  if (answer?.status !== 401) return say(form, "not-confirmed", true);
  if (session === "ended") return say(form, "ended", true);
  say(form, "locked", true);
  offerKey(form);
}

const answers = () =>
  fetch(KNOCK, { cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(PATIENCE) })
    .then((answer) => answer.ok)
    .catch(() => false);

function notSent(form) {
  form.dataset.unsent = "";
  takeBack(form);
  say(form, "not-sent", true);
  stateIn(form)?.scrollIntoView({ block: "nearest" });
}

async function onSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || !stateIn(form) || "sure" in form.dataset) return;
  event.preventDefault();
  if (knocking) return;
  knocking = true;
  say(form, "sending", false);
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
    say(form, "back", true);
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

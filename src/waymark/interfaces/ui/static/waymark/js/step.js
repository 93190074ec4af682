// One question at a time. The others are put aside, not taken out: all of them are sent, and only from the end.

import { answered, byPointer, helps, questionsOf } from "./answer.js";

const narrow = window.matchMedia("(max-width: 53.74rem)");
const tight = window.matchMedia("(max-width: 19.99rem)");
const SEEN_CHOSEN = 300; // ms: what was tapped is seen chosen before the next one comes

const shown = new Map(); // the form, and which of its parts is in view

const endingOf = (form) => form.querySelector("[data-ending]");
const partsOf = (form) => [...questionsOf(form), endingOf(form)];
const several = (question) => "several" in question.dataset; // more than one tap: it goes on when asked
const steps = (form) => "stepping" in form.dataset;
const kind = (form) => form.dataset.oneAtATime;
const wanted = (form) => kind(form) === "always" || (kind(form) !== "never" && narrow.matches);

function aside(form, part) {
  for (const one of form.querySelectorAll("[data-part]")) one.toggleAttribute("data-aside", Boolean(part) && !one.contains(part));
  const [first, ending] = [questionsOf(form)[0], endingOf(form)];
  for (const one of form.querySelectorAll("[data-opening]")) one.toggleAttribute("data-aside", Boolean(part) && part !== first);
  for (const one of form.querySelectorAll("[data-lead]")) one.toggleAttribute("data-aside", part === ending);
}

// Where the text fills the screen, the first question stands before the words about who reads it.
function settle(form) {
  const notes = form.querySelector("[data-notes]");
  const place = tight.matches ? form.querySelector("[data-notes-below]") : form.querySelector("[data-notes-here]");
  if (notes && place && place.nextElementSibling !== notes) place.after(notes);
}

function show(form, part) {
  shown.set(form, part);
  settle(form);
  aside(form, part);
  form.querySelector("[data-back]").hidden = part === partsOf(form)[0];
  form.querySelector("[data-next]").hidden = part === endingOf(form);
}

// Each question comes where the last one was; only what does not fit there is brought up.
function bring(part) {
  window.scrollTo({ top: 0, behavior: "instant" });
  const last = [...part.querySelectorAll(".choice:not(.pass), [data-send]")].at(-1);
  if (last.getBoundingClientRect().bottom > window.innerHeight) part.scrollIntoView({ block: "start", behavior: "instant" });
}

function go(form, part) {
  if (!part) return;
  show(form, part);
  bring(part);
  part.focus({ preventScroll: true });
}

const beside = (form, way) => partsOf(form)[partsOf(form).indexOf(shown.get(form)) + way];

// Whoever went back to one answer goes on where an answer is missing, and not through all of them again.
function nextOpen(form, question) {
  const questions = questionsOf(form);
  return questions.slice(questions.indexOf(question) + 1).find((one) => !answered(one)) ?? endingOf(form);
}

function onChange(event) {
  const [form, question] = [event.currentTarget, event.target.closest("[data-question]")];
  if (!question || several(question) || !steps(form) || !byPointer()) return;
  setTimeout(() => {
    // A card of help is to be read; nothing may take it away.
    if (shown.get(form) === question && !helps(question)) go(form, nextOpen(form, question));
  }, SEEN_CHOSEN);
}

function onKey(event) {
  if (event.key !== "Enter" || !steps(event.currentTarget) || !["radio", "checkbox", "text"].includes(event.target.type)) return;
  event.preventDefault(); // it would send
  go(event.currentTarget, beside(event.currentTarget, 1));
}

function onClick(event) {
  const form = event.currentTarget;
  if (event.target.closest("[data-next]")) go(form, beside(form, 1));
  else if (event.target.closest("[data-back]")) go(form, beside(form, -1));
}

const named = (form, hash) => partsOf(form).find((one) => hash === `#${one.id}`);

function onLink(event) {
  const link = event.target.closest('a[href^="#"]');
  for (const form of link ? shown.keys() : []) {
    const part = steps(form) && named(form, link.hash);
    if (part) [event.preventDefault(), go(form, part)];
  }
}

const refused = () => Boolean(document.querySelector("#problems, .summary"));

// Where the page asks for something to be mended: help that stands open comes first, then what is wrong. Else it goes
// on where an answer is missing; the last question, where none is.
function firstOf(form) {
  const questions = questionsOf(form);
  const mend = refused() ? questions.find(helps) ?? questions.find((one) => one.querySelector(".error-text")) : null;
  return mend ?? questions.find((one) => !answered(one)) ?? questions.at(-1);
}

function arrange(form) {
  // After a form was sent the address still names the question that was open then.
  const [stepping, target] = [wanted(form), refused() ? null : named(form, location.hash)];
  form.toggleAttribute("data-stepping", stepping);
  form.querySelector("[data-steps]").hidden = !stepping;
  settle(form);
  if (!stepping) return aside(form, null);
  const asked = shown.get(form) ?? target;
  show(form, asked ?? firstOf(form));
  if (asked) bring(asked);
}

export function start(root) {
  for (const form of root.querySelectorAll("form[data-one-at-a-time]")) {
    form.addEventListener("change", onChange);
    form.addEventListener("keydown", onKey);
    form.addEventListener("click", onClick);
    for (const size of [narrow, tight]) size.addEventListener("change", () => arrange(form));
    window.addEventListener("hashchange", () => steps(form) && go(form, named(form, location.hash)));
    arrange(form);
  }
  document.addEventListener("click", onLink);
}

// Questions on a phone: after a tap the next one comes gently into view. The focus stays where the person put it.

const phone = window.matchMedia("(max-width: 53.74rem)");
const still = window.matchMedia("(prefers-reduced-motion: reduce)");

let started = false;
let pointed = false;

export const byPointer = () => pointed;
export const questionsOf = (form) => [...form.querySelectorAll("[data-question]")].filter((one) => !one.closest("[data-gate][hidden]"));
export const answered = (question) => Boolean(question.querySelector("input:checked"));

// Skipped is looked at, not answered: it moves on but does not count.
const counted = (question) => Boolean(question.querySelector("input:checked:not([value=''])"));

// A question that an earlier answer has made pointless folds away; while that answer is missing, it stays.
function fold(form) {
  for (const gated of form.querySelectorAll("[data-gate]")) {
    const chosen = form.querySelector(`[name="${gated.dataset.gate}"]:checked:not([value=''])`)?.value;
    const closed = chosen !== undefined && !gated.dataset.openedBy.split(" ").includes(chosen);
    gated.hidden = closed && !gated.querySelector("[data-opens]:checked");
  }
}

function count(form) {
  fold(form);
  const label = form.querySelector("[data-answered]");
  if (!label) return;
  const questions = questionsOf(form);
  const done = questions.filter(counted).length;
  const words = label.dataset.words.replace("{answered}", done).replace("{total}", questions.length);
  if (label.textContent !== words) label.textContent = words;
  const bar = form.querySelector(".answering progress");
  if (bar) Object.assign(bar, { max: questions.length, value: done });
}

export const helps = (question) => Boolean(question.querySelector("[data-opens]:checked"));
const motion = () => (still.matches ? "auto" : "smooth");

// A card of help that has just opened is brought into view, once: on a phone it would stand below the fold.
function bringHelp(question) {
  const before = "helped" in question.dataset;
  question.toggleAttribute("data-helped", helps(question));
  if (before || !helps(question)) return;
  question.querySelector(".opens")?.scrollIntoView({ behavior: motion(), block: phone.matches ? "start" : "nearest" });
}

function follow(question, form) {
  // A card of help is to be read; nothing may scroll it away.
  if (helps(question)) return;
  const questions = questionsOf(form);
  const next = questions.slice(questions.indexOf(question) + 1).find((other) => !answered(other));
  const target = next ?? form.querySelector("[data-send]");
  target?.scrollIntoView({ behavior: motion(), block: next ? "start" : "nearest" });
}

function onChange(event) {
  const question = event.target.closest("[data-question]");
  if (!question || !event.target.form) return;
  count(event.target.form);
  bringHelp(question);
  if ("stepping" in event.target.form.dataset) return; // step.js goes on by itself
  if (pointed && phone.matches && !still.matches) follow(question, event.target.form);
}

export function start() {
  for (const form of document.forms) count(form);
  if (started) return;
  started = true;
  document.addEventListener("pointerdown", () => { pointed = true; }, { capture: true });
  document.addEventListener("keydown", () => { pointed = false; }, { capture: true });
  document.addEventListener("change", onChange);
}

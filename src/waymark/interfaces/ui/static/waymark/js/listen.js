// Notices words of danger while they are typed, and shows where help is: on this device alone, once a page. Nothing is
// sent or kept of it; only the button that is shown then tells somebody, as any button of the form does.

import { speaksOfDanger } from "./danger.js";

const PAUSE = 700; // ms after the last key: nobody is interrupted in the middle of a word

const typed = (form) => [...form.querySelectorAll("textarea, input[type=text]")].map((field) => field.value).join("\n");

function watch(part) {
  const form = part.closest("form");
  if (!form || "listened" in part.dataset) return;
  part.dataset.listened = "";
  const [rule, card] = [JSON.parse(part.dataset.rule), part.querySelector("[data-heard]")];
  let waiting = 0;
  let shown = false;

  function look() {
    if (shown || !speaksOfDanger(typed(form), rule)) return;
    shown = true;
    card.hidden = false;
    card.scrollIntoView({ block: "nearest" });
  }

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE);
  });
  part.querySelector("[data-heard-enough]").addEventListener("click", () => {
    card.hidden = true;
    form.querySelector("textarea, input[type=text]")?.focus();
  });
  look(); // what was begun before stands in the fields already
}

export function start(root) {
  for (const part of root.querySelectorAll("[data-listens]")) watch(part);
}

// Keying in a sheet of paper: the number of an answer chooses it and goes on to the next question;
// x or - leaves the question out. Without this file Tab and the arrow keys do the same, more slowly.

const LEFT_OUT = ["x", "-"];

function chosenBy(key, question) {
  const wanted = LEFT_OUT.includes(key.toLowerCase()) ? "" : key;
  return [...question.querySelectorAll('input[type="radio"]')].find((radio) => radio.value === wanted);
}

function goOn(question, form) {
  const questions = [...form.querySelectorAll("[data-question]")];
  const next = questions[questions.indexOf(question) + 1];
  const target = next
    ? next.querySelector("input:checked") ?? next.querySelector("input")
    : form.querySelector("[data-store]");
  target?.focus();
  (next ?? target)?.scrollIntoView({ block: "nearest" });
}

function typed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
  const question = event.target.closest("[data-question]");
  const radio = question && chosenBy(event.key, question);
  if (!radio) return;
  event.preventDefault();
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  goOn(question, event.currentTarget);
}

export function start(root) {
  for (const form of root.querySelectorAll("form[data-entry]")) form.addEventListener("keydown", typed);
}

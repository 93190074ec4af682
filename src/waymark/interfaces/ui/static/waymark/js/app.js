// Loads what this page can use, and nothing it needs: every page works without this file.

const wanted = [
  ["[data-leave]", () => import("./leave.js")],
  ["[data-question]", () => import("./answer.js")],
  ["[data-find]", () => import("./find.js")],
  ["form[data-one-at-a-time]", () => import("./step.js")],
  ["form[data-entry]", () => import("./entry.js")],
  ["[data-save-state]", () => import("./saving.js")],
  ["form[data-guard]", () => import("./dirty.js")],
  ["[data-listens]", () => import("./listen.js")],
  ["form[data-draft]", () => import("./draft.js")],
  ["svg .points", () => import("./chart.js")],
  ["[data-way]", () => import("./ways.js")],
  ["[data-lead], [data-of]", () => import("./again.js")],
  ["[data-practice]", () => import("./practice.js")],
  ["[data-idle-seconds]", () => import("./expire.js")],
];

function wake(root) {
  for (const [selector, load] of wanted) {
    if (root.querySelector(selector)) load().then((module) => module.start(root));
  }
  // What is true only where this file runs: that answers save as one goes, and a count that keeps up.
  for (const part of root.querySelectorAll("[data-scripted]")) part.hidden = false;
  for (const button of root.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.onclick = () => window.print();
  }
}

// A live region that was there from the first byte is not read out; what enters it afterwards is.
function sayMessages() {
  const region = document.querySelector("[data-messages]");
  if (region?.children.length) setTimeout(() => region.append(...region.children), 400);
}

// What a swap brings in may hold new questions or charts, or a list of problems that should be heard first.
function afterSwap(event) {
  wake(event.target.parentElement ?? document);
  event.target.parentElement?.querySelector("[data-focus]")?.focus();
}

wake(document);
sayMessages();
document.querySelector("[data-focus]:not([autofocus])")?.focus();
document.addEventListener("htmx:afterSettle", afterSwap);

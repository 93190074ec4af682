// The quick way out: the page goes blank at once, and its place in the history is taken by the page one leaves for.

const PRESSES = 3;
const WITHIN = 1500;

let started = false;
let presses = [];

function leave({ href, dataset }) {
  const page = document.documentElement;
  page.dataset.leaving = "";
  page.classList.add("leaving");
  document.title = dataset.title;
  window.location.replace(href);
}

function onKey(event) {
  if (event.key !== "Escape") {
    presses = [];
    return;
  }
  presses = [...presses, event.timeStamp].filter((time) => event.timeStamp - time < WITHIN);
  if (presses.length >= PRESSES) leave(document.querySelector("[data-leave]"));
}

function onClick(event) {
  const link = event.target.closest("[data-leave]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  leave(link);
}

// Coming back by the browser's own "back" must ask the server again, never show what was kept in memory.
function onReturn(event) {
  if (event.persisted && "leaving" in document.documentElement.dataset) window.location.reload();
}

export function start() {
  if (started) return;
  started = true;
  document.addEventListener("keydown", onKey, { capture: true });
  document.addEventListener("click", onClick);
  window.addEventListener("pageshow", onReturn);
}

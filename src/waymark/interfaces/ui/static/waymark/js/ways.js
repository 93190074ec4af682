// How somebody likes to practice: eyes open, a still picture, sound, a buzz. Each control of a way shows the same.

import { keepWays, ways as kept } from "./device.js";

const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const buzzes = "vibrate" in navigator;
const heard = new Set();

let chosen = null;

// Eyes open, and nothing to hear, until somebody says otherwise.
const ways = () => (chosen ??= new Set(kept() ?? ["eyes"]));

export const likes = (way) => (way === "still" && calm.matches) || ways().has(way);

function show(root) {
  for (const control of root.querySelectorAll("[data-way]")) {
    const on = likes(control.dataset.way);
    if (control.type === "checkbox") control.checked = on;
    else control.setAttribute("aria-pressed", String(on));
  }
}

export function change(way, on = !ways().has(way)) {
  ways().delete(way);
  if (on) ways().add(way);
  keepWays([...ways()]);
  show(document);
  for (const told of heard) told(way);
}

export const whenChanged = (told) => heard.add(told);

// The device says that nothing moves: then there is nothing to choose.
function offer(root) {
  for (const one of root.querySelectorAll("[data-moves]")) one.hidden = calm.matches;
  for (const one of root.querySelectorAll("[data-buzzes]")) one.hidden = !buzzes;
}

export function start(root) {
  offer(root);
  calm.addEventListener("change", () => offer(document));
  for (const control of root.querySelectorAll("[data-way]")) {
    if (control.type === "checkbox") control.addEventListener("change", () => change(control.dataset.way, control.checked));
    else control.addEventListener("click", () => change(control.dataset.way));
  }
  show(root);
}

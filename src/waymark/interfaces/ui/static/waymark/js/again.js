// The practice that was used last on this device stands where the first one would; one that was left out never does.

import { forget, lastUsed, leftOut } from "./device.js";

function lead(box, last, left) {
  const links = [...box.querySelectorAll("[data-again]")];
  const again = links.find((one) => one.dataset.again === last && !left.includes(last));
  const first = box.querySelector("[data-first]");
  if (again) again.hidden = false;
  first.hidden = Boolean(again) || left.includes(first.dataset.first);
}

export function start(root) {
  if (root.querySelector("[data-keeps='']")) forget();
  const [last, left] = [lastUsed(), leftOut()];
  for (const box of root.querySelectorAll("[data-lead]")) lead(box, last, left);
  for (const row of root.querySelectorAll("[data-of]")) {
    const note = row.querySelector("[data-left-out]");
    if (note) note.hidden = !left.includes(row.dataset.of);
  }
}

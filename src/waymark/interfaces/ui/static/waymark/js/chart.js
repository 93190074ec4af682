// Walking along a chart with the arrow keys: one point holds the tab stop, and each is said and shown as it is reached.

const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

const wordsOf = (point) =>
  point.getAttribute("aria-label") ?? point.querySelector("title")?.textContent ?? "";

function readoutOf(points) {
  const holder = points.closest("figure, .chart, .picture") ?? points.ownerSVGElement.parentElement;
  const there = holder.querySelector("[data-readout]");
  if (there) return there;
  const line = document.createElement("p");
  line.dataset.readout = "";
  line.className = "chart-readout";
  line.textContent = points.closest("[data-readout-words]")?.dataset.readoutWords ?? "";
  line.setAttribute("aria-live", "polite");
  holder.append(line);
  return line;
}

function move(items, from, key) {
  if (key === "Home") return items[0];
  if (key === "End") return items.at(-1);
  const step = STEPS[key];
  return step ? items[items.indexOf(from) + step] : undefined;
}

function walk(points) {
  const items = [...points.querySelectorAll("[role=listitem]")];
  if (!items.length || "walked" in points.dataset) return;
  points.dataset.walked = "";
  const readout = readoutOf(points);
  const hold = (item) => items.forEach((other) => other.setAttribute("tabindex", other === item ? "0" : "-1"));
  hold(items.find((item) => item.getAttribute("tabindex") === "0") ?? items.at(-1));
  const show = (event) => {
    const item = event.target.closest("[role=listitem]");
    if (!item) return;
    readout.textContent = wordsOf(item);
    readout.classList.add("told");
  };
  points.addEventListener("focusin", show);
  points.addEventListener("pointerover", show);
  points.addEventListener("keydown", (event) => {
    const to = move(items, event.target.closest("[role=listitem]"), event.key);
    if (!to) return;
    event.preventDefault();
    hold(to);
    to.focus();
  });
}

export function start(root) {
  for (const points of root.querySelectorAll("svg .points")) walk(points);
}

// A thought that was typed goes off on a leaf or in a bubble. It is on this screen alone: no form holds it, nothing sends
// it and nothing keeps it. At words of hurting oneself it stays, and the page says where help is.

import { speaksOfDanger } from "./danger.js";

const AWAY = 14000; // ms
const FADES = 7000;

function ways(kind, thought, water) {
  const [wide, high] = [water.clientWidth, water.clientHeight];
  if (kind === "bubble") {
    const x = (wide - thought.offsetWidth) / 2;
    return [{ transform: `translate(${x}px, ${high}px)` }, { transform: `translate(${x * 1.1}px, ${-thought.offsetHeight}px)` }];
  }
  const y = (high - thought.offsetHeight) / 2;
  return [
    { transform: `translate(${-thought.offsetWidth}px, ${y * 0.8}px)` },
    { transform: `translate(${(wide - thought.offsetWidth) / 2}px, ${y * 1.2}px)` },
    { transform: `translate(${wide}px, ${y}px)` },
  ];
}

function goesOff(kind, words, water, still) {
  const thought = document.createElement("span");
  thought.className = "thought";
  thought.textContent = words;
  water.append(thought);
  const moved = still
    ? thought.animate([{ opacity: 1 }, { opacity: 0 }], FADES)
    : thought.animate(ways(kind, thought, water), { duration: AWAY, easing: "linear" });
  thought.toggleAttribute("data-fades", still);
  moved.onfinish = () => thought.remove();
}

export function start(page, { isStill, say, flag }) {
  const box = page.querySelector("[data-drift]");
  if (!box) return () => {};
  const [field, water] = [box.querySelector("[data-thought]"), page.querySelector("[data-water]")];
  const rule = JSON.parse(box.dataset.rule);
  let warned = "";

  function letGo() {
    const words = field.value.trim();
    if (!words) return;
    const holds = speaksOfDanger(words, rule) && warned !== words;
    warned = holds ? words : "";
    flag("heavy", holds);
    if (holds) return box.querySelector(".notice").scrollIntoView({ block: "nearest" });
    goesOff(box.dataset.drift, words, water, isStill());
    field.value = "";
    say(box.querySelector("[data-say]").textContent);
    field.focus();
  }

  box.querySelector("[data-let-go]").addEventListener("click", letGo);
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") letGo(); });
  return () => {
    field.value = "";
    flag("heavy", false);
    for (const one of water.querySelectorAll(".thought")) one.remove();
  };
}

// Tells a person before the page locks, and covers it once it has. It asks the server only when they say so.
// The lock itself is the server's; a form sent to a locked session is held, opened with the password, and sent on.

import { wordsOf } from "./words.js";

const words = wordsOf("expiry");
const body = document.body;
const limit = Number(body.dataset.idleSeconds) * 1000;
const warning = Number(body.dataset.warnSeconds) * 1000;
const others = new BroadcastChannel("waymark-seen");

let seen = Date.now();
let box = null;
let timer = 0;

function line(name) {
  const p = document.createElement("p");
  p.textContent = words(name);
  return p;
}

function button(name, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "btn quiet";
  element.textContent = words(name);
  element.addEventListener("click", act);
  return element;
}

function show(...parts) {
  if (!box) {
    box = document.createElement("div");
    box.className = "notice expiry";
    box.setAttribute("role", "status");
    const main = document.querySelector("main") ?? body;
    main.append(box);
  }
  const inside = document.createElement("div");
  inside.className = "body";
  inside.append(...parts);
  box.replaceChildren(inside);
}

function clear() {
  box?.remove();
  box = null;
  body.classList.remove("covered");
}

function warn() {
  const typed = unsentField() ? [line("typed")] : [];
  show(line("soon"), ...typed, ...(body.dataset.stayUrl ? [button("stay", stay)] : []));
}

const reload = () => button("reload", () => window.location.reload());

function unsentField() {
  return [...document.querySelectorAll("form textarea")].find((field) => field.value !== field.defaultValue);
}

// Sent as the browser sends a form, so that the lock can hold it; the button's own name goes along.
function send(field) {
  const pressed = field.closest("details, fieldset, form").querySelector("button:not([type=button])");
  if (pressed?.name) {
    const name = document.createElement("input");
    Object.assign(name, { type: "hidden", name: pressed.name, value: pressed.value });
    field.form.append(name);
  }
  field.form.dataset.sent = "";
  field.form.submit();
}

function cover() {
  body.classList.add("covered");
  const field = unsentField();
  const parts = [line("covered")];
  if (body.dataset.stayUrl && body.dataset.seat) {
    const way = document.createElement("a");
    Object.assign(way, { href: "/", target: "_blank", textContent: words("unlock") });
    parts.push(way, button("unlocked", stay));
  } else if (field) {
    parts.push(line("held"));
    parts.push(button("send", () => send(field)));
  } else parts.push(reload());
  show(...parts);
}

// A covered page opens again only for the person it was covered for: whoever signs in next may be someone else.
const samePerson = (answer) =>
  !body.classList.contains("covered") || answer.headers.get("X-Waymark-Seat") === body.dataset.seat;

// Asked for by a person's press alone: nothing here keeps a session alive by itself.
async function stay() {
  const answer = await fetch(body.dataset.stayUrl, { credentials: "same-origin", redirect: "manual" }).catch(() => null);
  if (answer?.ok && samePerson(answer)) {
    clear();
    hereNow(true);
  } else {
    show(line("unsure"), reload());
  }
}

function hereNow(tell) {
  if (body.classList.contains("covered")) return;
  seen = Date.now();
  if (tell) others.postMessage("seen");
  clear();
  plan();
}

// Time-outs sleep with the device, so the clock is read again whenever the page comes back to view.
function plan() {
  clearTimeout(timer);
  if (body.classList.contains("covered")) return;
  const quiet = Date.now() - seen;
  if (quiet >= limit) cover();
  else if (quiet >= limit - warning) {
    warn();
    timer = setTimeout(plan, limit - quiet);
  } else timer = setTimeout(plan, limit - warning - quiet);
}

export function start() {
  if (body.dataset.watching || !limit) return;
  body.dataset.watching = "yes";
  others.addEventListener("message", () => hereNow(false));
  document.addEventListener("htmx:afterOnLoad", () => hereNow(true));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) plan(); });
  hereNow(true);
}

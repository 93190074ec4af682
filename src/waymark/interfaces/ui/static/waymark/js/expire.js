// Tells a person before the page locks, and covers it once it has. It asks the server only when they say so.
// The lock itself is the server's; a form sent to a locked session is held, opened with the password, and sent on.

const body = document.body;
const limit = Number(body.dataset.idleSeconds) * 1000;
const warning = Math.min(120_000, limit / 3);
const others = new BroadcastChannel("waymark-seen");

let seen = Date.now();
let box = null;
let timer = 0;

function line(words) {
  const p = document.createElement("p");
  p.textContent = words;
  return p;
}

function button(words, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "btn quiet";
  element.textContent = words;
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
  const minutes = Math.max(1, Math.round(warning / 60_000));
  const words = line(
    `This page has been quiet for a while. In about ${minutes} ${minutes === 1 ? "minute" : "minutes"} it will lock, to keep it private.`,
  );
  const typed = unsentField() ? [line("What you typed has not been sent yet.")] : [];
  show(words, ...typed, ...(body.dataset.stayUrl ? [button("Stay signed in", stay)] : []));
}

const reload = () => button("Open this page again", () => window.location.reload());

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
  const parts = [line("This page is locked and covered, to keep it private.")];
  if (body.dataset.stayUrl && body.dataset.seat) {
    const way = document.createElement("a");
    Object.assign(way, { href: "/", target: "_blank", textContent: "Unlock in a new tab" });
    parts.push(way, button("I have unlocked it, show this page", stay));
  } else if (field) {
    parts.push(line("What you typed is still here. It can be sent as it is, once you give your password."));
    parts.push(button("Send what I typed", () => send(field)));
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
    show(line("That could not be confirmed. Please unlock it again."), reload());
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

// Unsent words are not lost by accident: a question before leaving, and a word when the same form is open twice.
// A form opts in with data-guard="a name for what it edits"; without a name, with the question alone.

const same = new BroadcastChannel("waymark-forms");
const guarded = new Set();

let listening = false;

function changed(form) {
  return [...form.elements].some(
    (field) => field.matches("textarea, input[type=text]") && field.value !== field.defaultValue,
  );
}

const unsent = () => [...guarded].some((form) => form.isConnected && !("sent" in form.dataset) && changed(form));

// The quick way out is never held up by a question.
const leaving = () => "leaving" in document.documentElement.dataset;

function onLeave(event) {
  if (unsent() && !leaving()) event.preventDefault();
}

function tell(form) {
  if (form.querySelector("[data-twice]")) return;
  const notice = document.createElement("p");
  notice.dataset.twice = "";
  notice.className = "notice watch";
  notice.setAttribute("role", "status");
  const words = document.createElement("span");
  words.className = "body";
  words.textContent = form.dataset.openTwice;
  notice.append(words);
  form.prepend(notice);
}

function onOther({ data }) {
  for (const form of guarded) {
    if (form.dataset.guard !== data.guard) continue;
    tell(form);
    if (data.asks) same.postMessage({ guard: data.guard, asks: false });
  }
}

function guard(form) {
  if (guarded.has(form)) return;
  guarded.add(form);
  form.addEventListener("submit", () => { form.dataset.sent = ""; });
  form.addEventListener("input", () => { delete form.dataset.sent; });
  form.addEventListener("htmx:afterRequest", ({ detail }) => { if (!detail.successful) delete form.dataset.sent; });
  if (form.dataset.guard) same.postMessage({ guard: form.dataset.guard, asks: true });
}

export function start(root) {
  if (!listening) {
    listening = true;
    same.addEventListener("message", onOther);
    window.addEventListener("beforeunload", onLeave);
  }
  for (const form of root.querySelectorAll("form[data-guard]")) guard(form);
}

// What a device remembers of practices, for the one who owns it: the practice used last, those left out, and ways of
// practicing. Ids and words of the house alone: no times, no counts, nothing typed. A page says what may be kept.

const KEYS = { last: "waymark-practice", left: "waymark-practices-left-out", ways: "waymark-practice-ways" };

// Where storing is refused, in a private window perhaps, nothing is remembered and everything works.
function read(what) {
  try {
    return localStorage.getItem(KEYS[what]);
  } catch {
    return null;
  }
}

function write(what, words) {
  try {
    localStorage.setItem(KEYS[what], words.join(" "));
  } catch {
    // as above
  }
}

const listed = (what) => (read(what) ?? "").split(" ").filter(Boolean);
const kept = () => document.querySelector("[data-keeps]")?.dataset.keeps ?? "";

export const lastUsed = () => (kept() === "all" ? read("last") : null);
export const leftOut = () => (kept() === "all" ? listed("left") : []);

// Whoever begins one again has taken it back in.
export function used(id) {
  if (kept() !== "all") return;
  write("last", [id]);
  write("left", listed("left").filter((one) => one !== id));
}

export function leaveOut(id) {
  if (kept() !== "all") return;
  write("left", [...new Set([...listed("left"), id])]);
  if (read("last") === id) write("last", []);
}

export const ways = () => (kept() && read("ways") !== null ? listed("ways") : null);

export function keepWays(chosen) {
  if (kept()) write("ways", chosen);
}

// On a device that others use too.
export function forget() {
  try {
    for (const key of Object.values(KEYS)) localStorage.removeItem(key);
  } catch {
    // as above
  }
}

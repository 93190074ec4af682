// Whether a text says in so many words that its writer may be in danger: the rule of `library/danger.py`, to the letter,
// by the phrases that the page holds. On the device alone; nothing found says nothing.

const APOSTROPHES = /[\u2018\u2019\u201b\u02bc\u2032\u00b4`]/g;
const WORD = /[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*/gu;

const folded = (text) => text.replace(APOSTROPHES, "'").normalize("NFKC").toLowerCase().replaceAll("\u00df", "ss");

function asRead(text, { same, dropped }) {
  const words = (folded(text).match(WORD) ?? []).filter((word) => !dropped.includes(word));
  return ` ${words.map((word) => (Object.hasOwn(same, word) ? same[word] : word)).join(" ")} `;
}

function says(said, phrase, { heldBackAfter, heldBackBefore }) {
  for (let at = said.indexOf(` ${phrase} `); at >= 0; at = said.indexOf(` ${phrase} `, at + 1)) {
    const [before, after] = [said.slice(0, at + 1), said.slice(at + 1 + phrase.length)];
    const heldBack = heldBackAfter.some((words) => before.endsWith(words)) || heldBackBefore.some((words) => after.startsWith(words));
    if (!heldBack) return true;
  }
  return false;
}

export function speaksOfDanger(text, rule) {
  const said = asRead(text, rule);
  return rule.phrases.some((phrase) => says(said, phrase, rule));
}

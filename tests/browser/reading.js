// What is wrong with the page that is open, for the eyes: too wide, cut, words over words, help out of sight.
() => {
  const wide = document.documentElement.clientWidth;
  const found = [];
  const say = (what, one) => found.push(`${what}: ${name(one)}`);
  const name = (one) => (one.nodeType === 3 ? `“${one.data.trim().slice(0, 40)}”`
    : one.outerHTML.replace(/\\s+/g, " ").slice(0, 110));

  const needed = document.documentElement.scrollWidth;
  if (needed > wide) found.push(`sideways: the page needs ${needed} of ${wide}`);

  // A table, paper or lines of a file may be moved sideways by themselves; nothing else may.
  const style = (one) => getComputedStyle(one);
  const holder = (one) => {
    for (let up = one.parentElement; up; up = up.parentElement) {
      if (["auto", "scroll"].includes(style(up).overflowX)) return up;
    }
    return null;
  };
  const tiny = (box) => box.width < 2 || box.height < 2;
  const onlyRead = (one) => {  // for screen readers: clipped to nothing
    for (let up = one; up; up = up.parentElement) {
      if (style(up).clipPath === "inset(50%)") return true;
    }
    return false;
  };
  const hidden = (one) => one.closest("[hidden], template, noscript, svg, option") || onlyRead(one)
    || !one.checkVisibility({ visibilityProperty: true, opacityProperty: true });

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const one = node.parentElement;
    if (!node.data.trim() || ["SCRIPT", "STYLE"].includes(one.tagName) || hidden(one)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (!tiny(box)) texts.push({ node, one, box });
    }
  }

  for (const { node, one, box } of texts) {
    const moves = holder(one);
    if (box.right > wide + 1 || box.left < -1) {
      if (!one.closest(".skip") && (!moves || !moves.querySelector("table, pre"))) say("cut by the screen", node);
    }
    for (let up = one; up && up !== document.body; up = up.parentElement) {
      const how = style(up);
      if (!/hidden|clip/.test(how.overflowX + how.overflowY)) continue;
      const edge = up.getBoundingClientRect();
      if (tiny(edge)) break;
      if (box.right > edge.right + 1 || box.bottom > edge.bottom + 1) { say("cut by its box", node); break; }
    }
  }

  for (const one of document.querySelectorAll("a.btn, button, summary, .choice, .chip, input, select, textarea")) {
    if (hidden(one)) continue;
    const box = one.getBoundingClientRect();
    if (tiny(box) || holder(one)?.querySelector("table, pre")) continue;
    if (box.right > wide + 1 || box.left < -1) say("cut by the screen", one);
    if (one.matches("a, button, summary, .choice, .chip") && one.scrollWidth > one.clientWidth + 1
      && style(one).display !== "inline") say("cut by its box", one);
  }

  // Words over words. What is pinned passes over the rest by design; it is looked at by itself.
  const pinned = (one) => {
    for (let up = one; up; up = up.parentElement) {
      if (["fixed", "sticky"].includes(style(up).position)) return true;
    }
    return false;
  };
  const flat = texts.filter(({ one }) => !pinned(one) && !one.closest(".skip"));
  flat.sort((a, b) => a.box.top - b.box.top);
  for (let i = 0; i < flat.length; i += 1) {
    for (let j = i + 1; j < flat.length && flat[j].box.top < flat[i].box.bottom; j += 1) {
      const [a, b] = [flat[i], flat[j]];
      if (a.node === b.node || a.one.contains(b.one) || b.one.contains(a.one)) continue;
      const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      const least = Math.min(a.box.height, b.box.height);
      if (across > 2 && down > least * .35) say(`over ${name(a.node)}`, b.node);
    }
  }

  let taken = 0;
  for (const one of document.querySelectorAll("body *")) {
    if (!["fixed", "sticky"].includes(style(one).position) || hidden(one)) continue;
    const box = one.getBoundingClientRect();
    const bottom = Math.min(box.bottom, innerHeight);
    if (box.width > wide / 2 && box.height < innerHeight * .9) taken += Math.max(0, bottom - Math.max(box.top, 0));
  }
  if (taken > innerHeight * .34) found.push(`pinned bars take ${Math.round(100 * taken / innerHeight)}%`);

  const help = document.querySelector("a.help-now");
  if (help) {
    const box = help.getBoundingClientRect();
    const whole = box.left >= 0 && box.top >= 0 && box.right <= wide && box.bottom <= innerHeight;
    if (!whole) say("help is not whole on the screen", help);
    if (help.scrollWidth > help.clientWidth + 1) say("help is cut", help);
  } else if (!document.body.dataset.bare && document.querySelector("#main") && !document.querySelector(".sheet")) {
    found.push("no way to help");
  }
  return [...new Set(found)];
}

// Finding somebody of a long list by name. What is typed stays in this page: it has no address and is never sent.

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function find(field) {
  const parts = plain(field.value).split(/\s+/).filter(Boolean);
  const rows = [...document.querySelectorAll("[data-found] [data-row]")];
  for (const row of rows) {
    const name = plain(row.querySelector("[data-name]").textContent);
    row.hidden = !parts.every((part) => name.includes(part));
  }
  const left = rows.filter((row) => !row.hidden).length;
  const nobody = document.querySelector("[data-nobody]");
  nobody.hidden = left > 0;
  const count = document.querySelector("[data-found-count]");
  const said = count.dataset.said.replace("[left]", left).replace("[all]", rows.length);
  count.textContent = parts.length ? said : "";
}

export function start(root) {
  const field = root.querySelector("[data-find]");
  if (!field) return;
  field.addEventListener("input", () => find(field));
  find(field); // what a browser kept after going back
}

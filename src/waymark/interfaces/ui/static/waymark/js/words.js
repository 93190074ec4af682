// What a script says stands in the page, in the language of the page: <template data-words="whose">, a line for each.

export const wordsOf = (whose) => (name) =>
  document.querySelector(`template[data-words="${whose}"]`).content.querySelector(`[data-say="${name}"]`).textContent;

// The work list by keyboard: j and k walk the rows, Enter opens (the row's link has the focus), / searches,
// x chooses the row for approval and a approves what was chosen.
(() => {
  const keys = (window.concordKeys ??= new Map());
  const links = [...document.querySelectorAll("[data-row] .lead")];

  const step = (by) => {
    if (!links.length) return;
    const now = links.indexOf(document.activeElement);
    const next = now < 0 ? 0 : Math.min(links.length - 1, Math.max(0, now + by));
    links[next].focus();
    links[next].closest("tr").scrollIntoView({ block: "nearest" });
  };

  // Bulk approval.
  const bulk = document.getElementById("bulk");
  const said = document.getElementById("chosen-count");
  const all = document.querySelector("[data-choose-all]");
  const choices = [...document.querySelectorAll('input[form="bulk"]')];
  const count = () => {
    const chosen = choices.filter((choice) => choice.checked).length;
    said.textContent = chosen ? `${chosen} of ${choices.length} chosen` : "These agree with the books.";
    bulk.querySelector("button").disabled = chosen === 0;
    all.checked = chosen === choices.length;
    all.indeterminate = chosen > 0 && chosen < choices.length;
  };
  if (bulk) {
    all.addEventListener("change", () => {
      for (const choice of choices) choice.checked = all.checked;
      count();
    });
    for (const choice of choices) choice.addEventListener("change", count);
    count();
    keys.set("x", () => document.activeElement.closest("tr")?.querySelector('input[form="bulk"]')?.click());
    keys.set("a", () => bulk.querySelector("button").click());
  }

  keys.set("j", () => step(1));
  keys.set("k", () => step(-1));
  keys.set("/", () => document.getElementById("search")?.focus());
})();

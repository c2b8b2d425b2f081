// The work list by keyboard: j and k walk the rows, Enter opens (the row's link has the focus), / searches.
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

  keys.set("j", () => step(1));
  keys.set("k", () => step(-1));
  keys.set("/", () => document.getElementById("search")?.focus());
})();

// The review page: values and their boxes light each other up, corrections are counted, and the keyboard does it all.
(() => {
  const keys = (window.concordKeys ??= new Map());
  const paper = document.querySelector(".paper");
  const form = document.getElementById("corrections");
  const bar = document.getElementById("save-bar");
  const count = document.getElementById("save-count");
  const inputs = form ? [...form.elements].filter((element) => element.id) : [];
  const boxOf = (key) => document.querySelector(`.box[data-targets~="${key}"]`);
  const holderOf = (input) => input.closest(".value") ?? input;

  const light = (key, on) => {
    boxOf(key)?.classList.toggle("lit", on);
    const input = document.getElementById(key);
    if (input) holderOf(input).classList.toggle("lit", on);
  };

  const show = (key) => {
    const box = boxOf(key);
    if (!box || !paper) return;
    const place = box.getBoundingClientRect();
    const frame = paper.getBoundingClientRect();
    if (place.top < frame.top || place.bottom > frame.bottom) {
      paper.scrollTop += place.top - frame.top - frame.height / 3;
    }
    if (place.left < frame.left || place.right > frame.right) {
      paper.scrollLeft += place.left - frame.left - frame.width / 3;
    }
  };

  for (const input of inputs) {
    const holder = holderOf(input);
    holder.addEventListener("mouseenter", () => light(input.id, true));
    holder.addEventListener("mouseleave", () => light(input.id, document.activeElement === input));
    input.addEventListener("focus", () => {
      light(input.id, true);
      show(input.id);
    });
    input.addEventListener("blur", () => light(input.id, false));
  }

  for (const box of document.querySelectorAll(".box")) {
    const targets = box.dataset.targets.split(" ");
    box.addEventListener("mouseenter", () => targets.forEach((key) => light(key, true)));
    box.addEventListener("mouseleave", () => {
      for (const key of targets) light(key, document.activeElement?.id === key);
    });
    box.addEventListener("click", () => document.getElementById(targets[0])?.focus());
  }

  for (const exception of document.querySelectorAll("[data-points-to]")) {
    exception.addEventListener("mouseenter", () => light(exception.dataset.pointsTo, true));
    exception.addEventListener("mouseleave", () => light(exception.dataset.pointsTo, false));
  }

  const first = (input) =>
    input.options ? ([...input.options].find((option) => option.defaultSelected)?.value ?? "") : input.defaultValue;

  const countChanges = () => {
    let changed = 0;
    for (const input of inputs) {
      const differs = input.value !== first(input);
      holderOf(input).classList.toggle("changed", differs);
      changed += differs ? 1 : 0;
    }
    bar?.classList.toggle("dirty", changed > 0);
    if (count) count.textContent = changed ? `${changed} ${changed === 1 ? "value" : "values"} changed` : "";
  };
  form?.addEventListener("reset", () => setTimeout(countChanges));
  for (const input of inputs) input.addEventListener("input", countChanges);
  countChanges();

  // Zoom and boxes.
  let zoom = 0;
  const zoomBy = (by) => {
    zoom = Math.min(2, Math.max(0, zoom + by));
    paper?.classList.toggle("zoom-1", zoom === 1);
    paper?.classList.toggle("zoom-2", zoom === 2);
  };
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => zoomBy(Number(button.dataset.zoom)));
  }
  document.querySelector("[data-boxes]")?.addEventListener("change", (event) => {
    paper?.classList.toggle("plain", !event.target.checked);
  });

  // Keys.
  const step = (by) => {
    const seen = inputs.filter((input) => input.offsetParent !== null);
    if (!seen.length) return;
    const last = seen.findIndex((input) => input.id === lastFocused);
    seen[last < 0 ? 0 : Math.min(seen.length - 1, Math.max(0, last + by))].focus();
  };
  let lastFocused = "";
  for (const input of inputs) input.addEventListener("focus", () => (lastFocused = input.id));
  const press = (key) => () => document.querySelector(`[data-key="${key}"]`)?.click();
  for (const key of ["a", "r", "h", "u", "[", "]"]) keys.set(key, press(key));
  keys.set("j", () => step(1));
  keys.set("k", () => step(-1));
  keys.set("e", () => document.querySelector(".has-blocking input, .has-warning input, .has-low input, input.has-blocking, input.has-warning, input.has-low")?.focus());
  keys.set("s", () => bar?.classList.contains("dirty") && form.requestSubmit());
  keys.set("+", () => zoomBy(1));
  keys.set("=", () => zoomBy(1));
  keys.set("-", () => zoomBy(-1));

  for (const sheet of document.querySelectorAll("[popover]")) {
    sheet.addEventListener("toggle", (event) => {
      if (event.newState === "open") sheet.querySelector("textarea, input:not([type=hidden]), button")?.focus();
    });
  }
})();

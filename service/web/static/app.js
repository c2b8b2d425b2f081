// What every page shares: theme, times, CSRF for htmx, and the keys that work everywhere.
(() => {
  const root = document.documentElement;
  const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";

  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = token;
  });

  const isDark = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

  document.querySelector("[data-theme-toggle]")?.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
  });

  const pad = (number) => String(number).padStart(2, "0");
  for (const time of document.querySelectorAll("time[data-local]")) {
    const moment = new Date(time.dateTime);
    time.title = time.textContent;
    time.textContent =
      `${moment.getFullYear()}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())} ` +
      `${pad(moment.getHours())}:${pad(moment.getMinutes())}`;
  }

  for (const select of document.querySelectorAll("[data-submit-on-change]")) {
    select.addEventListener("change", () => select.form.requestSubmit());
  }

  // Keys: a page registers its own in concordKeys; none fire while somebody types or a sheet is open.
  const keys = (window.concordKeys ??= new Map());
  keys.set("?", () => document.getElementById("keys")?.togglePopover());
  let awaitsPlace = false;
  const places = { d: "/dashboard", w: "/documents", u: "/upload" };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (typing) {
      if (event.key === "Escape") typing.blur();
      return;
    }
    if (document.querySelector("[popover]:popover-open") && event.key !== "?") return;
    if (awaitsPlace) {
      awaitsPlace = false;
      const link = document.querySelector(`.nav a[href="${places[event.key]}"]`);
      if (link) link.click();
      return;
    }
    if (event.key === "g") {
      awaitsPlace = true;
      return;
    }
    const action = keys.get(event.key);
    if (action) {
      event.preventDefault();
      action();
    }
  });
})();

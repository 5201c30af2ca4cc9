// The key / goes to the search box of a page. Whoever presses keys by accident
// or by voice can switch it off on the search page (WCAG 2.1.4); the browser
// remembers that.
(() => {
  "use strict";
  const memory = "normmap-keys";

  const on = () => {
    try {
      return localStorage.getItem(memory) !== "off";
    } catch {
      return false; // nothing can be remembered, so it could not be switched off
    }
  };

  const typing = (e) => e instanceof Element && e.closest("input, textarea, select, [contenteditable]") !== null;

  const announce = () => {
    for (const box of document.querySelectorAll("[data-search-box]")) {
      if (on()) {
        box.setAttribute("aria-keyshortcuts", "/");
      } else {
        box.removeAttribute("aria-keyshortcuts");
      }
    }
  };

  document.addEventListener("keydown", (e) => {
    if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey || e.isComposing || e.defaultPrevented || typing(e.target) || !on()) {
      return;
    }
    const box = document.querySelector("[data-search-box]");
    if (box) {
      e.preventDefault();
      box.focus();
      box.select();
    }
  });

  const control = document.querySelector("[data-keys]");
  if (control) {
    const check = control.querySelector("input");
    check.checked = on();
    check.addEventListener("change", () => {
      try {
        localStorage.setItem(memory, check.checked ? "on" : "off");
      } catch {
        check.checked = false;
      }
      announce();
    });
    control.hidden = false;
  }
  announce();
})();

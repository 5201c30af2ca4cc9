// Keys of the reading desk: j and k go to the next card and the one before, a or
// Enter accepts it, r opens the reasons for rejecting it, Escape leads from a field
// back to its card. They are links and buttons of the page; without this script
// nothing is missing. Who switched single
// keys off on the search page has none here (WCAG 2.1.4).
(() => {
  "use strict";

  const on = () => {
    try {
      return localStorage.getItem("normmap-keys") !== "off";
    } catch {
      return false;
    }
  };

  const cards = [...document.querySelectorAll("main .card.proposed")];
  const help = document.querySelector("[data-desk-keys]");
  if (cards.length === 0 || !help || !on()) {
    return;
  }
  help.hidden = false;
  cards.forEach((card) => {
    card.tabIndex = -1;
  });

  const show = (card) => {
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  };

  const current = () => document.activeElement?.closest(".card.proposed") ?? document.querySelector(".card.proposed:target");

  const go = (step) => {
    const next = cards[current() ? cards.indexOf(current()) + step : 0];
    if (next) {
      show(next);
    } else if (step > 0) {
      document.querySelector("main a[rel=next]")?.focus(); // the text goes on
    }
  };

  // begun is a field of another form in which something was typed: it would be
  // lost with the page.
  const begun = (form) =>
    [...document.querySelectorAll("main textarea, main select, main input:is([type=text], [type=radio])")].find(
      (field) =>
        field.form !== form &&
        (field.matches("select")
          ? [...field.options].some((o) => o.selected !== o.defaultSelected && o.value !== "")
          : field.type === "radio"
            ? field.checked !== field.defaultChecked
            : field.value !== field.defaultValue),
    );

  const reveal = (field) => {
    const folded = field.closest("details");
    if (folded) {
      folded.open = true;
    }
    field.focus();
  };

  let sent = false; // a second press would decide about what is decided
  addEventListener("pageshow", () => {
    sent = false;
  });

  const accept = (card) => {
    const button = card.querySelector("button[name=do][value=accept]");
    const typed = button && begun(button.form);
    if (typed) {
      reveal(typed);
    } else if (button && !sent) {
      sent = true;
      button.click();
    }
  };

  const reject = (card) => {
    const reason = card.querySelector("button[name=do][value=reject]")?.form.querySelector("select");
    if (reason) {
      reveal(reason);
    }
  };

  const typing = (e) => e.target instanceof Element && e.target.closest("input, textarea, select, [contenteditable]") !== null;

  document.addEventListener("keydown", (e) => {
    const left = e.key === "Escape" && !e.isComposing && typing(e) && e.target.closest(".card.proposed");
    if (left) {
      show(left); // what was typed stays
      return;
    }
    if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing || e.repeat || e.defaultPrevented || typing(e)) {
      return;
    }
    const card = current();
    if (e.key === "j" || e.key === "k") {
      go(e.key === "j" ? 1 : -1);
    } else if (card && (e.key === "a" || (e.key === "Enter" && e.target === card))) {
      accept(card);
    } else if (card && e.key === "r") {
      reject(card);
    } else {
      return;
    }
    e.preventDefault();
  });

  const target = document.querySelector(".card.proposed:target");
  if (target && document.activeElement === document.body) {
    target.focus({ preventScroll: true }); // where a decision led to
  }
})();

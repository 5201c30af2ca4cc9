// Sending a contribution in: tells how far the work is and lets it be cancelled.
// Without this script the form is sent and answered as every form is.
(() => {
  "use strict";

  const shown = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const main = page.querySelector("main");
    if (!main) {
      return false;
    }
    const to = main.querySelector("[autofocus]") ?? main;
    to.removeAttribute("autofocus"); // which is for whole pages
    document.querySelector("main").replaceWith(document.adoptNode(main));
    document.title = page.title;
    to.focus();
    return true;
  };

  // lines calls each with every line of an answer; the last result counts.
  const lines = async (answer, each) => {
    const text = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (let { value, done } = await text.read(); !done; { value, done } = await text.read()) {
      const parts = (rest + value).split("\n");
      rest = parts.pop();
      parts.forEach((part) => each(JSON.parse(part)));
    }
  };

  const send = async (form, button, signal, say) => {
    const body = new FormData(form, button);
    const answer = await fetch(form.action, { method: "POST", body, signal, headers: { Accept: "application/x-ndjson, text/html;q=0.5" } });
    let last = {};
    if ((answer.headers.get("Content-Type") ?? "").startsWith("application/x-ndjson")) {
      await lines(answer, (line) => {
        last = line;
        if (line.says) {
          say(line.says);
        }
      });
    } else if (answer.redirected) {
      last = { location: answer.url };
    } else {
      last = { page: await answer.text() };
    }
    if (last.location) {
      location.assign(last.location);
    } else if (!last.page || !shown(last.page)) {
      throw new Error("the answer broke off");
    }
  };

  // A form without a document takes no time: it is sent as every form is.
  const brings = (form) => form.elements.text?.value.trim() || form.elements.file?.files.length || form.elements.sent;

  document.addEventListener("submit", async (e) => {
    const form = e.target;
    if (!form.matches("[data-import]") || !e.submitter || !brings(form)) {
      return;
    }
    e.preventDefault();
    const working = form.querySelector("[data-working]");
    const buttons = form.querySelectorAll("button[type=submit]");
    const stop = new AbortController();
    const say = (text) => { working.querySelector("[role=status]").textContent = text; };
    const busy = (is) => {
      buttons.forEach((b) => { b.disabled = is; });
      working.querySelector("button").hidden = !is;
    };
    const sent = send(form, e.submitter, stop.signal, say); // reads the form before its buttons are off
    busy(true);
    working.hidden = false;
    say(form.dataset.sending);
    working.querySelector("button").onclick = () => stop.abort();
    try {
      await sent;
    } catch {
      say(stop.signal.aborted ? form.dataset.cancelled : form.dataset.broken);
      busy(false);
      e.submitter.focus();
    }
  });
})();

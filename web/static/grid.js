// The grid of links, for people who are used to spreadsheets: arrow keys move,
// Space ticks, Shift marks a block, which is ticked, copied and pasted at once.
// Every cell is a checkbox of the form; what is staged is the difference
// between a checkbox and what is recorded (data-was), so that the form means
// the same with and without this script.
(() => {
  "use strict";
  const form = document.getElementById("grid-form");
  const table = document.getElementById("grid");
  if (!form || !table) {
    return;
  }
  const words = JSON.parse(form.dataset.words);
  const say = (name, values = {}) => words[name].replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
  const line = document.getElementById("said");
  const tell = (text) => { line.textContent = text; };

  // rows[0] holds the principles, cells[0] of each row its initiative.
  const rows = [...table.rows].filter((r) => r.cells.length > 1);
  const columns = rows[0].cells.length;
  const cellAt = (r, c) => rows[r].cells[c];
  const boxOf = (cell) => cell.querySelector("input");
  const was = (box) => box.hasAttribute("data-was");
  const place = (cell) => ({ r: rows.indexOf(cell.parentElement), c: cell.cellIndex });
  const target = (r, c) => cellAt(r, c).querySelector("input, a") ?? cellAt(r, c);
  const name = (r, c) => ({
    initiative: cellAt(r, 0).textContent.trim(),
    principle: cellAt(0, c).querySelector(".away").textContent.replace(/:\s*$/, ""),
  });

  // What is staged, by name of cell.
  const staged = new Map();
  const note = (box) => {
    if (box.checked === was(box)) {
      staged.delete(box.value);
    } else {
      staged.set(box.value, box);
    }
  };

  // Roles and one stop for the tabulator, as in the pattern of WAI-ARIA.
  const begin = () => {
    table.setAttribute("role", "grid");
    table.setAttribute("aria-multiselectable", "true");
    for (const row of table.rows) {
      row.setAttribute("role", "row");
      for (const cell of row.cells) {
        cell.setAttribute("role", cell.tagName === "TD" ? "gridcell" : cell.scope === "col" ? "columnheader" : "rowheader");
      }
    }
    for (const e of table.querySelectorAll("input, a")) {
      e.tabIndex = -1;
    }
    table.parentElement.removeAttribute("tabindex");
    document.getElementById("grid-keys").hidden = false;
    table.setAttribute("aria-describedby", "grid-keys");
    at = { r: 1, c: 1 };
    target(1, 1).tabIndex = 0;
  };

  // The cell with the focus, and the corner from which a block is marked.
  let at = { r: 1, c: 1 };
  let corner = null;
  let marked = null;

  const block = () => {
    const from = corner ?? at;
    return { top: Math.min(from.r, at.r), bottom: Math.max(from.r, at.r), left: Math.min(from.c, at.c), right: Math.max(from.c, at.c) };
  };
  const inside = (b, r, c) => b !== null && r >= b.top && r <= b.bottom && c >= b.left && c <= b.right;
  const each = (b, f) => {
    for (let r = Math.max(b.top, 1); r <= b.bottom; r++) {
      for (let c = Math.max(b.left, 1); c <= b.right; c++) {
        f(cellAt(r, c), r, c);
      }
    }
  };
  const mark = (next) => {
    const old = marked;
    marked = next;
    if (old) {
      each(old, (cell, r, c) => { if (!inside(next, r, c)) { cell.removeAttribute("aria-selected"); } });
    }
    if (next) {
      each(next, (cell, r, c) => { if (!inside(old, r, c)) { cell.setAttribute("aria-selected", "true"); } });
    }
  };

  const move = (r, c, extend) => {
    const last = target(at.r, at.c);
    if (!extend) {
      corner = null;
    } else if (corner === null) {
      corner = at;
    }
    at = { r: Math.max(0, Math.min(r, rows.length - 1)), c: Math.max(0, Math.min(c, columns - 1)) };
    mark(corner === null ? null : block());
    const next = target(at.r, at.c);
    if (next !== last) {
      last.tabIndex = -1;
    }
    next.tabIndex = 0;
    next.focus();
  };

  // Steps that can be undone: the boxes that each changed.
  const done = [];
  const change = (boxes) => {
    for (const box of boxes) {
      box.checked = !box.checked;
      note(box);
    }
    if (boxes.length > 0) {
      done.push(boxes);
      refresh();
    }
    return boxes.length;
  };

  const toggleBlock = () => {
    const boxes = [];
    each(block(), (cell) => { const box = boxOf(cell); if (box) { boxes.push(box); } });
    const on = boxes.some((box) => !box.checked);
    change(boxes.filter((box) => box.checked !== on));
  };

  const undo = () => {
    const boxes = done.pop();
    if (!boxes) {
      tell(say("nothing_undone"));
      return;
    }
    for (const box of boxes) {
      box.checked = !box.checked;
      note(box);
    }
    refresh();
    tell(say("undone", { n: boxes.length }));
  };

  // What is staged in rows that the filter leaves out of sight, by name of
  // cell: whether it is ticked, the link that was seen, and its names.
  const away = new Map();

  // Counts at once; the list in words and the memory when there is time.
  const status = document.getElementById("staged");
  const list = document.getElementById("steps");
  const shownSteps = 100;
  const most = 1000;
  let later = 0;
  const refresh = () => {
    let added = 0;
    for (const box of staged.values()) {
      added += box.checked ? 1 : 0;
    }
    for (const cell of away.values()) {
      added += cell.checked ? 1 : 0;
    }
    const all = staged.size + away.size;
    status.textContent = all === 0 ? say("nothing") : say("counts", { added, withdrawn: all - added });
    document.getElementById("discard").hidden = all === 0;
    clearTimeout(later);
    later = setTimeout(() => { writeList(); remember(); }, 150);
  };
  const writeList = () => {
    const items = [];
    for (const box of staged.values()) {
      if (items.length === shownSteps) {
        break;
      }
      const item = document.createElement("li");
      const { r, c } = place(box.closest("td"));
      item.textContent = say(box.checked ? "added" : "withdrawn", name(r, c));
      items.push(item);
    }
    for (const cell of away.values()) {
      if (items.length === shownSteps) {
        break;
      }
      const item = document.createElement("li");
      item.textContent = `${say(cell.checked ? "added" : "withdrawn", cell.names)} ${say("out_of_sight")}`;
      items.push(item);
    }
    const more = staged.size + away.size - items.length;
    if (more > 0) {
      const item = document.createElement("li");
      item.textContent = say("more", { n: more });
      items.push(item);
    }
    list.replaceChildren(...items);
    if (staged.size + away.size > most) {
      tell(say("too_many"));
    }
  };

  // What is staged outlives a reload and another filter: each cell with the link
  // that was seen. It is kept for the agreement and edition.
  const memory = `normmap-grid ${location.pathname}?${new URLSearchParams(location.search).get("edition") ?? ""}`;
  const seen = new Map();
  for (const text of form.elements.seen.value.split(" ")) {
    const [i, p, ...link] = text.split(".");
    seen.set(`${i}.${p}`, link.join("."));
  }
  const texts = ["rationale", "reason"];
  // Tells whether it is kept.
  const remember = (others = away) => {
    const typed = {};
    for (const t of texts) {
      typed[t] = form.elements[t].value;
    }
    try {
      if (staged.size + others.size === 0 && texts.every((t) => typed[t] === "")) {
        sessionStorage.removeItem(memory);
      } else {
        const cells = [...staged.values()].map((box) => {
          const { r, c } = place(box.closest("td"));
          return [box.value, box.checked, seen.get(box.value) ?? "", name(r, c)];
        });
        cells.push(...[...others].map(([value, cell]) => [value, cell.checked, cell.link, cell.names]));
        sessionStorage.setItem(memory, JSON.stringify({ cells, typed }));
      }
      return true;
    } catch {
      return false; // nothing can be remembered here; leaving the page asks
    }
  };
  const recall = () => {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(memory));
    } catch {
      return;
    }
    if (kept === null) {
      return;
    }
    const boxes = new Map([...table.querySelectorAll("input")].map((box) => [box.value, box]));
    let changed = 0;
    const shown = new Set(form.elements.rows.value.split(" "));
    for (const [value, checked, link, names] of kept.cells) {
      const box = boxes.get(value);
      if (!box && names && !shown.has(value.split(".")[0])) {
        away.set(value, { checked, link, names });
        continue;
      }
      if (!box || was(box) === checked) {
        continue; // it is recorded so already
      }
      box.checked = checked;
      note(box);
      if ((seen.get(value) ?? "") !== link) {
        box.closest("td").classList.add("changed");
        changed++;
      }
    }
    if (staged.size + away.size === 0) {
      remember();
      return;
    }
    for (const t of texts) {
      form.elements[t].value ||= kept.typed[t];
    }
    tell(say("again", { n: staged.size + away.size }) + (changed > 0 ? ` ${say("changed", { n: changed })}` : ""));
  };

  // A block of a spreadsheet. What is no cell of a grid is refused whole.
  const yes = ["x", "1", "yes", "✓"];
  const no = ["", "0", "no"];
  const paste = (text) => {
    const lines = text.replace(/\r?\n$/, "").split(/\r?\n/).map((l) => l.split("\t"));
    const { top, left } = block();
    const width = Math.max(...lines.map((l) => l.length));
    if (top < 1 || left < 1 || top + lines.length > rows.length || left + width > columns) {
      tell(say("large_paste", { rows: lines.length, columns: width }));
      return;
    }
    const boxes = [];
    for (const [dr, l] of lines.entries()) {
      for (const [dc, raw] of l.entries()) {
        const value = raw.trim().toLowerCase();
        if (!yes.includes(value) && !no.includes(value)) {
          tell(say("bad_paste", { value: raw, ...name(top + dr, left + dc) }));
          return;
        }
        const box = boxOf(cellAt(top + dr, left + dc));
        if (box && box.checked !== yes.includes(value)) {
          boxes.push(box);
        }
      }
    }
    tell(say("pasted", { n: change(boxes) }));
  };
  const copied = () => {
    const b = block();
    const lines = [];
    for (let r = Math.max(b.top, 1); r <= b.bottom; r++) {
      const line = [];
      for (let c = Math.max(b.left, 1); c <= b.right; c++) {
        const cell = cellAt(r, c);
        line.push((boxOf(cell)?.checked ?? cell.classList.contains("own")) ? "x" : "");
      }
      lines.push(line.join("\t"));
    }
    return lines.join("\n");
  };

  const page = () => Math.max(1, Math.floor(table.parentElement.clientHeight / cellAt(1, 0).offsetHeight) - 2);
  const moves = {
    ArrowUp: () => [at.r - 1, at.c], ArrowDown: () => [at.r + 1, at.c], ArrowLeft: () => [at.r, at.c - 1], ArrowRight: () => [at.r, at.c + 1],
    PageUp: () => [Math.max(1, at.r - page()), at.c], PageDown: () => [at.r + page(), at.c],
    Home: (e) => (e.ctrlKey || e.metaKey ? [1, 1] : [at.r, 1]), End: (e) => (e.ctrlKey || e.metaKey ? [rows.length - 1, columns - 1] : [at.r, columns - 1]),
  };

  table.addEventListener("keydown", (e) => {
    if (e.altKey || e.isComposing) {
      return;
    }
    if (e.key in moves) {
      e.preventDefault();
      move(...moves[e.key](e), e.shiftKey);
    } else if (e.key === " " && corner !== null) {
      e.preventDefault();
      toggleBlock();
    } else if (e.key === " " && e.target.tagName === "A") {
      e.preventDefault(); // a fixed cell has nothing to tick
    } else if (e.key === "Escape" && corner !== null) {
      move(at.r, at.c, false);
    } else if (e.key.toLowerCase() === "z" && (e.ctrlKey || e.metaKey) && !e.shiftKey) {
      e.preventDefault();
      undo();
    }
  });
  for (const type of ["keydown", "keypress"]) {
    table.addEventListener(type, (e) => {
      if (e.key === "Enter" && e.target.tagName === "INPUT") {
        e.preventDefault(); // it would send the form
      }
    });
  }
  table.addEventListener("change", (e) => {
    note(e.target);
    done.push([e.target]);
    refresh();
  });
  table.addEventListener("click", (e) => {
    const cell = e.target.closest("td");
    const box = cell && e.target === cell && boxOf(cell);
    if (box) {
      box.click();
      box.focus();
    }
  });
  table.addEventListener("focusin", (e) => {
    const cell = e.target.closest("td, th");
    const p = cell && place(cell);
    if (p && p.r >= 0 && (p.r !== at.r || p.c !== at.c)) {
      target(at.r, at.c).tabIndex = -1;
      at = p;
      corner = null;
      mark(null);
      e.target.tabIndex = 0;
    }
  });
  document.addEventListener("paste", (e) => {
    if (table.contains(document.activeElement)) {
      e.preventDefault();
      paste(e.clipboardData.getData("text/plain"));
    }
  });
  document.addEventListener("copy", (e) => {
    if (table.contains(document.activeElement) && String(getSelection()) === "") {
      e.preventDefault();
      e.clipboardData.setData("text/plain", copied());
    }
  });

  document.getElementById("discard").addEventListener("click", () => {
    away.clear();
    if (change([...staged.values()]) === 0) {
      refresh();
    }
    target(at.r, at.c).focus();
  });
  let sending = false;
  // What is proposed is not recorded yet; it is left to the proposal.
  let proposing = false;
  form.addEventListener("submit", (e) => {
    remember(new Map()); // the answer shows what was sent, or it is saved: neither is out of sight
    sending = true;
    const look = e.submitter?.name === "step";
    proposing = !look && ("proposes" in form.dataset || e.submitter?.name === "do" || Boolean(form.elements.into?.value));
  });
  addEventListener("pagehide", () => {
    if (proposing) {
      sessionStorage.removeItem(memory);
    }
  });
  // Rows out of sight go along with the form as those in sight do.
  form.addEventListener("formdata", (e) => {
    const links = [];
    const others = new Set();
    for (const [value, cell] of away) {
      others.add(value.split(".")[0]);
      if (cell.checked) {
        e.formData.append("on", value);
      }
      if (cell.link !== "") {
        links.push(`${value}.${cell.link}`);
      }
    }
    e.formData.set("rows", [form.elements.rows.value, ...others].join(" ").trim());
    e.formData.set("seen", [form.elements.seen.value, ...links].join(" ").trim());
  });
  // Another filter or part of this grid takes along what is staged, and so
  // nothing is asked on the way.
  for (const filter of document.querySelectorAll("form.filters")) {
    filter.addEventListener("submit", () => { sending = remember(); });
  }
  document.addEventListener("click", (e) => {
    const link = e.target.closest("a[href]");
    const here = link && link.origin === location.origin && link.pathname === location.pathname && link.search !== location.search;
    if (here && e.button === 0 && !e.ctrlKey && !e.metaKey && !e.shiftKey && !e.altKey) {
      sending = remember();
    }
  });
  form.addEventListener("input", (e) => { if (texts.includes(e.target.name)) { refresh(); } });
  addEventListener("beforeunload", (e) => {
    if (!sending) {
      remember();
    }
    if (staged.size + away.size > 0 && !sending) {
      e.preventDefault();
    }
  });
  addEventListener("pageshow", () => { sending = proposing = false; });

  begin();
  for (const box of table.querySelectorAll("input")) {
    note(box);
  }
  if ("answer" in form.dataset) {
    refresh();
  } else {
    recall();
    refresh();
  }
})();

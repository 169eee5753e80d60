/*
 * The only script of the pages. Every page works without it; it adds six things and the focus at load.
 *
 * 1. Live quorum while attendance is marked.
 *    Box:     data-quorum="<commission id>" data-required="11", optionally data-members="21" (else the rows are counted).
 *             Texts: data-text-count="{present} de {members} presentes; se requieren {required}",
 *             data-text-yes="Hay quórum", data-text-no="Faltan {n} para el quórum",
 *             optionally data-text-no-one for n = 1. They are put into the box's elements [data-count] and
 *             [data-verdict]; the box has the class `done` with a quorum and `overdue` without.
 *             The name in announcements is the first heading of the box.
 *    Row:     data-commissions="<id> <id>" on the row, or on any element around its radio buttons.
 *             A radio button counts with data-counts="true", or with the value `present` unless data-counts="false".
 *    Button:  <button type="button" data-mark-all="present" hidden>: marks the rows of its form without a mark; data-text is read out.
 * 2. Kept drafts: <textarea data-keep>. Three seconds after the last key the form (without files and passwords) is
 *    posted to /me/drafts with the address of its page (field page, else path). Texts, on the text area or its form: data-saved="Guardado a las {time}",
 *    data-save-failed. They are shown under the text area.
 * 3. Filters that apply at once: <form data-auto method="get">. A change of a select, check box, radio button or text with
 *    a datalist fetches the page and replaces #results. The element [data-announce] in it is read out (else its first paragraph).
 * 4. <button type="button" data-insert="text" data-into="id of a text area" hidden>: puts the text at the cursor, within a line with spaces around it:
 *    in the text area of the form that had the focus last, else in the one named.
 * 5. <button data-stored>: acts on what is stored. While its form has changes it is disabled, and [data-unsaved] is shown.
 * 6. <button type="button" data-show="text" data-hide="text" hidden> after a password: shows it; sending hides it.
 *
 * The page's policy is `require-trusted-types-for 'script'`: no HTML is ever made from strings here.
 */
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const fill = (text, values) => (text || "").replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  /* One polite live region for all announcements. */
  const region = document.createElement("p");
  region.className = "unseen";
  region.setAttribute("role", "status");
  document.body.append(region);
  let speaking;
  const announce = (text) => {
    clearTimeout(speaking);
    speaking = setTimeout(() => (region.textContent = text), 400);
  };

  /* Buttons that need the script are hidden without it. */
  const reveal = (root) => all("button:is([data-mark-all], [data-insert], [data-show])", root).forEach((button) => (button.hidden = false));

  /* 1. Quorum */
  const boxes = all("[data-quorum]");
  const counts = (radio) => radio.dataset.counts === "true" || (!radio.dataset.counts && radio.value === "present");
  function updateQuorum() {
    const rows = all("[data-commissions]").map((row) => ({
      ids: row.dataset.commissions.split(" "),
      present: all("input:checked", row).some(counts),
    }));
    const said = [];
    for (const box of boxes) {
      const own = rows.filter((row) => row.ids.includes(box.dataset.quorum));
      const present = own.filter((row) => row.present).length;
      const required = Number(box.dataset.required);
      const n = required - present;
      const values = { present, required, n, members: box.dataset.members ?? own.length };
      const text = box.dataset;
      const verdict = fill(n <= 0 ? text.textYes : (n === 1 && text.textNoOne) || text.textNo, values);
      const count = fill(text.textCount, values);
      const before = box.textContent;
      for (const at of all("[data-count]", box)) at.textContent = count;
      for (const at of all("[data-verdict]", box)) at.textContent = verdict;
      box.classList.toggle("done", n <= 0);
      box.classList.toggle("overdue", n > 0);
      if (box.textContent !== before) said.push([box.querySelector("h2, h3, h4")?.textContent, count, verdict].join(": "));
    }
    if (said.length) announce(said.join(". "));
  }

  /* 2. Drafts */
  const drafts = new Map(); /* form: { timer, request, area } */
  const slots = new Map(); /* text area: the line under it */
  for (const area of all("textarea[data-keep]")) {
    const slot = document.createElement("p");
    slot.className = "saved";
    slot.setAttribute("role", "status");
    area.after(slot);
    slots.set(area, slot);
  }
  function formData(form, isQuery) {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      const isSecret = all("[autocomplete$=password]", form).some((input) => input.name === name);
      if (typeof value === "string" && !isSecret && !(isQuery && value === "")) data.append(name, value);
    }
    return data;
  }
  function keepDraft(form, draft) {
    draft.timer = 0;
    draft.request?.abort();
    const data = formData(form);
    if (!data.has("page")) data.append("page", location.pathname);
    const request = (draft.request = new XMLHttpRequest());
    const show = (isKept) => {
      const text = (isKept ? draft.area.dataset.saved : draft.area.dataset.saveFailed) ??
        (isKept ? form.dataset.saved : form.dataset.saveFailed);
      const time = new Date().toLocaleTimeString("es", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
      for (const slot of slots.values()) slot.textContent = "";
      const slot = slots.get(draft.area);
      slot.classList.toggle("failed", !isKept);
      slot.textContent = fill(text, { time });
    };
    request.open("POST", "/me/drafts");
    /* An ended session leads to the sign-in page, which also answers 200. */
    request.onload = () => show(request.status < 300 && new URL(request.responseURL).pathname === "/me/drafts");
    request.onerror = request.ontimeout = () => show(false);
    request.timeout = 20000;
    request.send(data);
  }
  function typed(area) {
    const form = area.form;
    const draft = drafts.get(form) ?? {};
    drafts.set(form, draft);
    clearTimeout(draft.timer);
    draft.area = area;
    draft.timer = setTimeout(() => keepDraft(form, draft), 3000);
  }
  document.addEventListener("submit", (event) => {
    for (const button of all("[data-show]", event.target)) show(button, false);
    const draft = drafts.get(event.target);
    clearTimeout(draft?.timer);
    draft?.request?.abort();
    drafts.delete(event.target);
  });
  /* Leaving the page does not lose the last three seconds. */
  addEventListener("pagehide", () => {
    for (const [form, draft] of drafts) {
      if (!draft.timer) continue;
      clearTimeout(draft.timer);
      const data = formData(form);
      if (!data.has("page")) data.append("page", location.pathname);
      navigator.sendBeacon("/me/drafts", data);
    }
  });

  /* 3. Filters */
  let fetching;
  function applyFilters(form) {
    const results = document.getElementById("results");
    if (!results) return form.requestSubmit();
    /* Not form.action: a field may have that name. */
    const address = new URL(form.getAttribute("action") || location.pathname, location.href);
    address.search = formData(form, true);
    fetching?.abort();
    const request = (fetching = new XMLHttpRequest());
    results.setAttribute("aria-busy", "true");
    request.open("GET", address);
    request.responseType = "document";
    request.onload = () => {
      const fresh = request.response?.getElementById("results");
      if (!fresh || request.status !== 200) return location.assign(address);
      document.getElementById("results").replaceWith(document.adoptNode(fresh));
      document.title = request.response.title;
      history.replaceState(null, "", request.responseURL);
      reveal(fresh);
      announce((fresh.querySelector("[data-announce]") ?? fresh.querySelector("p"))?.textContent ?? "");
    };
    request.onerror = () => location.assign(address);
    request.send();
  }

  /* 4. Insertion */
  let lastArea;
  document.addEventListener("focusin", (event) => {
    if (event.target.tagName === "TEXTAREA") lastArea = event.target;
  });
  function insert(button) {
    const named = document.getElementById(button.dataset.into);
    if (!named) return;
    const area = lastArea?.isConnected && lastArea.form === named.form ? lastArea : named;
    /* A text area that nobody has used has its cursor before its text. */
    if (area !== lastArea && area.selectionEnd === 0) area.setSelectionRange(area.value.length, area.value.length);
    const { value, selectionStart: from, selectionEnd: to } = area;
    const [before, after] = [value.slice(0, from), value.slice(to)];
    /* At the end of the text, and on a line of its own, it is a paragraph with blank lines around it. */
    const isApart = !after.trim() || (/(^|\n)\s*$/.test(before) && before.trim() !== "") || (!before.trim() && /^\s*\n/.test(after));
    const lines = (edge) => "\n".repeat(Math.max(0, 2 - (edge.match(/\n/g) || []).length));
    const lead = isApart ? (before.trim() ? lines(/\s*$/.exec(before)[0]) : "") : /\S$/.test(before) ? " " : "";
    const tail = isApart ? (after.trim() ? lines(/^\s*/.exec(after)[0]) : "") : /^\S/.test(after) ? " " : "";
    const text = lead + button.dataset.insert;
    area.setRangeText(text + tail, from, to);
    area.setSelectionRange(from + text.length, from + text.length);
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* 5. Buttons that act on what is stored */
  const asStored = new Map(all("button[data-stored]").map((button) => [button, formData(button.form).toString()]));
  function compareStored(form) {
    for (const [button, before] of asStored) {
      if (button.form !== form) continue;
      button.disabled = formData(form).toString() !== before;
      for (const at of all("[data-unsaved]", form)) at.hidden = !button.disabled;
    }
  }

  /* 6. Passwords */
  function show(button, isShown) {
    button.previousElementSibling.type = isShown ? "text" : "password";
    button.textContent = isShown ? button.dataset.hide : button.dataset.show;
  }

  document.addEventListener("change", (event) => {
    const field = event.target;
    compareStored(field.form);
    if (boxes.length && field.type === "radio") updateQuorum();
    const form = field.form;
    const isChoice = field.list || field.type.startsWith("select") || field.type === "checkbox" || field.type === "radio";
    if (isChoice && form?.dataset.auto !== undefined) applyFilters(form);
  });
  document.addEventListener("input", (event) => {
    compareStored(event.target.form);
    if (event.target.form && drafts.has(event.target.form)) typed(drafts.get(event.target.form).area);
    if (slots.has(event.target)) typed(event.target);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.insert !== undefined) insert(button);
    if (button?.dataset.show) show(button, button.previousElementSibling.type === "password");
    if (button?.dataset.markAll !== undefined) {
      const radios = all("input[type=radio]", button.form ?? document);
      const marked = new Set(radios.filter((radio) => radio.checked && radio.value).map((radio) => radio.name));
      for (const radio of radios)
        if (radio.value === button.dataset.markAll && !marked.has(radio.name)) radio.checked = true;
      updateQuorum();
      if (button.dataset.text) announce(button.dataset.text);
    }
    /* A link of the error summary also puts the focus into the field. */
    const link = event.target.closest(".errors a");
    const field = link?.hash && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (field) {
      event.preventDefault();
      (field.closest(".field") ?? field).scrollIntoView();
      field.focus({ preventScroll: true });
    }
  });

  reveal(document);
  document.querySelector("[data-focus]")?.focus();
})();

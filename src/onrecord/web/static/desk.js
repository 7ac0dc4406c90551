// The desk by keyboard, and what reads quicker without loading a whole page. All of it works without this file, too.
"use strict";
(() => {
  const $ = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const told = (words) => { $("#told").textContent = words; setTimeout(() => { $("#told").textContent = ""; }, 4000); };

  // --- keys ---
  const keys = $("#keys-on");
  try { keys.checked = localStorage.getItem("keys") !== "off"; } catch { /* a browser that keeps nothing */ }
  keys.addEventListener("change", () => {
    try { localStorage.setItem("keys", keys.checked ? "on" : "off"); } catch { /* the same */ }
  });

  const items = () => all("[data-item]").filter((item) => item.offsetParent !== null);
  const current = () => $("[data-item].here");

  const move = (by) => {
    const list = items();
    if (!list.length) return false;
    const at = list.indexOf(current());
    const next = list[Math.max(0, Math.min(list.length - 1, at < 0 ? (by > 0 ? 0 : list.length - 1) : at + by))];
    for (const item of list) item.classList.toggle("here", item === next);
    (next.matches("[tabindex]") ? next : $("[data-open]", next) ?? $("a, summary", next))?.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    return true;
  };

  const verdict = (key) => {
    const button = $(`[data-judging] button[data-key="${key}"]`);
    if (button) { button.click(); return true; }
    const id = current()?.dataset.reversal;
    if (!id) return false;
    location.href = `/reversals/${id}`;
    return true;
  };

  const does = {
    "/": () => { $("#q").focus(); return true; },
    "?": () => { $("#keys").showModal(); return true; },
    j: () => follow("j") || move(1),
    k: () => follow("k") || move(-1),
    c: () => verdict("c"),
    r: () => verdict("r"),
    u: () => verdict("u"),
    n: () => { const note = $("[data-judging] textarea"); note?.focus(); return !!note; },
  };
  const follow = (key) => {
    const link = $(`a[data-key="${key}"]`);
    link?.click();
    return !!link;
  };

  document.addEventListener("keydown", (event) => {
    if (!keys.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, dialog, [contenteditable]")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (does[event.key]?.()) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const opens = event.target.closest("[data-opens]");
    if (opens) document.getElementById(opens.dataset.opens).showModal();
  });

  // --- an article: a note and its words belong together ---
  const light = (id) => {
    for (const piece of all("[data-of]")) piece.classList.toggle("here", !!id && piece.dataset.of.split(" ").includes(id));
    for (const note of all("[data-statement]")) note.classList.toggle("here", note.dataset.statement === id);
  };
  document.addEventListener("focusin", (event) => {
    const note = event.target.closest("[data-statement]");
    if (note) light(note.dataset.statement);
  });
  document.addEventListener("click", (event) => {
    const piece = event.target.closest("[data-of]");
    if (!piece || String(getSelection())) return;
    const id = piece.dataset.of.split(" ").at(-1);
    light(id);
    document.getElementById(`s-${id}`)?.scrollIntoView({ block: "nearest" });
  });
  const arrive = () => { if (location.hash.startsWith("#s-")) light(location.hash.slice(3)); };
  addEventListener("hashchange", arrive);
  arrive();

  // Words selected in the article go into the field of the open correction that takes such words.
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    const words = String(selection).trim();
    if (!words || words.length > 300 || !selection.anchorNode?.parentElement?.closest(".text")) return;
    const open = $("details.correct[open]");
    if (!open) return;
    const field = $(/^\d{4}(-\d\d){0,2}$/.test(words) ? "[data-takes=date]" : "[data-takes=words]", open);
    if (field) { field.value = words; told("The selected words are in the open correction."); }
  });
})();

// Adding: files dropped anywhere on the page, and what becomes of each article as it is read.
"use strict";
(() => {
  // --- drop ---
  const form = document.querySelector("[data-drop]");
  if (form) {
    const over = (on) => document.body.classList.toggle("dropping", on);
    addEventListener("dragover", (event) => {
      if ([...event.dataTransfer.types].includes("Files")) { event.preventDefault(); over(true); }
    });
    addEventListener("dragleave", (event) => { if (!event.relatedTarget) over(false); });
    addEventListener("drop", (event) => {
      event.preventDefault();
      over(false);
      if (!event.dataTransfer.files.length) return;
      form.elements.files.files = event.dataTransfer.files;
      form.requestSubmit();
    });
    form.addEventListener("submit", () => {
      document.getElementById("told").textContent = "Sending …";
      form.querySelector("button[type=submit]").disabled = true;
    });
    addEventListener("pageshow", () => { form.querySelector("button[type=submit]").disabled = false; });
  }

  // --- progress ---
  const place = document.querySelector("[data-events]");
  if (!place) return;
  const list = place.querySelector("ul");
  list.replaceChildren(); // the events tell all from the beginning
  const line = (item) => {
    const made = document.createElement("li");
    const head = document.createElement(item.skipped ? "b" : "a");
    head.textContent = item.name;
    if (!item.skipped) head.href = `/articles/${item.article}`;
    const meta = document.createElement("span");
    meta.className = "meta";
    meta.textContent = item.skipped
      ? `skipped: ${item.skipped}`
      : `${item.arrival} · ${item.statements} statement${item.statements === 1 ? "" : "s"}`;
    made.append(head, meta);
    return made;
  };
  const events = new EventSource(place.dataset.events);
  events.addEventListener("item", (event) => list.append(line(JSON.parse(event.data))));
  events.addEventListener("end", () => {
    events.close();
    htmx.ajax("GET", location.pathname, { target: "#main", select: "#main", swap: "outerHTML" });
  });
})();

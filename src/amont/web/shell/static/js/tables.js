/* Tables that cannot be read on a narrow screen stack there: each cell bears its column's heading, roles are kept. */
"use strict";
(() => {
  const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  const role = (part) => (part.tagName === "TH" ? (part.closest("thead") ? "columnheader" : "rowheader") : ROLES[part.tagName]);
  const stack = (table) => {
    const heads = [...(table.tHead?.rows ?? [])];
    const spans = table.tHead?.querySelector("[colspan], [rowspan]");
    if (heads.length !== 1 || spans || table.dataset.stacked) return;
    table.dataset.stacked = "yes";
    table.classList.add("stacks");
    const said = [...heads[0].cells].map((head) => head.textContent.trim());
    for (const row of table.tBodies.length ? [...table.tBodies].flatMap((body) => [...body.rows]) : [])
      [...row.cells].forEach((cell, at) => {
        if (said[at] && (at > 0 || /^\d+$/.test(cell.textContent.trim()))) cell.dataset.head = said[at];
        if (!cell.textContent.trim() && !cell.querySelector("svg, img, input, select, button")) cell.classList.add("is-empty");
      });
    for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, th, td")]) part.setAttribute("role", role(part));
  };
  const look = (within) => within.querySelectorAll(".table-wrap table, .who-sees table").forEach(stack);
  look(document);
  document.addEventListener("htmx:afterSwap", () => look(document));
})();

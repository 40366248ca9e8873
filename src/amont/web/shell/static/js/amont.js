/* Moves the reader to the error summary of a refused form, on load and after a fragment came. */
"use strict";
(() => {
  const look = (within) => {
    const summary = within.querySelector(".error-summary");
    if (summary) summary.focus();
  };
  look(document);
  document.addEventListener("htmx:afterSwap", (event) => look(event.target));
})();

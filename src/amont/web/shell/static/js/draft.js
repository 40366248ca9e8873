/* Saves the form of an answer as one types; says when it did, and when it could not. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-draft]");
  const told = document.getElementById("saved");
  if (!form || !told) return;
  let timer = 0;
  let going = null;
  const save = async (leaving) => {
    timer = 0;
    going?.abort();
    going = new AbortController();
    const asked = { method: "POST", body: new FormData(form), signal: going.signal, keepalive: leaving === true };
    try {
      const answer = await fetch(form.dataset.draft, asked);
      told.textContent = answer.ok ? await answer.text() : form.dataset.failed;
    } catch (trouble) {
      if (trouble.name !== "AbortError") told.textContent = form.dataset.failed;
    }
  };
  const soon = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };
  form.addEventListener("input", () => soon(700));
  form.addEventListener("change", () => soon(50));
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    timer = 0;
    going?.abort();
  });
  addEventListener("pagehide", () => {
    if (timer) save(true);
  });
});

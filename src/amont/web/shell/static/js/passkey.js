/* Passkeys: the browser's own dialogue, whose answer goes into the form that the button belongs to. */
"use strict";
(() => {
  const options = async (form) => {
    const data = document.getElementById("passkey-options");
    if (data) return JSON.parse(data.textContent);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    return answer.json();
  };
  const asked = async (form) => {
    const { creation_options: made, request_options: wanted } = await options(form);
    if (wanted) return webauthnJSON.get(wanted);
    const choice = made.publicKey.authenticatorSelection;
    Object.assign(choice, { residentKey: "required", requireResidentKey: true, userVerification: "required" });
    return webauthnJSON.create(made);
  };
  for (const button of document.querySelectorAll("[data-passkey]")) {
    const form = button.form;
    button.hidden = !window.PublicKeyCredential;
    button.addEventListener("click", async (event) => {
      event.preventDefault();
      if (!form.reportValidity()) return;
      try {
        form.querySelector("input[name$=credential]").value = JSON.stringify(await asked(form));
        form.requestSubmit ? form.requestSubmit(button) : form.submit();
      } catch {
        document.getElementById("passkey-failed").hidden = false;
      }
    });
  }
})();

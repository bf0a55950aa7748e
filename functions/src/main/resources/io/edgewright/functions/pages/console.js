"use strict";
(() => {
  const byId = id => document.getElementById(id);
  const page = async answer => new DOMParser().parseFromString(await answer.text(), "text/html");

  // While something runs, what is current takes the place of what is shown; the form stays as it is.
  const isRunning = () => document.querySelector("[data-running]");
  async function refresh() {
    try {
      const answer = await fetch(location.href, {headers: {accept: "text/html"}});
      if (answer.redirected) return location.reload();
      const next = await page(answer);
      for (const id of ["status", "live"]) {
        const now = byId(id), then = next.getElementById(id);
        if (!then || now.outerHTML === then.outerHTML) continue;
        const focused = now.contains(document.activeElement) && document.activeElement.getAttribute("href");
        if (id === "status") now.textContent = then.textContent; else now.replaceWith(then);
        if (focused) document.querySelector(`#live [href="${CSS.escape(focused)}"]`)?.focus();
      }
    } catch { /* The service is not there for a moment: it is asked again. */ }
    if (isRunning()) setTimeout(refresh, 1500);
  }
  if (isRunning()) setTimeout(refresh, 1500);

  const form = byId("compile");
  if (!form) return;
  byId("choice").hidden = false;
  byId("file").onchange = async event => { byId("manifest").value = await event.target.files[0].text(); };

  // The answer to the form: on to the compilation's page, or its problems, without leaving this one.
  async function show(answer) {
    if (answer.ok) return location.assign(answer.url);
    const problems = (await page(answer)).getElementById("problems");
    byId("answer").replaceChildren(problems ?? "The service answered with status " + answer.status + ".");
  }
  form.onsubmit = async event => {
    event.preventDefault();
    const button = form.querySelector("button"), sending = byId("sending");
    button.disabled = true;
    byId("answer").replaceChildren();
    sending.textContent = "Sending\u2026";
    try {
      await show(await fetch(form.action, {method: "POST", headers: {accept: "text/html"}, body: new FormData(form)}));
    } catch (fault) {
      byId("answer").textContent = "The service cannot be reached: " + fault.message;
    }
    button.disabled = false;
    sending.textContent = "";
  };
})();

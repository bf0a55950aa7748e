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
  const post = (path, type, body) => fetch(path, {method: "POST", headers: {accept: type, "content-type": "application/json"}, body});

  // A model that does not fit into one request goes first, by itself, under its digest.
  async function sendModelFirst(file, say) {
    say("Reading\u2026");
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    const model = "sha256:" + [...digest].map(byte => byte.toString(16).padStart(2, "0")).join("");
    const announced = await post("/v1/models", "text/html, application/json", JSON.stringify({model, bytes: file.size}));
    if (!announced.ok) return announced;
    for (const upload of (await announced.json()).uploads) {
      say("Sending the model\u2026");
      const {pathname, search, href} = new URL(upload.url);
      const address = pathname.startsWith("/objects/") ? pathname + search : href;
      const stored = await fetch(address, {method: upload.method, headers: {accept: "text/html", ...upload.headers}, body: file});
      if (!stored.ok) return stored;
    }
    return post(form.action, "text/html", `{"model": "${model}", "manifest": ${byId("manifest").value}}`);
  }
  function send(say) {
    const file = byId("model").files[0];
    if (file.size > form.dataset.most && window.crypto.subtle) return sendModelFirst(file, say);
    say("Sending\u2026");
    return fetch(form.action, {method: "POST", headers: {accept: "text/html"}, body: new FormData(form)});
  }
  form.onsubmit = async event => {
    event.preventDefault();
    const button = form.querySelector("button"), sending = byId("sending");
    button.disabled = true;
    byId("answer").replaceChildren();
    try {
      await show(await send(text => { sending.textContent = text; }));
    } catch (fault) {
      byId("answer").textContent = "The service cannot be reached: " + fault.message;
    }
    button.disabled = false;
    sending.textContent = "";
  };
})();

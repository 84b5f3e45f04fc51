// What is typed is kept, so that a closed laptop loses nothing. Without this script the button
// "Save and go on later" does the same.

const PAUSE = 1500; // milliseconds without a key before it is kept

for (const form of document.querySelectorAll("form[data-draft]")) {
  const status = form.querySelector("[data-draft-status]");
  form.querySelector("[data-draft-button]").hidden = true;

  // Files cannot be given back to a form, so only words and choices are kept.
  const typed = () => {
    const words = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    return new URLSearchParams(words);
  };

  let kept = typed().toString();
  let timer = 0;
  let sending = false;
  let running = new AbortController();

  const keep = async () => {
    clearTimeout(timer);
    const body = typed();
    if (sending || body.toString() === kept) return;
    kept = body.toString();
    body.set("quietly", "1");
    running = new AbortController();
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body,
        keepalive: true,
        signal: running.signal,
      });
      status.textContent = answer.status === 204 ? status.dataset.kept : "";
    } catch {
      kept = ""; // no network: the next pause tries again
      status.textContent = "";
    }
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  // Once the form is on its way, what it says is kept for good.
  form.addEventListener("submit", () => {
    sending = true;
    clearTimeout(timer);
    running.abort();
  });
  window.addEventListener("pageshow", () => {
    sending = false;
  });
  window.addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
}

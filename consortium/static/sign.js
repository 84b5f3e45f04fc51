// A screen at a door: its clock ticks, and what it says renews itself without a blink.
// When the net is away it goes on showing what it knows, and since when.

const EVERY = 30_000;
let ahead = 0; // how far the venue's clock is ahead of this screen's own

function readClock() {
  const shown = document.querySelector("[data-clock]");
  if (shown) ahead = Number(shown.dataset.at) - Date.now();
}

function tick() {
  const shown = document.querySelector("[data-clock]");
  if (!shown) return;
  const at = new Date(Date.now() + ahead);
  const words = at.toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit", timeZone: shown.dataset.zone });
  if (shown.textContent !== words) shown.textContent = words;
}

async function renew() {
  const stale = document.querySelector("[data-stale]");
  try {
    const answer = await fetch(location.href, { cache: "no-store", credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of ["header", "main"]) {
      const [before, after] = [document.querySelector(part), page.querySelector(part)];
      if (before && after) before.replaceWith(document.adoptNode(after));
    }
    stale.hidden = true;
    readClock();
    tick();
  } catch {
    if (stale.hidden) {
      stale.querySelector("[data-since]").textContent = document.querySelector("[data-clock]")?.textContent ?? "";
      stale.hidden = false;
    }
  }
}

readClock();
setInterval(tick, 1000);
setInterval(renew, EVERY);

// A screen at a door: its clock ticks, and what it says renews itself without a blink.
// When the net is away it goes on showing what it knows, and since when.

const EVERY = 30_000;
const TURNS = 12_000;
const SMALLEST = 0.65; // of the usual letters
const ON_A_WALL = "(min-width: 60em)";
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

// Nobody scrolls a screen on a wall. What does not fit is set smaller; what does not fit even so
// is shown one screenful after the other.
function fit() {
  const root = document.documentElement;
  root.style.fontSize = "";
  if (!matchMedia(ON_A_WALL).matches) return;
  const whole = parseFloat(getComputedStyle(root).fontSize);
  for (let part = 1; part > SMALLEST && root.scrollHeight > innerHeight; part -= 0.05) {
    root.style.fontSize = `${whole * part}px`;
  }
}

function turn() {
  const hidden = document.documentElement.scrollHeight - innerHeight;
  if (hidden <= 0 || !matchMedia(ON_A_WALL).matches) return;
  scrollTo(0, scrollY >= hidden - 1 ? 0 : Math.min(hidden, scrollY + innerHeight * 0.75));
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
    fit();
  } catch {
    if (stale.hidden) {
      stale.querySelector("[data-since]").textContent = document.querySelector("[data-clock]")?.textContent ?? "";
      stale.hidden = false;
    }
  }
}

readClock();
fit();
addEventListener("resize", fit);
setInterval(tick, 1000);
setInterval(turn, TURNS);
setInterval(renew, EVERY);

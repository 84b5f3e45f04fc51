// Renews the numbers of a page by itself; without this script reloading does the same.

const part = document.querySelector("[data-renews]");
const pause = Number(part.dataset.renews) * 1000;

const renew = async () => {
  if (document.visibilityState !== "visible" || part.contains(document.activeElement)) return;
  try {
    const answer = await fetch(window.location.href, { cache: "no-store", redirect: "manual" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(part.id);
    // Who reads along is not disturbed where nothing has changed.
    if (fresh && fresh.innerHTML !== part.innerHTML) part.innerHTML = fresh.innerHTML;
  } catch {
    // no network: the next look tries again
  }
};
setInterval(renew, pause);

// Sends what waits, and asks what happened at other desks. Each scan has its own key, so sending
// twice, from two tabs or after a lost answer, is the same as sending once.

import { addScan, dropScans, waiting } from "./desk-store.js";

const AT_ONCE = 100;
const POLL = 10_000;
const PATIENCE = 15_000;
const SLOWEST = 20_000;

class SignedOut extends Error {}
class TryAgain extends Error {}

export const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))]
  .map((byte) => byte.toString(16).padStart(2, "0")).join("");

const asked = async (address, options = {}) => {
  const answer = await fetch(address, {
    cache: "no-store",
    redirect: "manual", // who is signed out would be led to another page
    signal: AbortSignal.timeout(PATIENCE),
    ...options,
  });
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) throw new SignedOut();
  return answer;
};

export const syncing = ({ path, addresses, deskName, show, told, changed }) => {
  let csrf = "";
  let after = 0;
  let failures = 0;
  let timer = 0;
  let running = null;
  let again = false;

  const state = async () => {
    const answer = await asked(`${addresses.state}?after=${after}`);
    if (!answer.ok) throw new TryAgain();
    const said = await answer.json();
    csrf = said.csrf;
    after = said.now;
    await changed(said);
  };

  const body = (entries) => new URLSearchParams({
    batch: JSON.stringify({
      desk: deskName(),
      sent_at: Date.now(),
      scans: entries.filter((one) => !one.undoes).map(({ id, code, at, direction, session, way }) => (
        { id, code, at, direction, session, way })),
      undo: entries.filter((one) => one.undoes).map(({ id, undoes }) => ({ id, scan: undoes })),
    }),
  });

  const send = async (entries) => {
    if (!csrf) await state();
    const answer = await asked(addresses.scans, {
      method: "POST",
      body: body(entries),
      headers: { "X-CSRFToken": csrf },
    });
    if (answer.status === 400) { // the sign-in is a new one, and so is what its forms carry
      csrf = "";
      throw new TryAgain();
    }
    if (answer.status === 413 || answer.status === 422) return false;
    if (!answer.ok) throw new TryAgain();
    const said = await answer.json();
    await dropScans(entries.map((one) => one.id));
    await told(said.told);
    return true;
  };

  const sendAll = async () => {
    let most = AT_ONCE;
    for (;;) {
      const left = (await waiting(path)).filter((one) => !one.refused);
      if (!left.length) return;
      show("sending", left.length);
      const some = left.slice(0, most);
      if (await send(some)) continue;
      // One of them cannot be read. Alone it is set aside, and the others go on.
      if (some.length > 1) most = 1;
      else await addScan({ ...some[0], refused: true });
    }
  };

  const work = async () => {
    try {
      await sendAll();
      await state();
      failures = 0;
      const left = await waiting(path);
      show(left.length ? "refused" : "online", left.length);
    } catch (error) {
      failures += 1;
      const left = await waiting(path).catch(() => []);
      if (error instanceof SignedOut) show("signed_out", left.length);
      else if (error instanceof TryAgain) show("busy", left.length);
      else show(left.length ? "offline" : "offline_none", left.length);
    }
  };

  const later = () => {
    clearTimeout(timer);
    const pause = failures ? Math.min(SLOWEST, 2_000 * 2 ** Math.min(failures, 6)) : POLL;
    timer = setTimeout(now, pause * (0.75 + Math.random() / 2));
  };

  // One tab at a time; where the browser has no locks, the keys of the scans are enough.
  const alone = () => (navigator.locks
    ? navigator.locks.request(`desk ${path}`, work)
    : work());

  const now = async () => {
    if (running) {
      again = true; // what happened meanwhile, as the network's return, is not missed
      return running;
    }
    running = alone();
    try {
      await running;
    } finally {
      running = null;
      if (again) {
        again = false;
        now();
      } else {
        later();
      }
    }
  };

  window.addEventListener("online", () => {
    failures = 0;
    now();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") now();
  });
  return now;
};

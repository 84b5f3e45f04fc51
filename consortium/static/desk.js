// The check-in desk: scans and searches on the tablet itself, and goes on without a network.

import { offerCamera } from "./desk-camera.js";
import { guardLeaving, remember } from "./desk-tablet.js";
import { addScan, keepHere, keepRoster, readHere, readRoster, waiting } from "./desk-store.js";
import { newKey, syncing } from "./desk-sync.js";
import { button, CODE, cleanCode, clockIn, effect, filled, folded, line } from "./desk-words.js";

const root = document.getElementById("desk");
const { desk: path, zone } = root.dataset;
const words = JSON.parse(root.dataset.words);
const part = (name) => document.getElementById(`desk-${name}`);
const box = root.querySelector("input[name=q]");
const place = root.querySelector("select[name=at]");
const way = root.querySelector("select[name=direction]");
const deskName = part("name");
const MOST = 30;
const LOGGED = 40;

const say = (name, values = {}) => filled(words[name], values);
const clock = clockIn(zone);

let offset = 0; // by how much this tablet's clock is behind the server's
const now = () => Date.now() + offset;

let roster = null;
let people = new Map(); // by id
let byCode = new Map();
const inSessions = new Map(); // by session and id: what this desk scanned
const log = new Map(); // by key of the scan

// ---- the roster ------------------------------------------------------------------------------

const takeRoster = async (said) => {
  roster = said;
  offset = said.offset;
  people = new Map(said.people.map((one) => [one.id, { ...one, words: ` ${folded(`${one.name} ${one.lea}`)}` }]));
  byCode = new Map([...people.values()].map((one) => [one.code, one]));
  for (const one of await readHere(path).catch(() => [])) {
    const person = people.get(one.id);
    // What this desk did since the roster was fetched; another day's says nothing.
    if (person && one.on === said.on && one.at > said.fetched) Object.assign(person, { in: one.in, out: one.out });
  }
  const chosen = place.value;
  while (place.options.length > 1) place.remove(1);
  for (const session of said.sessions) place.add(new Option(session.title, session.id));
  place.value = said.sessions.some((one) => one.id === chosen) ? chosen : "";
  showFound();
};

const fetchRoster = async () => {
  const address = `${root.dataset.roster}?version=${roster?.version ?? ""}`;
  const answer = await fetch(address, { cache: "no-store", redirect: "manual" });
  if (!answer.ok) return;
  const said = await answer.json();
  if (said.same) return;
  const kept = { ...said, path, fetched: Date.now(), offset, until: Date.now() + said.until - said.now };
  await keepRoster(kept).catch(() => {});
  await takeRoster(kept);
};

const changed = async ({ here, on, now: theirs }) => {
  offset = Math.abs(theirs - Date.now()) > 10_000 ? theirs - Date.now() : 0;
  if (roster && on !== roster.on) roster = null; // it is tomorrow
  const unknown = here.filter(([id]) => !people.has(id)).length;
  if (!roster || unknown || Date.now() - (changed.asked ?? 0) > 120_000) {
    changed.asked = Date.now();
    await fetchRoster();
  }
  const moved = [];
  for (const [id, since, left] of here) {
    const person = people.get(id);
    if (person && (person.in !== since || person.out !== left)) {
      moved.push(Object.assign(person, { in: since, out: left }));
    }
  }
  if (moved.length) {
    await keepHere(path, moved.map((one) => ({ ...one, on, at: Date.now() }))).catch(() => {});
    showFound();
  }
  showCounts();
};

// ---- scanning --------------------------------------------------------------------------------

const standing = (person, session) => {
  if (!session) return person;
  const key = `${session} ${person.id}`;
  if (!inSessions.has(key)) inSessions.set(key, { in: null, out: null });
  return inSessions.get(key);
};

const scan = async (code, { by = "badge", direction = way.value } = {}) => {
  const at = now();
  const session = place.value || null;
  const person = byCode.get(code);
  const entry = { id: newKey(), path, code, at, direction, session, way: by };
  let what = "unknown";
  if (person) {
    const stands = standing(person, session);
    what = effect(stands, direction, at);
    const since = what === "gone" ? stands.out ?? at : stands.in ?? at;
    entry.words = say(what, { name: person.name, time: clock(since) });
    entry.name = person.name;
    if (what === "arrived") Object.assign(stands, { in: at, out: null });
    if (what === "left") stands.out = at;
  } else {
    entry.words = say("unknown");
    entry.name = say("unknown_person", { code });
  }
  try {
    // By this tablet's own clock: how wrong it is, is measured when the scan is sent.
    await addScan({ id: entry.id, path, code, at: Date.now(), direction, session, way: by });
    if (person && !session) await keepHere(path, [{ ...person, on: roster.on, at: Date.now() }]);
  } catch {
    part("status").textContent = say("no_storage");
  }
  log.set(entry.id, { ...entry, kind: what, state: "waits" });
  announce(what, entry.words, person);
  showLog();
  showFound();
  showCounts();
  sync();
};

const undo = async (id) => {
  const entry = log.get(id);
  const person = byCode.get(entry.code);
  await addScan({ id: newKey(), path, undoes: id, at: Date.now() });
  log.set(id, { ...entry, kind: "undone", words: say("undone", { name: entry.name }), undone: true });
  if (person && entry.kind === "arrived") Object.assign(standing(person, entry.session), { in: null, out: null });
  if (person && entry.kind === "left") standing(person, entry.session).out = null;
  announce("undone", log.get(id).words);
  showLog();
  showFound();
  showCounts();
  sync();
};

const told = async (answers) => {
  for (const answer of answers) {
    const entry = log.get(answer.id);
    if (!entry || entry.undone) continue;
    const kind = answer.counts ? { here_already: "here", gone_already: "gone" }[answer.what] ?? answer.what : "refused";
    log.set(answer.id, { ...entry, kind, words: answer.words, name: answer.name || entry.name, state: "sent" });
    if (kind !== entry.kind && kind !== "arrived") announce(kind, answer.words);
  }
  showLog();
};

// ---- what the page shows ---------------------------------------------------------------------

const GOOD = { arrived: "success", left: "success", here: "warning", gone: "warning", undone: "info" };

const announce = (kind, sentence, person = null) => {
  const told = part("told");
  told.className = `notice notice--${GOOD[kind] ?? "danger"} desk__told`;
  told.hidden = false;
  told.textContent = sentence;
  if (!person) return;
  const facts = document.createElement("small");
  facts.textContent = ` ${person.role} · ${person.lea}`;
  told.append(facts);
};

function showCounts() {
  const all = [...people.values()];
  const arrived = all.filter((one) => one.in).length;
  part("counts").textContent = roster ? say("counts", { arrived, expected: all.length }) : "";
}

const showStatus = (name, count) => {
  const status = part("status");
  const old = name.startsWith("offline") || name === "signed_out";
  const list = roster ? say("old_roster", { time: clock(roster.fetched + offset) }) : words.no_roster;
  status.textContent = say(name, { count }) + (old ? ` ${list}` : "");
  status.dataset.state = name;
  part("sign-in").hidden = name !== "signed_out";
};

const byButton = (person, direction) => async () => {
  await scan(person.code, { by: "name", direction });
  box.value = "";
  showFound();
  box.focus();
};

const personLine = (person) => {
  const stands = standing(person, place.value);
  const inside = Boolean(stands.in) && !stands.out;
  const facts = [person.role, person.lea, person.confirmed ? "" : words.unconfirmed];
  if (inside) facts.push(say("in_since", { time: clock(stands.in) }));
  else if (stands.out) facts.push(say("out_since", { time: clock(stands.out) }));
  const leaving = inside && way.value !== "in";
  return line(
    person.name,
    facts.filter(Boolean).join(" · "),
    !inside && way.value !== "out" && button(words.check_in, person.name, "primary", byButton(person, "in")),
    leaving && button(words.check_out, person.name, "primary", byButton(person, "out")),
  );
};

const search = () => {
  const typed = folded(box.value).split(" ").filter(Boolean);
  if (!typed.length) return [];
  const hits = [...people.values()].filter((one) => typed.every((word) => one.words.includes(` ${word}`)));
  return hits.sort((one, other) => one.name.localeCompare(other.name));
};

function showFound() {
  const list = part("found");
  const code = cleanCode(box.value);
  const hits = byCode.has(code) ? [byCode.get(code)] : search();
  list.replaceChildren(...hits.slice(0, MOST).map(personLine));
  const beyond = hits.length - MOST;
  let note = beyond > 0 ? say("more", { count: beyond }) : "";
  if (!hits.length && box.value.trim()) note = roster ? words.nobody : words.no_roster;
  part("note").textContent = note;
}

function showLog() {
  const entries = [...log.values()].sort((one, other) => other.at - one.at).slice(0, LOGGED);
  part("log-box").hidden = !entries.length;
  part("log").replaceChildren(...entries.map((entry) => line(
    entry.words,
    `${clock(entry.at)} · ${entry.state === "sent" ? words.sent : words.waits}`,
    !entry.undone && ["arrived", "left"].includes(entry.kind)
      && button(words.undo, entry.name, "secondary", () => undo(entry.id)),
  )));
}

// ---- beginning -------------------------------------------------------------------------------

const sync = syncing({
  path,
  addresses: { state: root.dataset.state, scans: root.dataset.scans },
  deskName: () => deskName.value.slice(0, 80),
  show: showStatus,
  told,
  changed,
});

part("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const code = cleanCode(box.value);
  if (byCode.has(code) || (CODE.test(code) && !search().length)) {
    box.value = "";
    scan(code);
    return;
  }
  showFound();
  part("found").querySelector("button")?.focus();
});
box.addEventListener("input", showFound);
for (const control of [place, way]) control.addEventListener("change", showFound);

// A scanner types wherever the cursor is; at a desk that is always the box.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea, button, a, summary");
  if (!typing && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) box.focus();
});

guardLeaving({ left: () => waiting(path), tell: (count) => showStatus("offline", count), status: part("status") });
remember([deskName, way]);
for (const hidden of root.querySelectorAll("[data-with-script]")) hidden.hidden = false;
for (const plain of root.querySelectorAll("[data-without-script]")) plain.remove();

offerCamera({
  video: part("video"),
  toggle: part("camera"),
  read: (text) => scan(cleanCode(text)),
  failed: (why) => announce("refused", say("camera_off", { why })),
});

const begin = async () => {
  const kept = await readRoster(path).catch(() => null);
  if (kept) await takeRoster(kept);
  for (const entry of await waiting(path).catch(() => [])) {
    const person = byCode.get(entry.code);
    if (entry.undoes) continue;
    const name = person?.name ?? say("unknown_person", { code: entry.code });
    log.set(entry.id, { ...entry, at: entry.at + offset, name, words: name, kind: "kept", state: "waits" });
  }
  showLog();
  showFound();
  showCounts();
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register(root.dataset.worker, { scope: root.dataset.scope }).catch(() => {});
  }
  navigator.storage?.persist?.();
  await sync();
};
begin();

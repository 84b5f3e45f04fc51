// Sessions are dragged to another time or room, or lifted with M and moved by the arrow keys.
// Without this script each session has its link "Move", which does the same on a page of its own.

const grid = document.querySelector("[data-grid]");
const form = document.querySelector("[data-grid-form]");
const status = document.querySelector("[data-grid-status]");
let lifted = null; // the session that is on its way
let target = null; // the cell where it would be put down

// Rows of a table that spans cells have fewer cells: a map says which cell is where.
const map = [];
for (const row of grid.tBodies[0].rows) {
  const line = (map[row.sectionRowIndex] ??= []);
  let column = 0;
  for (const cell of row.querySelectorAll("td")) {
    while (line[column]) column += 1;
    for (let n = 0; n < cell.rowSpan; n += 1) (map[row.sectionRowIndex + n] ??= [])[column] = cell;
    column += 1;
  }
}

const placeOf = (cell) => {
  const y = map.findIndex((line) => line.includes(cell));
  return [y, map[y].indexOf(cell)];
};

const aim = (cell) => {
  target?.classList.remove("grid__target");
  target = cell;
  target?.classList.add("grid__target");
};

const say = (words) => {
  status.textContent = words;
};

const told = (cell) => {
  const room = grid.tHead.rows[0].cells[placeOf(cell)[1] + 1].textContent;
  return `${cell.dataset.begins}, ${room}`;
};

const lift = (session) => {
  lifted = session;
  session.classList.add("grid__session--lifted");
  aim(session.closest("td"));
  say(`${status.dataset.lifted}: ${session.dataset.title}. ${told(target)}`);
};

const leave = () => {
  lifted?.classList.remove("grid__session--lifted");
  say(lifted ? status.dataset.dropped : "");
  lifted = null;
  aim(null);
};

const put = () => {
  const [session, cell] = [lifted, target];
  if (!cell || cell === session.closest("td")) return leave();
  form.action = session.dataset.move;
  form.elements.version.value = session.dataset.version;
  form.elements.begins.value = cell.dataset.begins;
  form.elements.room.value = cell.dataset.room;
  form.submit();
};

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

const step = (key) => {
  let [y, x] = placeOf(target);
  const [down, right] = STEPS[key];
  do {
    y += down;
    x += right;
  } while (map[y]?.[x] === target);
  if (!map[y]?.[x]) return;
  aim(map[y][x]);
  target.scrollIntoView({ block: "nearest", inline: "nearest" });
  say(told(target));
};

for (const session of grid.querySelectorAll("[data-session]")) {
  // A session that is held by other clocks is moved on its own page, where they are named.
  if (session.dataset.zone !== grid.dataset.zone) continue;
  session.draggable = true;
  session.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("text/plain", session.dataset.title);
    event.dataTransfer.effectAllowed = "move";
    lift(session);
  });
  session.addEventListener("dragend", leave);
  session.addEventListener("keydown", (event) => {
    if (!lifted && event.key.toLowerCase() === "m" && !event.ctrlKey && !event.metaKey) lift(session);
    else if (lifted && event.key in STEPS) step(event.key);
    else if (lifted && event.key === "Enter") put();
    else if (lifted && event.key === "Escape") leave();
    else return;
    event.preventDefault();
  });
  session.addEventListener("focusout", (event) => {
    if (lifted === session && !session.contains(event.relatedTarget)) leave();
  });
}

for (const cell of grid.querySelectorAll("td")) {
  cell.addEventListener("dragover", (event) => {
    if (!lifted) return;
    event.preventDefault();
    if (cell !== target) aim(cell);
  });
  cell.addEventListener("drop", (event) => {
    if (!lifted) return;
    event.preventDefault();
    put();
  });
}

document.querySelector("[data-grid-hint]").hidden = false;

// How the desk reads codes and names, what a scan does, and how a line of a list is made.

export const CODE = /^[2-9A-HJKMNP-TV-Z]{10}$/;
const SAME_PASSING = 120_000; // milliseconds

export const filled = (words, values) => words.replace(/%\((\w+)\)s/g, (_, key) => values[key]);

export const clockIn = (zone) => {
  const format = new Intl.DateTimeFormat("en-US", { hour: "numeric", minute: "2-digit", timeZone: zone });
  return (at) => format.format(at);
};

export const cleanCode = (text) => {
  const said = text.normalize("NFKC").trim();
  return said.replace(/\/+$/, "").split("/").pop().replace(/[^\p{L}\p{N}]/gu, "").toUpperCase();
};

export const folded = (text) => text.normalize("NFKD").replace(/[\p{M}'’`]/gu, "").toLowerCase()
  .replace(/ß/g, "ss").replace(/ø/g, "o").replace(/ł/g, "l").replace(/æ/g, "ae").replace(/đ/g, "d")
  .replace(/[^\p{L}\p{N}]+/gu, " ").trim();

// What a scan does, as the server will read it too; it has the last word.
export const effect = (stands, direction, at) => {
  const inside = Boolean(stands.in) && !stands.out;
  if (direction === "either" && stands.in) {
    if (at - (stands.out || stands.in) < SAME_PASSING) return inside ? "here" : "gone";
    return inside ? "left" : "arrived";
  }
  if (direction === "out") return inside ? "left" : "gone";
  return inside ? "here" : "arrived";
};

export const button = (label, about, style, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `btn btn-${style}`;
  made.textContent = label;
  const whom = document.createElement("span");
  whom.className = "visually-hidden";
  whom.textContent = `: ${about}`;
  made.append(whom);
  made.addEventListener("click", act);
  return made;
};

export const line = (title, facts, ...rest) => {
  const made = document.createElement("li");
  const text = document.createElement("div");
  const name = document.createElement("strong");
  name.textContent = title;
  const more = document.createElement("span");
  more.textContent = facts;
  text.append(name, document.createElement("br"), more);
  const acts = document.createElement("div");
  acts.className = "desk__acts";
  acts.append(...rest.filter(Boolean));
  made.append(text, acts);
  return made;
};

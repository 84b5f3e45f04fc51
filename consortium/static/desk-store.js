// What a desk keeps on its tablet. The roster goes when someone signs out or the institute is
// over; scans that wait stay until the server has them.

const ROSTER = "consortium-roster";
const QUEUE = "consortium-queue";
const STORES = {
  [ROSTER]: [["rosters", { keyPath: "path" }], ["here", { keyPath: ["path", "id"] }]],
  [QUEUE]: [["scans", { keyPath: "id" }]],
};

const opened = (name) => new Promise((resolve, reject) => {
  const asked = indexedDB.open(name, 1);
  asked.onupgradeneeded = () => {
    for (const [store, options] of STORES[name]) asked.result.createObjectStore(store, options);
  };
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});

// Opened for one act and closed after it, so that signing out in another tab can delete it.
const act = async (name, store, mode, work) => {
  const database = await opened(name);
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: "strict" });
      const asked = work(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(asked?.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
};

export const keepRoster = (roster) => act(ROSTER, "rosters", "readwrite", (store) => store.put(roster));

export const keepHere = (path, people) => act(ROSTER, "here", "readwrite", (store) => {
  for (const one of people) store.put({ path, id: one.id, in: one.in, out: one.out, on: one.on });
});

export const readHere = async (path) => {
  const all = await act(ROSTER, "here", "readonly", (store) => store.getAll());
  return all.filter((one) => one.path === path);
};

export const readRoster = async (path) => {
  const roster = await act(ROSTER, "rosters", "readonly", (store) => store.get(path));
  if (roster && roster.until > Date.now()) return roster;
  if (roster) await act(ROSTER, "rosters", "readwrite", (store) => store.delete(path));
  return null;
};

export const addScan = (scan) => act(QUEUE, "scans", "readwrite", (store) => store.put(scan));

export const dropScans = (ids) => act(QUEUE, "scans", "readwrite", (store) => {
  for (const id of ids) store.delete(id);
});

export const waiting = async (path) => {
  const all = await act(QUEUE, "scans", "readonly", (store) => store.getAll());
  return all.filter((one) => one.path === path).sort((one, other) => one.at - other.at);
};

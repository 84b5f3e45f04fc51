// Opens the check-in desk when there is no network. It keeps the desk's page, scripts and styles,
// in which nobody's name stands, and touches no other page.

const SAID = {{ said }};
const PREFIX = `consortium-desk:${SAID.shell}:`;
const CACHE = PREFIX + SAID.version;
const PATIENCE = 4000; // milliseconds; hotel networks rather hang than fail

const fetched = async (address) => {
  const answer = await fetch(address, { cache: "reload", redirect: "error" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
};

const keepAll = async () => {
  const cache = await caches.open(CACHE);
  await Promise.all([SAID.shell, ...SAID.kept].map(async (address) => (
    cache.put(address, await fetched(address)))));
  await self.skipWaiting();
};

const tidy = async () => {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
};

const kept = async (address) => (await caches.open(CACHE)).match(address, { ignoreSearch: true });

const networkOr = async (request, address) => {
  try {
    const answer = await Promise.race([
      fetch(request),
      new Promise((_, reject) => { setTimeout(() => reject(new Error("slow")), PATIENCE); }),
    ]);
    if (answer.status < 500) return answer;
  } catch {
    // no network: what is kept is as good
  }
  return (await kept(address)) ?? fetch(request);
};

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && pathname === SAID.desk) event.respondWith(networkOr(request, SAID.shell));
  else if (SAID.kept.includes(pathname)) event.respondWith(networkOr(request, pathname));
});

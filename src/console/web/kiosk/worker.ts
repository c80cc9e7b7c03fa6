// Keeps the kiosk's page and its files in the browser, so that it starts without a line. What pays goes past it: payments have
// a book of their own.

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Fetching extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface WorkerScope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listen: (event: Extendable) => void): void;
  addEventListener(type: 'fetch', listen: (event: Fetching) => void): void;
}

declare const self: WorkerScope;
/** Written in when it is built. */
declare const KEPT_FILES: readonly string[];

const SHELL = '/kiosk/';
const FAMILY = 'kiosk ';
/** Names say content: other files make another cache. */
const KEPT_AS = FAMILY + KEPT_FILES.join(' ');

self.addEventListener('install', (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(forgetOlder().then(() => self.clients.claim())));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  const isPage = request.mode === 'navigate' && url.pathname.startsWith(SHELL);
  if (isPage) event.respondWith(keptOr(SHELL, request));
  else if (KEPT_FILES.includes(url.pathname)) event.respondWith(keptOr(url.pathname, request));
});

async function keep(): Promise<void> {
  const cache = await caches.open(KEPT_AS);
  await cache.addAll([SHELL, ...KEPT_FILES].map((path) => new Request(path, { cache: 'reload' })));
}

async function forgetOlder(): Promise<void> {
  for (const name of await caches.keys())
    if (name.startsWith(FAMILY) && name !== KEPT_AS) await caches.delete(name);
}

async function keptOr(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(KEPT_AS);
  return (await cache.match(path)) ?? fetch(request);
}

export {};

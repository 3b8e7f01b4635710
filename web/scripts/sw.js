// The service worker of the field: opens its pages without network. Its files and version are filled in by the build
// (offline.mjs); a build with other files is another worker with another cache. It keeps code, never data: what the
// server answers under /api is not looked at here.
const VERSION = '__VERSION__'
const FILES = __FILES__
const PAGE = '/field'
const CACHE = `guanhu-field-${VERSION}`
const PATIENCE = 4000 // ms that a page may wait for a network that does not answer

self.addEventListener('install', (event) => {
  // All of it or none: a half of the pages would fail where nobody can help.
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([PAGE, ...FILES].map((url) => new Request(url, { cache: 'no-cache' })))))
})
self.addEventListener('activate', (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((n) => n.startsWith('guanhu-field-') && n !== CACHE).map((n) => caches.delete(n)))))
})

const kept = async (url) => (await (await caches.open(CACHE)).match(url)) ?? Response.error()

/** The network's page where it answers in time, for its code is newer; else the one that was kept. */
async function page(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) })
    if (answer.ok) return answer
  } catch { /* no network, or one that does not answer */ }
  return kept(PAGE)
}
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== self.location.origin || url.pathname.startsWith('/api/')) return
  if (event.request.mode === 'navigate') event.respondWith(page(event.request))
  else if (FILES.includes(url.pathname)) event.respondWith(kept(url.pathname).then((answer) => (answer.type === 'error' ? fetch(event.request) : answer)))
})

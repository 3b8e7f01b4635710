// The little of the field that the rest of the client knows: whether this device takes part, how it is left, and the
// service worker that opens its pages without network. No other part of the field is loaded for it.

/** Who last set this device up; in localStorage, beside the hint of a session. */
export const WHO = 'guanhu.field'
/** Said on the window when a login left on purpose: what is open in memory goes too. */
export const LEFT = 'guanhu-left'
export const takesPart = (): boolean => localStorage.getItem(WHO) !== null

/** HTTPS or localhost, and a browser that keeps things: without them there is no taking along. */
export const canKeep = (): boolean => window.isSecureContext && 'indexedDB' in window && 'subtle' in crypto && 'locks' in navigator

/** Its scope is /field: no other page knows of it. */
export async function serviceWorker(): Promise<void> {
  if (!('serviceWorker' in navigator) || !window.isSecureContext || import.meta.env.DEV) return
  await navigator.serviceWorker.register('/sw.js', { scope: '/field' }).catch(() => { /* a private window: then only with network */ })
}

/** On logging out: nothing of the customers stays. What waits to be sent stays sealed until the same login comes back. */
export async function leave(): Promise<void> {
  if (!takesPart()) return
  const { leaveDevice } = await import('./leave')
  await leaveDevice(localStorage.getItem(WHO)!)
  window.dispatchEvent(new Event(LEFT))
}

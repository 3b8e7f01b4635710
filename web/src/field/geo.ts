// Where one is, said honestly; how far it is; in which order one goes. Where the manager stands stays on the phone,
// except where a visit or a photo takes it along.
export type Position =
  | { state: 'taken'; lat: string; lon: string; accuracy: number; at: string }
  | { state: 'none' | 'refused' | 'unavailable' }
export interface Point { lat: number; lon: number }

const PATIENCE = 20_000
const FRESH = 60_000

/** Never fails: what went wrong is part of the answer. */
export function whereAmI(): Promise<Position> {
  if (!('geolocation' in navigator)) return Promise.resolve({ state: 'unavailable' })
  return new Promise((done) => {
    navigator.geolocation.getCurrentPosition(
      (p) => done({ state: 'taken', lat: p.coords.latitude.toFixed(6), lon: p.coords.longitude.toFixed(6), accuracy: Math.round(p.coords.accuracy), at: new Date(p.timestamp).toISOString() }),
      (e) => done({ state: e.code === e.PERMISSION_DENIED ? 'refused' : 'unavailable' }),
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: FRESH })
  })
}

export function pointOf(of: { lat?: string | number | null; lon?: string | number | null } | null | undefined): Point | null {
  if (!of || of.lat === null || of.lat === undefined || of.lat === '' || of.lon === null || of.lon === undefined || of.lon === '') return null
  const point = { lat: Number(of.lat), lon: Number(of.lon) }
  return Number.isFinite(point.lat) && Number.isFinite(point.lon) ? point : null
}

const RADIUS = 6_371_008.8 // metres, the mean of the Earth's
const rad = (degrees: number) => (degrees * Math.PI) / 180
/** Metres over the ground, as the crow flies (haversine). */
export function metres(a: Point, b: Point): number {
  const lat = rad(b.lat - a.lat), lon = rad(b.lon - a.lon)
  const h = Math.sin(lat / 2) ** 2 + Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(lon / 2) ** 2
  return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(h)))
}
export const farSaid = (m: number): string => (m < 950 ? `${Math.max(10, Math.round(m / 10) * 10)} m` : `${(m / 1000).toFixed(m < 9_950 ? 1 : 0)} km`)

export interface Stop { time: string; at: Point | null }
/**
 * The order to go in: what has a time keeps it; what has none goes to the nearest next from where one stands then,
 * before the first appointment that lies farther; what has no place comes last.
 */
export function route<T extends Stop>(stops: T[], here: Point | null): T[] {
  const fixed = stops.filter((s) => s.time).sort((a, b) => a.time.localeCompare(b.time))
  const free = stops.filter((s) => !s.time && s.at)
  const out: T[] = []
  let from = here
  const nearest = (): T | null => {
    if (!from || !free.length) return null
    const start = from
    return free.reduce((best, s) => (metres(start, s.at!) < metres(start, best.at!) ? s : best))
  }
  const go = (s: T) => {
    out.push(s)
    if (s.at) from = s.at
  }
  for (const next of fixed) {
    for (let s = nearest(); s && from && next.at && metres(from, s.at!) <= metres(from, next.at); s = nearest()) {
      free.splice(free.indexOf(s), 1)
      go(s)
    }
    go(next)
  }
  for (let s = nearest() ?? free[0]; s; s = nearest() ?? free[0]) {
    free.splice(free.indexOf(s), 1)
    go(s)
  }
  return [...out, ...stops.filter((s) => !s.time && !s.at)]
}

// A building visited from its top floor down (MKT-620): where an address says which floor, and the order of the round.

/** What an address says: the house, the floor (below ground negative; null: not said), the rest behind it. */
export interface Place { building: string; floor: number | null; room: string }

const digits = '零一二三四五六七八九'
/** 十八 → 18, 一百零二 → 102; of what stands on doors. */
function spoken(text: string): number {
  let sum = 0
  let one = 0
  for (const c of text.replace('两', '二')) {
    if (c === '百' || c === '十') { sum += (one || 1) * (c === '百' ? 100 : 10); one = 0 } else one = digits.indexOf(c)
  }
  return sum + one
}
const number = (text: string) => (/^\d+$/.test(text) ? Number(text) : spoken(text))

// 18楼, 十八层, 18F, 负一层, 地下2层, B1层; 3号楼 and 3 栋 are houses, no floors.
const FLOOR = /(地下|负|[Bb-])?(\d{1,3}|[零一二两三四五六七八九十百]{1,5})(?:楼|层|[Ff](?![a-z]))/
// 1802室, 1802, 302 号房: the last two figures are the room.
const ROOM = /(\d{1,2})(\d{2})(?:室|号房|房)?$/

export function placeOf(address: string): Place {
  const text = address.trim()
  const floor = FLOOR.exec(text)
  if (floor && floor.index > 0) {
    const n = number(floor[2]!)
    return { building: text.slice(0, floor.index).replace(/第$/, '').trim(), floor: floor[1] ? -n : n, room: text.slice(floor.index + floor[0].length).trim() }
  }
  const room = ROOM.exec(text)
  // A number behind 路, 街 or 村 is the number of a house.
  if (room && room.index > 0 && !/[路街巷道村\d]\s*$/.test(text.slice(0, room.index)))
    return { building: text.slice(0, room.index).trim(), floor: Number(room[1]), room: room[0] }
  return { building: text, floor: null, room: '' }
}

/** Rounds: a building each, its floors from the top; what says no floor stands at the end as one group without a name. */
export function rounds<T>(items: T[], address: (of: T) => string): { building: string; stops: { of: T; place: Place }[] }[] {
  const by = new Map<string, { of: T; place: Place }[]>()
  for (const of of items) {
    const place = placeOf(address(of))
    const key = place.floor === null ? '' : place.building
    by.set(key, [...(by.get(key) ?? []), { of, place }])
  }
  const down = (a: { place: Place }, b: { place: Place }) => (b.place.floor ?? 0) - (a.place.floor ?? 0) || a.place.room.localeCompare(b.place.room, 'zh', { numeric: true })
  return [...by]
    .sort(([a], [b]) => Number(a === '') - Number(b === '') || a.localeCompare(b, 'zh', { numeric: true }))
    .map(([building, stops]) => ({ building, stops: building ? stops.sort(down) : stops }))
}

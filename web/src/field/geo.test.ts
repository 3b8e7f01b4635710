import { describe, expect, it } from 'vitest'
import { farSaid, metres, pointOf, route } from './geo'

const at = (lat: number, lon: number) => ({ lat, lon })

describe('distance', () => {
  it('is nothing from a place to itself, a degree of latitude is 111.2 km', () => {
    expect(metres(at(31, 117), at(31, 117))).toBe(0)
    expect(metres(at(31, 117), at(32, 117))).toBeCloseTo(111_195, -1)
    // A degree of longitude shrinks with the cosine of the latitude.
    expect(metres(at(60, 0), at(60, 1))).toBeCloseTo(111_195 * 0.5, -2)
  })
  it('knows no point where a coordinate is missing or no number', () => {
    expect(pointOf({ lat: '', lon: '117' })).toBeNull()
    expect(pointOf({ lat: null, lon: '117' })).toBeNull()
    expect(pointOf({ lat: 'x', lon: '117' })).toBeNull()
    expect(pointOf({ lat: '31.5', lon: 117 })).toEqual(at(31.5, 117))
  })
  it('is said in metres below a kilometre', () => {
    expect([farSaid(3), farSaid(944), farSaid(951), farSaid(9_940), farSaid(12_400)]).toEqual(['10 m', '940 m', '1.0 km', '9.9 km', '12 km'])
  })
})

describe('the order to go in', () => {
  const stop = (name: string, time: string, lat?: number) => ({ name, time, at: lat === undefined ? null : at(lat, 117) })
  const names = (stops: { name: string }[]) => stops.map((s) => s.name).join(' ')
  it('keeps appointments, puts what lies on the way before them, what has no place last', () => {
    const stops = [stop('noplace', ''), stop('late', '14:00', 31.2), stop('far', '', 31.9), stop('near', '', 31.01), stop('early', '09:00', 31.05)]
    expect(names(route(stops, at(31, 117)))).toBe('near early late far noplace')
  })
  it('without a place to start from still keeps appointments first', () => {
    expect(names(route([stop('a', '', 31.1), stop('b', '09:00')], null))).toBe('b a')
  })
  it('goes to the nearest next, from where one stands then', () => {
    expect(names(route([stop('c', '', 31.3), stop('a', '', 31.1), stop('b', '', 31.2)], at(31, 117)))).toBe('a b c')
    expect(route([], null)).toEqual([])
  })
})

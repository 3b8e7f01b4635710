import { describe, expect, it } from 'vitest'
import { bandsOf, byBands } from './score'

describe('bands', () => {
  it('are refused where the formula is another one', () => {
    for (const text of ['', '满分', 'if a >= 1 then 2', 'if a >= 1 then 2 else if b >= 0 then 1 else 0', 'if a > 1 then 2 else 0']) expect(bandsOf(text)).toBeNull()
  })
  it('go from the highest down and come back', () => {
    const text = byBands('完成率', [{ from: '0.8', points: '5' }, { from: '', points: '0' }, { from: '1', points: '10' }])
    expect(text).toBe('if 完成率 >= 1 then 10\nelse if 完成率 >= 0.8 then 5\nelse 0')
    expect(bandsOf(text)).toEqual({ figure: '完成率', bands: [{ from: '1', points: '10' }, { from: '0.8', points: '5' }, { from: '', points: '0' }] })
    expect(byBands('x', [{ from: '1', points: '2' }])).toBe('if x >= 1 then 2\nelse 0')
  })
})

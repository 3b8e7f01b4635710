import { describe, expect, it } from 'vitest'
import { placeOf, rounds } from './building'

const said = (address: string) => { const p = placeOf(address); return `${p.building}|${p.floor}|${p.room}` }

describe('MKT-620 a building from the top floor down', () => {
  it('takes no house for a floor', () => {
    expect(said('东街 12 号')).toBe('东街 12 号|null|')
    expect(said('幸福小区3号楼')).toBe('幸福小区3号楼|null|')
    expect(said('中山路1802')).toBe('中山路1802|null|')
    expect(said('柳村 1204')).toBe('柳村 1204|null|')
    expect(said('18楼')).toBe('18楼|null|')
    expect(said('')).toBe('|null|')
  })
  it('reads the floor as it stands on doors', () => {
    expect(said('兴业大厦18楼1802室')).toBe('兴业大厦|18|1802室')
    expect(said('兴业大厦十八层')).toBe('兴业大厦|18|')
    expect(said('兴业大厦第二层')).toBe('兴业大厦|2|')
    expect(said('兴业大厦一百零二层')).toBe('兴业大厦|102|')
    expect(said('兴业大厦A座 9F')).toBe('兴业大厦A座|9|')
    expect(said('兴业大厦负一层')).toBe('兴业大厦|-1|')
    expect(said('兴业大厦B2层')).toBe('兴业大厦|-2|')
    expect(said('幸福小区3号楼1501室')).toBe('幸福小区3号楼|15|1501室')
    expect(said('幸福小区3号楼2单元302')).toBe('幸福小区3号楼2单元|3|302')
  })
  it('goes down floor by floor, door by door; who says no floor comes last', () => {
    const list = ['西街 1 号', '兴业大厦3层', '兴业大厦18楼1802室', '宏远大厦2楼', '兴业大厦18楼1801室', '兴业大厦负一层']
    expect(rounds(list, (a) => a).map((r) => [r.building, ...r.stops.map((s) => s.of)])).toEqual([
      ['宏远大厦', '宏远大厦2楼'],
      ['兴业大厦', '兴业大厦18楼1801室', '兴业大厦18楼1802室', '兴业大厦3层', '兴业大厦负一层'],
      ['', '西街 1 号'],
    ])
    expect(rounds([], String)).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { clock, tree, type Topic } from './types'

describe('clock', () => {
  it('shows what is left, never below nothing', () => {
    expect([-1, 0, 65, 3599, 3600, 7265].map(clock)).toEqual(['0:00', '0:00', '1:05', '59:59', '1:00:00', '2:01:05'])
  })
})
describe('tree', () => {
  const topic = (id: number, parent: number | null) => ({ id, parent }) as Topic
  it('puts each below its parent, in the order they came', () => {
    expect(tree([topic(1, null), topic(2, null), topic(3, 1)]).map((n) => [n.topic.id, n.depth])).toEqual([[1, 0], [3, 1], [2, 0]])
  })
})

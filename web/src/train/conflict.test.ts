import { describe, expect, it } from 'vitest'
import { chosen, inWords } from './conflict'

const shown = { topic: (id: number) => ({ 1: '信贷', 2: '合规' })[id] ?? '' }
const mine = { title: '我的', topic: 1, contents: ['新规定'], hours: '4' }
const theirs = { title: '他的', topic: 2, contents: ['新规定', '新产品'], hours: '3' }

describe('what was chosen of two', () => {
  it('is said in words', () => expect(inWords(mine, shown)).toMatchObject({ topic: '信贷', hours: '4' }))
  it('gives the values behind the words, each from the side it was taken from', () => {
    const picked = { ...inWords(theirs, shown), title: '我的', topic: '信贷' }
    expect(chosen(picked, mine, theirs, shown)).toEqual({ title: '我的', topic: 1, contents: ['新规定', '新产品'], hours: '3' })
    expect(chosen(inWords(theirs, shown), mine, theirs, shown)).toEqual(theirs)
  })
})

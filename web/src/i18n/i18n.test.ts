import { describe, expect, it } from 'vitest'
import en from './en'
import { addWords, t, word } from './index'
import rulebook from './rulebook-zh'
import start from './zh'

const areas = Object.values(import.meta.glob<Record<string, string>>('./*-zh.ts', { import: 'default', eager: true }))
const zh = Object.assign({ ...start, ...rulebook }, ...areas) as Record<keyof typeof en, string>

const sources = import.meta.glob(['../**/*.{vue,ts}', '!../**/*.test.ts', '!./*'], { query: '?raw', import: 'default', eager: true })
const text = Object.values(sources).join('\n')
const holes = (s: string) => [...s.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort()

describe('both languages', () => {
  it('have the same keys', () => expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort()))
  it('say no key twice', () => expect(Object.keys(zh).length).toBe([start, ...areas].reduce((n, words) => n + Object.keys(words).length, 0)))
  it.each(Object.keys(zh) as (keyof typeof zh)[])('%s: words in both, the same holes', (key) => {
    expect(zh[key].trim()).not.toBe('')
    expect(en[key].trim()).not.toBe('')
    expect(holes(en[key])).toEqual(holes(zh[key]))
    expect(en[key], 'English without Chinese').not.toMatch(/[\u4e00-\u9fff]/)
    expect(zh[key] + en[key], 'no exclamation marks').not.toMatch(/[!！]/)
    expect(zh[key], 'nobody needs to be told that it worked').not.toMatch(/操作成功/)
  })
})
describe('keys', () => {
  const named = [...text.matchAll(/\bt\('([a-z][\w.]*)'/g)].map((m) => m[1]!)
  it('the pages name many', () => expect(named.length).toBeGreaterThan(300))
  it('every key named exists', () => expect(named.filter((k) => !(k in zh))).toEqual([]))
  it('no key is left over', () => {
    const groups = [...new Set([...text.matchAll(/\bword\('([\w.]+)'/g)].map((m) => m[1]!))]
    const made = [...text.matchAll(/`([a-z]+(?:\.[a-z]+)*)\.\$\{/g)].map((m) => m[1]!)
    const quoted = new Set([...text.matchAll(/'([a-z]+(?:\.[\w]+)+)'/g)].map((m) => m[1]!))
    const over = Object.keys(zh).filter((k) => !quoted.has(k) && !groups.some((g) => k.startsWith(`${g}.`)) && !made.some((m) => k.startsWith(`${m}.`)))
    expect(over).toEqual([])
  })
})
it('words of later pages come with them', () => {
  expect(t('rb.try')).toBe('rb.try')
  addWords(rulebook)
  expect(t('rb.try')).toBe('试算')
})
it('fills holes, and shows a code it does not know as it is', () => {
  expect(t('rank.place', { n: 3 })).toBe('第 3')
  expect(t('rank.of')).toBe('共 {n} 人')
  expect(word('position', 'manager')).toBe('客户经理')
  expect(word('position', 'astronaut')).toBe('astronaut')
  expect(word('position', null)).toBe('')
})

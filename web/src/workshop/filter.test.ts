import { describe, expect, it } from 'vitest'
import type { Column } from '@/api/workshop'
import { read, written } from './filter'

const column = (name: string, feed: string, kind: Column['kind']): Column => ({ name, feed, kind, choices: [], summable: false, values: [] })
const columns = [column('种类', 'kind', 'choice'), column('产品', 'product', 'text'), column('到期日', 'due_on', 'date'), column('利率', 'rate', 'rate'), column('是否农户', 'is_farmer', 'boolean')]

describe('a filter as rows', () => {
  it('is left as text where rows cannot say it', () => {
    for (const text of ['种类 = "time" or 种类 = "demand"', '币种 = "CNY"', '种类 = 产品', 'not(种类 = "time")', '种类 in ("a", x)']) expect(read(text, columns)).toBeNull()
  })
  it('is read and written back', () => {
    for (const text of ['', '种类 = "time"', '种类 in ("time", "demand") and 利率 >= 3.5', 'not(产品 in ("a and b", "c\\"d"))', '产品 != "x"', '到期日 < date("2025-12-31") and 是否农户 = true']) expect(written(read(text, columns)!, columns)).toBe(text)
  })
  it('takes the feed’s names and leaves out rows without a value', () => {
    expect(read('kind = "time"', columns)).toEqual([{ column: '种类', op: 'in', values: ['time'] }])
    expect(written([{ column: '种类', op: 'in', values: [''] }, { column: '', op: 'in', values: ['x'] }], columns)).toBe('')
  })
})

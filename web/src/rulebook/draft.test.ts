import { effectScope, nextTick, ref, type EffectScope } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/api/client'
import * as api from '@/api/rulebook'
import { useDraft, type DraftWork } from './draft'

vi.mock('@/api/rulebook')
const whole = (revision: number): api.DraftWhole => ({
  id: 7, pack: 'p', title: '', state: 'open', base: { kind: 'installed', version: null, label: '', hash: '' }, note: '', revision, made_at: '', made_by: '', changed_at: '', changed_by: '', editors: [],
  problems: 0, cases: 2, failed: 1, version: null, here: [], files: [{ path: 'a.md', document: true, bytes: 1, changed: false }], findings: [], remains: [],
})
const text = (t: string, revision: number): api.DraftDocument => ({ path: 'a.md', text: t, revision, base_text: 'one', blocks: [] })
const change = (t: string, revision: number, wrong = 0): api.DraftChange => ({ draft: { ...whole(revision), failed: wrong }, findings: [], cases: { right: 2 - wrong, wrong, cases: [] }, document: text(t, revision) })
let scope: EffectScope
let work: DraftWork
const settled = async () => { for (let i = 0; i < 6; i++) await nextTick() }

beforeEach(async () => {
  vi.mocked(api.draft).mockResolvedValue(whole(3))
  vi.mocked(api.pack).mockResolvedValue({ articles: [] } as unknown as api.Pack)
  vi.mocked(api.draftDocument).mockResolvedValue(text('one', 3))
  scope = effectScope()
  work = scope.run(() => useDraft(ref('7')))!
  await settled()
  await work.open('a.md')
})
afterEach(() => { scope.stop(); vi.resetAllMocks() })

describe('a draft that is edited', () => {
  it('overwrites nothing when somebody saved meanwhile, and says who', async () => {
    vi.mocked(api.saveDocument).mockRejectedValue(new ApiError({ status: 409, code: 'policy.draft.revision', errors: [{ where: 'revision', message: '李四改了', hint: '' }] }))
    expect(await work.saveText('a.md', 'two')).toBe(false)
    expect(work.conflict.value).toBe('李四改了')
    expect([work.failed.value, work.undo.value.length, work.revision.value]).toEqual([null, 0, 3])
  })
  it('says why a change was refused, and forgets it with the next that is kept', async () => {
    vi.mocked(api.editBlock).mockRejectedValueOnce(new ApiError({ status: 422, code: 'policy.draft.edit', detail: '没有这一块' })).mockResolvedValueOnce(change('two', 4))
    expect(await work.saveBlock('a.md', () => 1, { source: '' })).toBe(false)
    expect(work.failed.value?.message).toBe('没有这一块')
    expect(await work.saveBlock('a.md', () => 1, { source: '' })).toBe(true)
    expect(work.failed.value).toBeNull()
  })
  it('names the revision it was made on, and takes what the change came to', async () => {
    vi.mocked(api.saveDocument).mockResolvedValue(change('two', 4, 2))
    await work.saveText('a.md', 'two')
    expect(api.saveDocument).toHaveBeenCalledWith('7', { revision: 3, path: 'a.md', text: 'two' })
    expect([work.revision.value, work.wrong.value, work.document.value?.text, work.whole.data.value?.files[0]?.changed]).toEqual([4, 2, 'two', true])
  })
  it('takes a step back to the text before, once for each step', async () => {
    vi.mocked(api.saveDocument).mockResolvedValueOnce(change('two', 4)).mockResolvedValueOnce(change('one', 5))
    await work.saveText('a.md', 'two')
    await work.back()
    expect(api.saveDocument).toHaveBeenLastCalledWith('7', { revision: 4, path: 'a.md', text: 'one' })
    expect([work.undo.value.length, work.epoch.value]).toEqual([0, 1])
    await work.back()
    expect(api.saveDocument).toHaveBeenCalledTimes(2)
  })
  it('keeps the last pack that could be read while the draft cannot', async () => {
    vi.mocked(api.saveDocument).mockResolvedValue(change('broken', 4))
    vi.mocked(api.pack).mockRejectedValue(new ApiError({ status: 422, detail: '第 3 行' }))
    await work.saveText('a.md', 'broken')
    expect(work.unread.value).toBe('第 3 行')
    expect(work.pack.value).not.toBeNull()
  })
})

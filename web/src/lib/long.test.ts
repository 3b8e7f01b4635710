import { describe, expect, it } from 'vitest'
import { ApiError } from '@/api/client'
import type { Job } from '@/api/types'
import { outcome } from './long'

const job = (more: Partial<Job>) => ({ id: '1', kind: 'act', title: 'x', state: 'done', done: 2, total: 2, message: '', queued: '', started: null, ended: null, by: 'hr', result: null, error: null, ...more }) as Job
const refusal = (of: Job) => { try { outcome(of) } catch (e) { return e as ApiError } return null }

describe('what became of a long click', () => {
  it('is what the endpoint answers', () => expect(outcome(job({ result: { id: 7 } as never }))).toEqual({ id: 7 }))
  it('is the refusal with its field', () => {
    const e = refusal(job({ state: 'failed', message: 'pay_on: ...', error: { code: 'pay.date', message: '早于期末', where: 'pay_on', hint: '' } }))
    expect(e?.code).toBe('pay.date')
    expect(e?.errors[0]?.where).toBe('pay_on')
    expect(e?.message).toBe('早于期末')
  })
  it('says that it was stopped, interrupted or broke', () => {
    expect(refusal(job({ state: 'cancelled' }))?.code).toBe('job.cancelled')
    expect(refusal(job({ state: 'interrupted', message: '服务器停了' }))?.message).toBe('服务器停了')
    expect(refusal(job({ state: 'failed', message: '' }))?.message).not.toBe('')
  })
})

// Which keys of a block are edited as a form, and how. What is not here is edited as text.
import type { Element } from '@/api/rulebook'

export interface KeyField { key: string; how: 'line' | 'lines' | 'formula' | 'fields' | 'type'; may?: boolean } // may: shown though the block has none
const FORMS: { [kind: string]: KeyField[] } = {
  decision: [{ key: 'title', how: 'line' }, { key: 'question', how: 'line', may: true }, { key: 'inputs', how: 'fields' }, { key: 'output', how: 'type' }],
  function: [{ key: 'title', how: 'line', may: true }, { key: 'parameters', how: 'fields' }, { key: 'inputs', how: 'fields' }, { key: 'output', how: 'type' }],
  type: [{ key: 'title', how: 'line', may: true }, { key: 'is', how: 'type' }],
  judgement: [{ key: 'why', how: 'lines' }],
  open: [{ key: 'question', how: 'lines' }, { key: 'chosen', how: 'lines' }],
  checklist: [{ key: 'title', how: 'line' }, { key: 'items', how: 'fields' }],
  duty: [{ key: 'title', how: 'line' }, { key: 'where', how: 'formula', may: true }, { key: 'due', how: 'formula' }, { key: 'lead', how: 'line', may: true }, { key: 'who', how: 'line' }],
  notice: [{ key: 'title', how: 'line' }, { key: 'where', how: 'formula', may: true }, { key: 'when', how: 'formula' }, { key: 'text', how: 'lines' }],
  process: [{ key: 'title', how: 'line' }, { key: 'inputs', how: 'fields' }],
}
export const keysOf = (e: Element | null): KeyField[] => (e ? (FORMS[e.kind] ?? []) : [])

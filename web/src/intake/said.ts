// Events, values and refusals in words.
import { ApiError } from '@/api/client'
import { t, word, type Key } from '@/i18n'
import { show } from '@/lib/format'
import type { CustomerEvent, CustomerField, ImportRow } from './types'

const yuan = (amount: string | undefined) => (amount ? show(amount, '元').text : '')

/** Codes of the data in words, amounts as they are read. */
export function valuesSaid(values: Record<string, string>): Record<string, string> {
  return {
    ...values,
    amount: yuan(values.amount),
    class: word('class', values.class),
    role: word('assign', values.role || 'main'),
    subject: word('subject', values.subject),
    why: values.why ? `(${values.why})` : '',
  }
}
export function eventSaid(event: CustomerEvent): string {
  const v = valuesSaid(event.values)
  if (event.what === 'loan.class') Object.assign(v, { from: word('class', event.values.from), to: word('class', event.values.to) })
  if (event.what.startsWith('data.')) v.field = word('custdata', event.values.field)
  if (event.what === 'product.sold') v.product = word('soldproduct', event.values.product)
  return t(`event.${event.what}` as Key, v).trim()
}

/** One value of an own field. */
export function fieldSaid(field: Pick<CustomerField, 'type' | 'unit'>, value: unknown): string {
  if (value === null || value === undefined || value === '') return ''
  if (Array.isArray(value)) return value.join('、')
  if (field.type === 'yes_no') return value === 'yes' ? t('card.yes') : value === 'no' ? t('card.no') : String(value)
  if (field.type === 'number' && value !== '•••') return `${show(String(value)).text}${field.unit ? ` ${field.unit}` : ''}`
  return String(value)
}

export const rowSaid = (row: ImportRow): string[] =>
  row.said.map((s) => (s.message ? [s.cell, s.column ? `${s.column}${t('common.colon')}${s.message}` : s.message].filter(Boolean).join(' ') : t('cimport.change', { column: s.column, before: s.before, after: s.after })))

/** What the server refused: by field ("lat", "custom/12"), and what belongs to none. */
export function refusedAt(e: unknown): { fields: Record<string, string>; whole: string } {
  const error = e instanceof ApiError ? e : null
  const fields: Record<string, string> = {}
  for (const one of error?.errors ?? []) fields[one.where.replace(/^\/(body\/)?/, '')] = one.message
  return { fields, whole: error?.message || t('state.broken') }
}

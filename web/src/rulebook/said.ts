// Values in the reader's language.
import type { Json, ValueType } from '@/api/rulebook'
import { t } from '@/i18n'
import { rangeOf } from './form'
import { said } from './values'

export function useSaid() {
  return (value: Json | undefined, type?: ValueType | null) => said(value, { yes: t('rb.yes'), no: t('rb.no'), none: '—', empty: t('rb.value.empty') }, type)
}

/** What may be put in, in words: 是或否, 整数 天 ≥ 0, 甲 | 乙. */
export function useTyped() {
  const word = (type: ValueType): string => {
    if (type.name) return type.name
    if (type.words.length) return type.words.join(' | ')
    if (type.kind === 'list') return t('rb.type.list', { of: type.element ? word(type.element) : t('rb.type.any') })
    if (type.kind === 'context') return t('rb.type.context')
    const base = type.kind === 'number' ? [type.integer ? t('rb.type.integer') : type.unit ? '' : t('rb.type.number'), type.unit, rangeOf(type)].filter(Boolean).join(' ') : [t(`rb.type.${type.kind}`), rangeOf(type)].filter(Boolean).join(' ')
    return base
  }
  return (type: ValueType) => word(type) + (type.nullable ? t('rb.type.nullable') : '')
}

// Names a formula may use, with what they stand for: shown on hover.
import type { Article, Field, Parameter } from '@/api/rulebook'
import { t } from '@/i18n'
import { said } from './values'

const plain = { yes: '是', no: '否', none: '—', empty: '[]' }
export function aboutParameter(p: Parameter): string {
  const v = p.values.at(-1)?.value
  return `${said(v, plain)}${p.unit && p.unit !== '比率' ? ` ${p.unit}` : ''}${p.to_confirm ? ` (${t('rb.param.confirm')})` : ''}`
}
export function parameterNames(articles: Article[]): Map<string, string> {
  const out = new Map<string, string>()
  for (const a of articles) for (const b of a.blocks) if (b.element?.kind === 'parameter') for (const p of b.element.parameters) out.set(p.name, aboutParameter(p))
  return out
}
export function decisionNames(inputs: Field[], parameters: Parameter[]): Map<string, string> {
  const out = new Map(inputs.map((f) => [f.name, f.type.text]))
  for (const p of parameters) out.set(p.name, aboutParameter(p))
  return out
}

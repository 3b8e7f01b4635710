// What is being changed, as the form holds it, and what of it goes to the server.
import type { Ask, Options } from './types'

export interface TargetRow { figure: string; holder: string; how: 'times' | 'value'; value: string }
export interface HandoverRow { kind: 'account' | 'loan' | 'customer'; id: string; from: string; to: string; on: string; until: string; share: string }
export interface Form {
  draft: number | null
  parameters: Record<string, string> // only those that are changed
  weights: Record<string, string>
  grades: Record<string, string>
  formulas: Record<string, string>
  targets: TargetRow[]
  assignments: HandoverRow[]
  pay: string
  payOn: string
  payParameters: Record<string, string>
}

export const emptyForm = (): Form => ({ draft: null, parameters: {}, weights: {}, grades: {}, formulas: {}, targets: [], assignments: [], pay: '', payOn: '', payParameters: {} })

const text = (v: unknown) => (v === null || v === undefined ? '' : typeof v === 'string' ? v : JSON.stringify(v))

/** A value of a parameter as it was typed: a number stays an exact text, lists and truths are JSON. */
function typed(v: string): unknown {
  if (/^(true|false|\[.*\])$/s.test(v.trim())) {
    try { return JSON.parse(v) } catch { /* a text, then */ }
  }
  return v.trim()
}

const named = <K extends string>(all: Record<string, string>, key: K) =>
  Object.entries(all).filter(([, v]) => v.trim() !== '').map(([name, v]) => ({ name, [key]: v.trim() }) as { name: string } & Record<K, string>)

/** Rows that are not filled in yet are left out: they are asked about when they are whole. */
export function askOf(form: Form, scheme: string, period: string, base: number | null): Ask {
  const ask: Ask = { scheme, period }
  if (base) ask.base = base
  if (form.draft) ask.draft = form.draft
  const parameters = Object.entries(form.parameters).filter(([, v]) => v.trim() !== '').map(([name, v]) => ({ name, value: typed(v) }))
  if (parameters.length) ask.parameters = parameters
  const weights = named(form.weights, 'weight')
  if (weights.length) ask.weights = weights
  const grades = named(form.grades, 'at_least')
  if (grades.length) ask.grades = grades
  const formulas = named(form.formulas, 'formula')
  if (formulas.length) ask.formulas = formulas
  const targets = form.targets.filter((x) => x.figure && x.value.trim())
  if (targets.length) ask.targets = targets.map((x) => ({ figure: x.figure, holder: x.holder, [x.how]: x.value.trim() }))
  const moved = form.assignments.filter((x) => x.id.trim() && x.to.trim() && x.on)
  if (moved.length) ask.assignments = moved.map((x) => ({ kind: x.kind, id: x.id.trim(), from: x.from.trim(), to: x.to.trim(), on: x.on, ...(x.until && { until: x.until }), ...(x.share.trim() && { share: x.share.trim() }) }))
  if (form.pay) {
    const own = Object.entries(form.payParameters).filter(([, v]) => v.trim() !== '').map(([name, v]) => ({ name, value: typed(v) }))
    ask.pay = { pack: form.pay, ...(form.payOn && { pay_on: form.payOn }), ...(own.length && { parameters: own }) }
  }
  return ask
}

export function changes(ask: Ask): number {
  const own = ask.pay?.parameters?.length ?? 0
  return (ask.draft ? 1 : 0) + (ask.parameters?.length ?? 0) + (ask.weights?.length ?? 0) + (ask.grades?.length ?? 0) + (ask.formulas?.length ?? 0) + (ask.targets?.length ?? 0) + (ask.assignments?.length ?? 0) + own
}

/** The form of a kept one, to be changed further. A draft has moved on since: it is chosen anew. */
export function formOf(ask: Ask): Form {
  const form = emptyForm()
  for (const x of ask.parameters ?? []) form.parameters[x.name] = text(x.value)
  for (const x of ask.weights ?? []) form.weights[x.name] = x.weight
  for (const x of ask.grades ?? []) form.grades[x.name] = x.at_least
  for (const x of ask.formulas ?? []) form.formulas[x.name] = x.formula
  form.targets = (ask.targets ?? []).map((x) => ({ figure: x.figure, holder: x.holder ?? '', how: x.times ? 'times' : 'value', value: x.times ?? x.value ?? '' }))
  form.assignments = (ask.assignments ?? []).map((x) => ({ kind: x.kind, id: x.id, from: x.from ?? '', to: x.to, on: x.on, until: x.until ?? '', share: x.share === '1' ? '' : (x.share ?? '') }))
  if (ask.pay) {
    form.pay = ask.pay.pack
    form.payOn = ask.pay.pay_on ?? ''
    for (const x of ask.pay.parameters ?? []) form.payParameters[x.name] = text(x.value)
  }
  return form
}

/** A value as the options show it. */
export const valueText = (p: Options['parameters'][number]) => text(p.value)

// Shapes of suggestions, surveys, concessions, expenses, products and customers' questions; how states look.
import type { Clash } from '@/records/clash'
import { computed, ref } from 'vue'
import type { components } from '@/api/openapi'
import { nothingWrong, wrongOf } from '@/mail/said'
import { useTodos } from '@/stores/todo'

type Shapes = components['schemas']
export type SuggestionItem = Shapes['SuggestionItem']
export type Suggestion = Shapes['Suggestion']
export type SuggestionChoices = Shapes['SuggestionChoices']
export type InformationFigures = Shapes['InformationFigures']
export type SurveyItem = Shapes['SurveyItem']
export type Survey = Shapes['Survey']
export type SurveyResults = Shapes['SurveyResults']
export type Favour = Shapes['Favour']
export type FavourItem = Shapes['FavourItem']
export type FavourTotal = Shapes['FavourTotal']
export type FavourPowers = Shapes['FavourPowers']
export type FavourPreview = Shapes['FavourPreview']
export type Expense = Shapes['Expense']
export type ExpenseLeft = Shapes['ExpenseLeft']
export type ExpenseTotal = Shapes['ExpenseTotal']
export type Product = Shapes['Product']
export type ProductContact = Shapes['ProductContact']
export type Consult = Shapes['Consult']
export type Said = Suggestion['said'][number]

/** Amber for what waits, green for what is done, red for what was refused. */
export const stateClass: Record<string, string> = {
  submitted: 'amber', taken: 'teal', accepted: 'teal', done: 'green', refused: 'red', withdrawn: '',
  draft: '', running: 'teal', closed: 'green', dropped: '',
  asked: 'amber', effective: 'green', ended: '',
  checked: 'teal', paid: 'green', returned: 'red',
  proposed: 'amber', published: 'green', set: 'green',
  open: 'amber', helped: 'teal',
}

/** One thing that is sent: whether it is under way, and what was refused at which field. */
export function useSending() {
  const busy = ref(false)
  const wrong = ref(nothingWrong())
  async function send<T>(act: () => Promise<T>, clash?: Clash): Promise<T | null> {
    busy.value = true
    wrong.value = nothingWrong()
    try { return await act() } catch (e) {
      if (!(await clash?.met(e))) wrong.value = wrongOf(e)
      return null
    } finally { busy.value = false }
  }
  return { busy, wrong, send }
}

/** The day the bank works on; "" until it is known. */
export function useBankDay() {
  const todos = useTodos()
  if (!todos.summary) void todos.read()
  return computed(() => todos.summary?.today ?? '')
}
/** Quarters to choose from, and the one chosen. */
export function useQuarter(n = 6) {
  const day = useBankDay()
  const quarters = computed(() => (day.value ? quartersBack(day.value, n) : []))
  const chosen = ref('')
  const period = computed({ get: () => chosen.value || (quarters.value[0] ?? ''), set: (v: string) => { chosen.value = v } })
  return { quarters, period }
}

/** The quarter of a day: 2026Q1. */
export const quarterOf = (day: string) => `${day.slice(0, 4)}Q${Math.floor((Number(day.slice(5, 7)) + 2) / 3)}`
/** Quarters from that of the day backwards. */
export function quartersBack(day: string, n: number): string[] {
  const out: string[] = []
  let year = Number(day.slice(0, 4))
  let q = Number(quarterOf(day).slice(5))
  while (out.length < n) {
    out.push(`${year}Q${q}`)
    if (--q === 0) { q = 4; year-- }
  }
  return out
}
/** A date so many days later. */
export const later = (day: string, n: number) => new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10)
/** An amount of yuan with its separators: "1,200.00". */
export const money = (v: string | number | null | undefined) => (v === null || v === undefined ? '—' : String(v).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ','))

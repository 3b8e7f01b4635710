// Shapes of training and exams, and how a page acts: one thing at a time, errors at their fields.
import { computed, ref } from 'vue'
import { ApiError } from '@/api/client'
import type { components } from '@/api/openapi'

type Shapes = components['schemas']
export type Words = Shapes['TrainingWords']
export type Topic = Shapes['TrainingTopic']
export type Course = Shapes['TrainingCourse']
export type CourseWhole = Shapes['TrainingCourseWhole']
export type Plan = Shapes['TrainingPlan']
export type Session = Shapes['TrainingSession']
export type SessionLine = Shapes['TrainingSessionLine']
export type PersonRecord = Shapes['TrainingRecord']
export type Study = Shapes['TrainingStudy']
export type Exam = Shapes['Exam']
export type Sitting = Shapes['ExamSitting']
export type Review = Shapes['ExamReview']
export type Results = Shapes['ExamResults']
export type Question = Shapes['ExamQuestion']
export type Paper = Shapes['ExamPaper']
export interface Asked { orgs: string[]; positions: string[]; people: string[] }

export const sessionClass: Record<string, string> = { planned: 'teal', held: 'amber', closed: 'green', cancelled: '' }
export const planClass: Record<string, string> = { draft: '', submitted: 'amber', approved: 'green', returned: 'red' }
export const questionClass: Record<string, string> = { draft: 'amber', checked: 'green', retired: '' }
export const phaseClass: Record<string, string> = { early: '', open: 'teal', over: 'amber', released: 'green', cancelled: '' }
export const standingClass: Record<string, string> = { 已办: 'green', 未到期: '', 逾期未办: 'red' }
export const attendedClass: Record<string, string> = { present: 'green', late: 'amber', excused: '', absent: 'red' }
export const types = ['single', 'multiple', 'judge', 'number', 'text', 'open'] as const
export const letters = 'ABCDEFGH'

/** "4:05" of seconds; hours stand before where there are any. */
export function clock(seconds: number): string {
  const s = Math.max(0, Math.floor(seconds))
  const two = (n: number) => String(n).padStart(2, '0')
  return s >= 3600 ? `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}` : `${Math.floor(s / 60)}:${two(s % 60)}`
}

/** The tree in the order it is read, with how deep each stands. */
export function tree(topics: readonly Topic[]): { topic: Topic; depth: number }[] {
  const out: { topic: Topic; depth: number }[] = []
  const below = (parent: number | null, depth: number) => {
    for (const topic of topics.filter((one) => (one.parent ?? null) === parent)) {
      out.push({ topic, depth })
      if (depth < 8) below(topic.id, depth + 1)
    }
  }
  below(null, 0)
  return out
}

export function useAct() {
  const busy = ref(false)
  const error = ref<ApiError | null>(null)
  const wrong = computed(() => new Map((error.value?.errors ?? []).map((e) => [e.where.replace(/^\//, ''), e.message])))
  async function act<T>(what: () => Promise<T>): Promise<T | null> {
    busy.value = true
    error.value = null
    try { return await what() } catch (e) {
      error.value = e instanceof ApiError ? e : new ApiError({ code: 'client', title: String(e) })
      return null
    } finally { busy.value = false }
  }
  return { busy, error, wrong, act }
}

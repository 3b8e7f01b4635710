// The field's shapes of the contract, under the names its pages use.
import type { components } from '@/api/openapi'
import type { Field } from '@/api/rulebook'
import type { Position } from './geo'

type Shapes = components['schemas']
export type Visit = Shapes['Visit']
export type VisitItem = Shapes['VisitItem']
export type VisitPhoto = Shapes['VisitPhoto']
export type VisitBrief = Shapes['VisitBrief']
export type FieldCustomer = Shapes['FieldCustomer']
export type FieldDevice = Shapes['FieldDevice']
export type FieldTake = Shapes['FieldTake']
export type FieldTodo = Shapes['Todo']
export type VisitLimits = Shapes['VisitLimits']
export interface Checklist { id: string; title: string; items: Field[] }
export interface VisitRules extends Omit<Shapes['VisitRules'], 'checklists'> { checklists: Checklist[] }
export interface FieldDay extends Omit<Shapes['FieldDay'], 'visits' | 'rules'> { visits: (VisitItem | Visit)[]; rules: VisitRules }
export interface FieldPack extends Omit<Shapes['FieldPack'], 'day'> { day: FieldDay }

export interface FollowUp { id: string; text: string; due: string; assignee: string }
/** A photo that was taken but is not at the server yet. */
export interface NewPhoto { key: string; name: string; blob: Blob; width: number; height: number; original_size: number }
export interface PhotoNote { digest: string; original: string; name: string; note: string; taken_at: string; position: Position }
/** What the form of a visit works on; its members are those that are sent. */
export interface VisitDraft {
  customers: { id: string; name: string }[]
  place: string; day: string; time: string; purpose: string; method: string
  companions: string[]; with: string; ask: string; todos: number[]
  started: string; ended: string; position: Position; findings: string
  answers: Record<string, unknown>; follow_ups: FollowUp[]; photos: PhotoNote[]
}

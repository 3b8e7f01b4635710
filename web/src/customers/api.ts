// What the pages of the customer register ask of the server, and what they show of a refusal.
import { ApiError, get, post, put } from '@/api/client'
import type { components } from '@/api/openapi'

type Shapes = components['schemas']
export type RegisterCustomer = Shapes['RegisterCustomer']
export type CustomerIdentity = Shapes['CustomerIdentity']
export type IdentityFinding = Shapes['IdentityFinding']
export type CustomerRelation = Shapes['CustomerRelation']
export type RelationGraph = Shapes['RelationGraph']
export type DuplicatePair = Shapes['DuplicatePair']
export type CustomerMerge = Shapes['CustomerMerge']
export type CustomerGroup = Shapes['CustomerGroup']
export type CustomerGroupItem = Shapes['CustomerGroupItem']
export type CustomerCategories = Shapes['CustomerCategories']
export type CategoryEntry = Shapes['CategoryEntry']
export type CategoryItem = Shapes['CategoryItem']
export type AskedDecision = Shapes['AskedDecision']
export type BadCredit = Shapes['BadCredit']
export type FirstAccess = Shapes['FirstAccess']
export type FirstAccessForm = Shapes['FirstAccessForm']

export const relationKinds = ['spouse', 'parent', 'child', 'family', 'cohabitant', 'guarantor', 'shareholder', 'legal_representative', 'controller', 'controls', 'supplier', 'buyer'] as const
export const groupRoles = {
  household: ['head', 'spouse', 'parent', 'child', 'kin'],
  joint: ['lead', 'member'],
  group: ['parent_company', 'subsidiary', 'controller', 'affiliate'],
  affiliated: ['parent_company', 'subsidiary', 'controller', 'affiliate'],
} as const
export const causes = ['lawsuit', 'evasion', 'default', 'fraud', 'guarantee', 'court', 'other'] as const

/** What was refused: by field where the server names one, else as a whole. */
export interface Refused { whole: string; fields: Record<string, string> }
export function refusedOf(e: unknown): Refused {
  if (!(e instanceof ApiError)) return { whole: String(e), fields: {} }
  const fields: Record<string, string> = {}
  for (const x of e.errors) if (x.where && x.where !== 'there') fields[x.where.replace(/^\//, '')] = [x.message, x.hint].filter(Boolean).join(' ')
  return { whole: Object.keys(fields).length ? '' : e.message || e.title, fields }
}

export const relations = (id: string, signal?: AbortSignal): Promise<RelationGraph> => get('/customers/{id}/relations', { id }, signal)
export const identity = (id: string, signal?: AbortSignal): Promise<CustomerIdentity> => get('/customers/{id}/identity', { id }, signal)
export const groupsOf = (id: string, signal?: AbortSignal) => get('/customers/{id}/groups', { id }, signal)
export const categoriesOf = (id: string, signal?: AbortSignal): Promise<CustomerCategories> => get('/customers/{id}/categories', { id }, signal)
export const badCreditOf = (id: string, signal?: AbortSignal) => get('/customers/{id}/bad-credit', { id }, signal)
export { get, post, put }

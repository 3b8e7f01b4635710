// What is common to everything people write: versions, files, who else is at it.
import { get, post, remove, upload } from '@/api/client'
import type { components } from '@/api/openapi'

type Shapes = components['schemas']
export type RecordVersion = Shapes['RecordVersion']
export type RecordFile = Shapes['RecordFile']
export type RecordEditing = Shapes['RecordEditing']
export type WrittenHit = Shapes['WrittenHit']
export type Body = Record<string, unknown>

export const versionsOf = (kind: string, id: number | string, signal?: AbortSignal) => get('/records/{kind}/{id}/versions', { kind, id: String(id) }, signal)
export const filesOf = (kind: string, id: number | string, signal?: AbortSignal) => get('/records/{kind}/{id}/files', { kind, id: String(id) }, signal)
export const restore = (kind: string, id: number | string, version: number, seen: number, reason: string) =>
  post('/records/{kind}/{id}/restore', { version, seen, reason }, { kind, id: String(id) })
export const atWork = (kind: string, id: number | string) => post('/records/{kind}/{id}/editing', undefined, { kind, id: String(id) })
export const leaveWork = (kind: string, id: number | string) => remove('/records/{kind}/{id}/editing', { kind, id: String(id) })
export const keepFile = (file: Blob, name: string) =>
  upload('/files', new Blob([file], { type: 'application/octet-stream' }), { name, type: file.type || typeByName(name) })
export const fileLink = (digest: string) => `/api/v1/files/${digest}`
export const findWriting = (words: string, limit: number, signal?: AbortSignal, kind?: string) => get('/writing', { words, limit, ...(kind && { kind }) }, signal)

const TYPES: Record<string, string> = {
  csv: 'text/csv', txt: 'text/plain', md: 'text/plain', pdf: 'application/pdf', jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png',
  doc: 'application/msword', xls: 'application/vnd.ms-excel', ppt: 'application/vnd.ms-powerpoint',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
}
/** Some systems do not know what a file is: its name says so. */
export const typeByName = (name: string): string => TYPES[name.split('.').pop()?.toLowerCase() ?? ''] ?? ''

/** A member's value in words: lists by their items, objects by their values. */
export function said(value: unknown): string {
  if (value === null || value === undefined || value === '') return ''
  if (Array.isArray(value)) return value.map(said).filter(Boolean).join('；')
  if (typeof value === 'object' && 'digest' in value && 'name' in value) return String(value.name) // a file
  if (typeof value === 'object') return Object.values(value as Body).map(said).filter(Boolean).join(' ')
  return typeof value === 'boolean' ? (value ? '✓' : '✗') : String(value)
}

export interface Difference { member: string; before: string; after: string }
/** Members that differ, in the order of `labels` first, then of the newer one. */
export function differences(before: Body, after: Body, labels: Record<string, string>): Difference[] {
  const members = [...new Set([...Object.keys(labels), ...Object.keys(after), ...Object.keys(before)])]
  return members
    .map((member) => ({ member, before: said(before[member]), after: said(after[member]) }))
    .filter((d) => d.before !== d.after)
}

/** The version that is there, when a writer was told that somebody was faster (409 record.changed). */
export function thereOf(error: { status: number; code: string; errors: { where: string; message: string }[] }): number | null {
  if (error.status !== 409 || error.code !== 'record.changed') return null
  return Number(error.errors.find((e) => e.where === 'there')?.message ?? 0) || 0
}

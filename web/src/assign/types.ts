import type { components } from '@/api/openapi'

type Shapes = components['schemas']
export type Entry = Shapes['AssignmentEntry']
export type EntryStanding = Shapes['AssignmentStanding']
export type History = Shapes['AssignmentHistory']
export type Moved = Shapes['AssignmentMoved']['items'][number]
export type Proposal = Shapes['AssignmentProposal']
export type Claim = Shapes['Claim']
export type ClaimOne = Shapes['ClaimOne']
export type Handover = Shapes['Handover']
export type HandoverOne = Shapes['HandoverOne']
export type HandoverItem = HandoverOne['items'][number]
export interface ManagerShare { staff: string; role: 'main' | 'assist'; share: number }

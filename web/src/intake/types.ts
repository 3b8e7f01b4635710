// Short names for the shapes of these pages.
import type { components } from '@/api/openapi'

type Shapes = components['schemas']
export type CustomerField = Shapes['CustomerField']
export type CardField = Shapes['CardField']
export type CustomerCard = Shapes['CustomerCard']
export type CardRecord = NonNullable<CustomerCard['card']>
export type Prospect = Shapes['Prospect']
export type CustomerView = Shapes['CustomerView']
export type CustomerImport = Shapes['CustomerImport']
export type ImportRow = Shapes['ImportRow']
export type ImportColumns = Shapes['ImportColumns']
export type CustomerEvent = Shapes['CustomerEvent']
export type CustomerContribution = Shapes['CustomerContribution']
export type CustomerWarnings = Shapes['CustomerWarnings']
export type CustomerWritten = Shapes['CustomerWritten']
export type CustomerDocument = Shapes['CustomerDocument']
export type Body = Record<string, unknown>

// Names for the shapes of these pages; all come from the contract.
import type { components } from '@/api/openapi'

type Shapes = components['schemas']
export type RunLife = Shapes['RunLife']
export type SealVerdict = Shapes['SealVerdict']
export type Result = Shapes['Result']
export type ResultDetail = Shapes['ResultDetail']
export type Receipt = Shapes['Receipt']
export type Dispute = Shapes['Dispute']
export type Effect = Shapes['Effect']
export type Difference = Shapes['Difference']
export type DifferenceDetail = Shapes['DifferenceDetail']
export type Finding = Shapes['RiskFinding']
export type FindingDetail = Shapes['RiskFindingDetail']
export type Scan = Shapes['RiskScan']

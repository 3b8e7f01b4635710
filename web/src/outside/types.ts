// Short names for the shapes of these pages.
import type { components } from '@/api/openapi'

type Shapes = components['schemas']
export type OutsideSystem = Shapes['OutsideSystem']
export type OutsideSystems = Shapes['OutsideSystems']
export type Signal = Shapes['Signal']
export type SignalBatch = Shapes['SignalBatch']
export type CheckTarget = Shapes['CheckTarget']
export type RiskEventCount = Shapes['RiskEventCount']
export type EnteredBy = Shapes['EnteredBy']

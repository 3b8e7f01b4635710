// The shapes of simulations, as the contract says them.
import type { components } from '@/api/openapi'

type Shapes = components['schemas']
export type Ask = Shapes['SimulationAsk']
export type Options = Shapes['SimulationOptions']
export type Summary = Shapes['SimulationSummary']
export type Simulation = Shapes['Simulation']
export type Detail = Shapes['SimulationDetail']
export type Weight = NonNullable<Summary['weights']>[number]
export type Person = Shapes['SimulationHolder']
export type Cliffs = Shapes['SimulationCliffs']
export type Margins = Shapes['SimulationMargins']

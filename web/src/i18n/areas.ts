// Words that only some pages need: one pair of files an area.
import type rulebook from './rulebook-zh'
import type runs from './runs-zh'
import type assess from './assess-zh'
import type pay from './pay-zh'
import type workshop from './workshop-zh'
import type simulate from './simulate-zh'
import type todo from './todo-zh'

export type AreaKey =
  | keyof typeof rulebook
  | keyof typeof runs
  | keyof typeof assess
  | keyof typeof pay
  | keyof typeof workshop
  | keyof typeof simulate
  | keyof typeof todo

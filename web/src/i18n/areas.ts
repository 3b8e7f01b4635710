// Words that only some pages need: one pair of files an area.
import type rulebook from './rulebook-zh'
import type runs from './runs-zh'
import type assess from './assess-zh'
import type pay from './pay-zh'
import type workshop from './workshop-zh'
import type simulate from './simulate-zh'
import type todo from './todo-zh'
import type people from './people-zh'
import type customers from './customers-zh'
import type intake from './intake-zh'
import type assign from './assign-zh'
import type plans from './plans-zh'
import type field from './field-zh'
import type leads from './leads-zh'
import type mail from './mail-zh'
import type train from './train-zh'
import type advice from './advice-zh'
import type reports from './reports-zh'
import type records from './records-zh'
import type house from './house-zh'
import type outside from './outside-zh'

export type AreaKey =
  | keyof typeof rulebook
  | keyof typeof runs
  | keyof typeof assess
  | keyof typeof pay
  | keyof typeof workshop
  | keyof typeof simulate
  | keyof typeof todo
  | keyof typeof people
  | keyof typeof customers
  | keyof typeof intake
  | keyof typeof assign
  | keyof typeof plans
  | keyof typeof field
  | keyof typeof leads
  | keyof typeof mail
  | keyof typeof train
  | keyof typeof advice
  | keyof typeof reports
  | keyof typeof records
  | keyof typeof house
  | keyof typeof outside

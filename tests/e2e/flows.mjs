// What people do, each a story of its own: { roles: who logs in (the first acts), widths, work(page, t, x) }.
import * as assess from './flows_assess.mjs'
import * as desk from './flows_desk.mjs'
import * as house from './flows_house.mjs'
import * as pay from './flows_pay.mjs'
import * as reports from './flows_reports.mjs'
import * as rules from './flows_rules.mjs'
import * as runs from './flows_runs.mjs'
import * as todo from './flows_todo.mjs'
import * as workshop from './flows_workshop.mjs'
import * as simulate from './flows_simulate.mjs'
import { flows as people } from './flows_people.mjs'
import { flows as register } from './flows_register.mjs'
import { flows as intake } from './flows_intake.mjs'
import { flows as assign } from './flows_assign.mjs'
import { flows as plans } from './flows_plans.mjs'
import { flows as field } from './flows_field.mjs'
import { flows as leads } from './flows_leads.mjs'
import { flows as mail } from './flows_mail.mjs'
import { flows as train } from './flows_train.mjs'
import { flows as advice } from './flows_advice.mjs'
import { flows as queries } from './flows_queries.mjs'
import { flows as duties } from './flows_duties.mjs'
import { flows as writing } from './flows_writing.mjs'
import { flows as signals } from './flows_signals.mjs'

export const FLOWS = {
  drill: { roles: ['manager'], work: desk.drill },
  search: { roles: ['manager'], work: desk.search },
  compare: { roles: ['business'], widths: [1440], work: desk.compare },
  ranking: { roles: ['business'], work: desk.ranking },
  board: { roles: ['executive'], work: desk.board },
  customers: { roles: ['manager'], work: desk.customers },
  sheets: { roles: ['manager'], work: reports.sheets },
  rankings: { roles: ['business'], work: reports.rankings },
  print: { roles: ['manager'], widths: [1440], work: desk.print },
  keyboard: { roles: ['executive'], widths: [1440], work: desk.keyboard },
  revisit: { roles: ['manager'], widths: [1440], work: desk.revisit },
  unmask: { roles: ['manager', 'auditor'], work: house.unmask },
  verify: { roles: ['auditor'], work: house.verify },
  newcomer: { roles: ['administrator'], work: house.newcomer },
  appraise: { roles: ['business', 'administrator'], widths: [1440], work: house.appraise },
  library: { roles: ['manager'], work: rules.library },
  trial: { roles: ['manager'], work: rules.trial },
  batch: { roles: ['manager'], widths: [1440], work: rules.batch },
  revise: { roles: ['business', 'executive'], widths: [1440], work: rules.revise },
  workshop: { roles: ['business', 'executive'], widths: [1440], work: workshop.workshop },
  renaming: { roles: ['business'], widths: [1440], work: workshop.renaming },
  composing: { roles: ['business'], work: rules.composing },
  disputing: { roles: ['manager', 'hr'], work: runs.disputing },
  statement: { roles: ['manager', 'business'], work: runs.statement },
  findings: { roles: ['business', 'manager'], work: runs.findings },
  simulating: { roles: ['business', 'branch_head'], work: simulate.simulating },
  worth: { roles: ['hr'], work: simulate.worth },
  sealing: { roles: ['business'], widths: [1440], work: runs.sealing },
  assessing: { roles: ['manager'], work: assess.assessing },
  planning: { roles: ['business', 'hr'], work: assess.planning },
  results: { roles: ['business'], work: assess.results },
  promoting: { roles: ['business', 'hr', 'manager'], work: assess.promoting },
  sitting: { roles: ['hr'], work: assess.sitting },
  papers: { roles: ['hr', 'manager'], work: assess.papers },
  relatives: { roles: ['manager', 'hr'], work: assess.relatives },
  todos: { roles: ['manager'], work: todo.todos },
  team: { roles: ['branch_head'], work: todo.team },
  duties: { roles: ['business'], widths: [1440], work: todo.duties },
  payslip: { roles: ['manager'], work: pay.payslip },
  payday: { roles: ['hr', 'executive'], widths: [1440], work: pay.payday },
  deposits: { roles: ['executive', 'hr'], widths: [1440], work: pay.deposits },
  correcting: { roles: ['hr'], work: pay.correcting },
  handedOver: { roles: ['hr', 'manager'], work: pay.handedOver },
  longClick: { roles: ['hr'], work: pay.longClick },
  upload: { roles: ['administrator'], widths: [1440], work: house.upload },
  importing: { roles: ['administrator', 'executive'], widths: [1440], work: house.importing },
  ...people,
  ...register,
  ...intake,
  ...assign,
  ...plans,
  ...field,
  ...leads,
  ...mail,
  ...train,
  ...advice,
  ...queries, ...signals,
  ...duties,
  ...writing,
}

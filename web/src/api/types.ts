// The names pages use for the shapes of the contract. All come from openapi.d.ts, which `npm run types` makes
// of what the server says of itself; written by hand is only what the contract leaves open, and says so.
import type { components, paths } from './openapi'

type Shapes = components['schemas']
type Whole<O> = O extends { responses: { 200: { content: { 'application/json': infer A } } } } ? A : never
type Got<P extends keyof paths> = Whole<paths[P]['get']>

/** An exact decimal as text; explain trees may carry short ones as numbers. */
export type Decimal = string
export type Exact = Decimal | number

export type Session = Shapes['Session']
export type Scope = Session['permissions'][string] | 'none'
export type Preferences = Shapes['Preferences']
export type Overview = Shapes['Overview']
export type Problem = Shapes['Problem']
export type FieldError = NonNullable<Problem['errors']>[number]
export interface Page<T> { items: T[]; total: number; page: number; page_size: number }

/** What a login may be asked for; the contract knows permissions as names. */
export type Permission =
  | 'training.read' | 'training.manage' | 'training.approve' | 'training.teach' | 'exam.manage' | 'exam.check' | 'exam.take'
  | 'score.read' | 'score.export' | 'run.read' | 'run.make' | 'board.read' | 'customer.read' | 'personal.read' | 'import.read'
  | 'import.run' | 'user.read' | 'user.manage' | 'org.read' | 'audit.read' | 'policy.read'
  | 'assessment.read' | 'assessment.plan' | 'assessment.approve' | 'assessment.quality' | 'relation.declare'
  | 'grade.read' | 'grade.propose' | 'grade.decide' | 'grade.appeal'
  | 'todo.read' | 'todo.do' | 'todo.assign' | 'todo.manage' | 'absence.record'
  | 'policy.draft' | 'policy.approve' | 'decision.ask' | 'decision.read'
  | 'post.record' | 'team.manage' | 'role.confirm' | 'delegation.make' | 'leaving.read' | 'leaving.manage' | 'leaving.sign'
  | 'pay.read' | 'pay.make' | 'pay.approve' | 'pay.export' | 'deposit.read' | 'deposit.make' | 'deposit.approve'
  | 'run.publish' | 'run.seal' | 'dispute.file' | 'dispute.decide' | 'finding.read' | 'finding.decide' | 'finding.scan' | 'simulate.make' | 'simulate.read'
  | 'assignment.read' | 'assignment.make' | 'assignment.check' | 'claim.file' | 'claim.decide' | 'handover.make' | 'handover.sign' | 'handover.witness'
  | 'lead.read' | 'lead.write' | 'lead.assign' | 'campaign.manage' | 'campaign.check'
  | 'visit.read' | 'visit.write' | 'visit.comment' | 'device.manage'
  | 'customer.check' | 'bad_credit.write'
  | 'mail.use' | 'notice.write' | 'notice.check' | 'outbox.read' | 'outbox.release' | 'outbox.manage'
  | 'customer.write' | 'customer.import' | 'customer.export' | 'customer.fields'
  | 'favour.ask' | 'favour.decide' | 'expense.write' | 'expense.check' | 'suggestion.write' | 'suggestion.read' | 'suggestion.answer' | 'survey.manage'
  | 'report.read' | 'report.make' | 'report.share' | 'export.read' | 'signal.read' | 'signal.manage'
  | 'plan.read' | 'plan.write' | 'plan.confirm' | 'log.read' | 'log.write' | 'log.check' | 'log.count' | 'meeting.read' | 'meeting.hold'

export type SearchHit = Shapes['SearchHit']
export type ScoreSheet = Shapes['ScoreSheet']
export type SheetScore = ScoreSheet['scores'][number]
export type Peers = SheetScore['peers']
export type TrendPoint = Shapes['TrendPoint']

export type Article = Shapes['Article']
/** A node of the explain tree: each kind brings fields of its own, which the contract leaves open. */
export interface ExplainNode extends Omit<Shapes['ExplainNode'], 'value' | 'inputs'> {
  value?: Exact | null; inputs?: ExplainNode[]; [field: string]: unknown
}

export type RankingColumn = Shapes['RankingColumn']
export type RankingItem = Shapes['RankingItem']
export type Ranking = Got<'/ranking'>
export type Board = Shapes['Board']
export type BoardTile = Board['tiles'][number]
export type BoardChild = Board['children'][number]

export type ImportItem = Shapes['Import']
export type ImportReport = Shapes['ImportDetail']
export type FeedFolder = Shapes['ImportFolder']
export type Run = Shapes['Run']
export type RunDetail = Shapes['RunDetail']
export type Job = Shapes['Job']
/** The data of the event stream's `notice`. */
export interface Notice { id: string; at: string; level: 'info' | 'warn'; title: string; text: string; link: string | null }

/** The data of the event stream's `draft`: what another does with a draft of a rulebook. */
export interface DraftNews { id: number; pack: string; revision: number; what: 'changed' | 'here' | 'submitted' | 'discarded'; by: string; name: string; path: string; at: string }

export type Share = Shapes['Share']
export type Account = Shapes['Account']
export type Loan = Shapes['Loan']
export type Customer = Shapes['Customer']
export type CustomerItem = Shapes['CustomerItem']
export type Balances = Got<'/customers/{id}/balances'>
export type Transaction = Shapes['Transaction']
export type Personal = Shapes['Personal']

export type Org = Shapes['Org']
export type Staff = Shapes['Staff']
export type Login = Shapes['Login']
export type OneTime = Shapes['OneTimePassword']
export type RoleInfo = Shapes['Role']
export type RoleName = paths['/logins']['post']['requestBody']['content']['application/json']['roles'][number]
export type AuditEntry = Shapes['AuditEntry']
export type Verdict = Shapes['Verdict']

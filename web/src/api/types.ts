// The shapes of docs/api.md, by hand. `npm run types` writes the same from a server's openapi.json into
// openapi.d.ts; the names exported here are the ones pages use, so that each can become an alias of
// components['schemas'][…] without a page changing.

/** An exact decimal as text; explain trees made by the command line may carry short ones as numbers. */
export type Decimal = string
export type Exact = Decimal | number
export type Day = string
export type Moment = string

export type RoleName =
  | 'administrator' | 'manager' | 'branch_head' | 'risk_manager' | 'business' | 'hr' | 'executive' | 'auditor'
export type Permission =
  | 'score.read' | 'score.export' | 'run.make' | 'board.read' | 'customer.read' | 'personal.read' | 'import.read'
  | 'import.run' | 'user.read' | 'user.manage' | 'org.read' | 'audit.read' | 'policy.read'
export type Scope = 'none' | 'own' | 'team' | 'branch' | 'bank'

export interface Named { id: string; name: string }
export interface Place { place: number; of: number }
export interface Ranks { branch: Place | null; bank: Place | null }

export interface Session {
  login: string; staff_id: string; name: string; org: Named; roles: RoleName[]
  permissions: Partial<Record<Permission, Scope>>; must_change: boolean; csrf: string; expires: Moment
}
export interface Preferences { language: 'zh' | 'en'; theme: 'auto' | 'light' | 'dark'; unit: 'yuan' | 'wan' }

export interface PeriodInfo { period: string; kind: string; complete: boolean }
export interface SchemeInfo { scheme: string; title: string; periods: PeriodInfo[] }
export interface Overview {
  bank: string; business_date: Day | null; late_days: number; open_totals: number; schemes: SchemeInfo[]; folder_held: boolean
}

export interface FieldError { where: string; message: string; hint?: string }
export interface Problem {
  type?: string; title: string; status: number; code: string; detail?: string; instance?: string; errors?: FieldError[]
}
export interface Page<T> { items: T[]; total: number; page: number; page_size: number }

export interface SearchHit {
  kind: 'customer' | 'account' | 'staff'; id: string; name: string; note: string; customer_id?: string | null; holder?: boolean
}

export interface Peers { min: Decimal | null; max: Decimal | null; average: Decimal | null; place: number; of: number }
export interface SheetScore {
  name: string; value: Decimal | null; full: Decimal; weight: Decimal; reason: string | null
  previous: Decimal | null; peers: Peers | null; article: string
}
export interface SheetFigure {
  name: string; value: Decimal | null; unit: string; reason: string | null; previous: Decimal | null; article: string
}
export interface ScoreSheet {
  holder: { id: string; name: string; org: string; branch: string; org_name?: string; branch_name?: string }
  scheme: string; title: string; period: string; run_hash: string; pack_hash: string
  total: Decimal | null; full_total: Decimal; total_reason: string | null; grade: string | null
  next_grade: { grade: string; missing: Decimal } | null; rank: Ranks
  previous: { period: string; total: Decimal | null } | null; scores: SheetScore[]; figures: SheetFigure[]
}
export interface TrendPoint {
  period: string; total: Decimal | null; grade: string | null; rank: Ranks; scores: Record<string, Decimal | null>
}

export interface Article {
  pack: string; document: string; line: number; article: string; locator: string; text?: string; rules: string[]
}
export type NodeKind =
  | 'total' | 'score' | 'indicator' | 'peer' | 'peer_value' | 'measure' | 'parameter' | 'contribution' | 'share' | 'row' | 'subject'
export interface ExplainNode {
  kind: NodeKind; name: string; value?: Exact | null; unit?: string; reason?: string; formula?: string
  article?: Article; inputs?: ExplainNode[]; [field: string]: unknown
}

export interface RankingColumn { key: string; name: string; unit: string; kind: 'score' | 'figure'; full: Decimal | null }
export interface RankingItem {
  id: string; name: string; org: string; org_name: string; branch: string; branch_name: string
  total: Decimal | null; grade: string | null; rank: { branch: number | null; bank: number | null }
  scores: Record<string, Decimal | null>; figures: Record<string, Decimal | null>; spark: (Decimal | null)[]
}
export interface Ranking extends Page<RankingItem> { columns: RankingColumn[] }

export interface BoardTile {
  name: string; value: Decimal | null; unit: string; change: Decimal | null; plan: Decimal | null; completion: Decimal | null
}
export interface BoardChild {
  id: string; name: string; kind: string; holders: number; deposits: Decimal; deposits_change: Decimal
  loans: Decimal; total_average: Decimal | null; completion: Decimal | null
}
export interface Board {
  org: { id: string; name: string; kind: string }; period: string; tiles: BoardTile[]
  distribution: { from: Decimal; to: Decimal; count: number }[]
  movers: { id: string; name: string; total: Decimal | null; change: Decimal | null }[]
  children: BoardChild[]; series: { period: string; deposits: Decimal; loans: Decimal }[]
}

export type ImportState = 'applied' | 'replaced' | 'refused' | 'absent'
export interface ImportItem {
  business_date: Day; state: ImportState; import_id: number | null; applied_at: Moment | null; by: string | null
  rows: number; applied: number; unchanged: number; refused: number; allow_rejects: number | null; open_totals: number
}
export interface Refused { line: number; column: string | null; value: string | null; code?: string; reason: string }
export interface FileTotal {
  what: string; column: string | null; expected: Exact | null; found: Exact | null; difference: Exact | null; state: string
}
export interface FileReport {
  file: string; read: number; applied: number; unchanged: number; refused: number
  refusals: Refused[]; totals: FileTotal[]; problem: string | null; unknown_columns?: string[]
}
export interface ControlTotal {
  line: number; org_id: string; date: Day; subject: string; expected: Exact | null; found: Exact | null
  difference: Exact | null; state: string; reason: string
}
export interface ImportReport extends ImportItem { problems: string[]; files: FileReport[]; control_totals: ControlTotal[] }
export interface FeedFolder { folder: string; business_date: Day; files: number }

export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
export interface Job {
  id: string; kind: string; title: string; state: JobState; done: number; total: number; message: string
  started: Moment | null; ended: Moment | null; by: string; result: unknown
}
export interface Notice { id: string; at: Moment; level: 'info' | 'warn'; title: string; text: string; link: string | null }

export interface Share { staff: string; name: string; role: 'main' | 'assist'; share: Exact; from: Day; to: Day | null }
export interface ManagerSpan extends Share { subject_kind: 'customer' | 'account' | 'loan'; subject_id: string }
export interface Account {
  id: string; product: string; kind: string; balance: Decimal; opened_on: Day; closed_on: Day | null; shares: Share[]
}
export interface Loan {
  id: string; product: string; kind: string; guarantee: string; principal: Decimal; balance: Decimal; rate: Exact
  issued_on: Day; due_on: Day; class: string; overdue_principal: Decimal; overdue_days: number; shares: Share[]
}
export interface Customer {
  id: string; name: string; kind: string; org: string; org_name: string; is_farmer: boolean; opened_on: Day | null
  id_no_masked: string; phone_masked: string; address_masked: string
  accounts: Account[]; loans: Loan[]; deposits: Decimal; loans_total: Decimal; managers: ManagerSpan[]
}
export interface CustomerItem {
  id: string; name: string; kind: string; org: string; org_name: string; is_farmer: boolean
  deposits: Decimal; loans_total: Decimal; overdue_principal: Decimal; managers: { staff: string; name: string; role: string }[]
}
export interface Balances { from: Day; to: Day; items: { day: Day; deposits: Decimal; loans: Decimal }[] }
export interface Transaction {
  id: string; account: string; booked_at: string; amount: Decimal; balance_after: Decimal
  counter_name: string | null; counter_account_masked: string | null; kind: string; memo: string | null
}
export interface Personal { id_no: string; phone: string; address: string }

export interface Org { id: string; parent: string | null; name: string; kind: string; head: Named | null; staff: number; managers: number }
export interface Staff {
  id: string; name: string; org: string; org_name: string; position: string; title: string | null; education: string | null
  hired_on: Day | null; left_on: Day | null; phone_masked: string | null
}
export interface Login {
  login: string; staff_id: string; name: string; org: Named; roles: RoleName[]; must_change: boolean; disabled: boolean
  last_login: Moment | null
}
export interface OneTime { login: string; password: string }
export interface RoleInfo { role: RoleName; title: string; permissions: Partial<Record<Permission, Scope>> }

export interface AuditEntry {
  sequence: number; at: Moment; actor: string; action: string; subject: string; detail: unknown; hash: string; previous: string
}
export interface Verdict { records: number; head: { sequence: number; hash: string }; faults: { sequence: number; what: string }[] }

export interface PackBlock { kind: string; name: string; line: number; source: string; rules: string[] }
export interface PackArticle {
  id: string; article: string; title: string; document: string; line: number; locator: string; text: string
  rules: string[]; blocks: PackBlock[]
}
export interface PolicyPack { id: string; title: string; version: string; from: Day | null; hash: string; articles: PackArticle[] }

// Names of the contract's shapes for the pages of qualitative appraisal and grades.
import type { components } from '@/api/openapi'

type Shapes = components['schemas']
export type Plan = Shapes['AssessmentPlan']
export type PlanWhole = Shapes['AssessmentPlanWhole']
export type Spec = Shapes['AssessmentSpec']
export type Group = Shapes['AssessmentGroup']
export type Selector = Shapes['AssessmentSelector']
export type Relation = Group['relation']
export type Template = Shapes['AssessmentTemplate']
export type Form = Shapes['AssessmentForm']
export type Item = Form['items'][number]
export type Entry = Item['entries'][number]
export type Preview = Shapes['AssessmentPreview']
export type Progress = Shapes['AssessmentProgress']
export type Result = Shapes['AssessmentResult']
export type ResultWhole = Shapes['AssessmentResultWhole']
export type Quality = Shapes['AssessmentQuality']
export type Assessor = Quality['assessors'][number]
export type Sheet = Shapes['AssessmentSheet']
export type SheetWhole = Shapes['AssessmentSheetWhole']
export type Person = Shapes['AssessmentPerson']
export type Kinship = Shapes['Relation']

export type GradePlan = Shapes['GradePlan']
export type Holder = Shapes['GradeHolder']
export type GradeFile = Shapes['GradeFile']
export type Proposal = Shapes['GradeProposal']
export type Step = Shapes['GradeStep']
export type Appeal = Shapes['GradeAppealItem']
export type Career = Shapes['GradeCareer']
export type Stage = Shapes['GradeStage']
export type Authority = Shapes['GradeAuthority']
export type PeopleFact = Shapes['PeopleFact']

export const STATES = ['draft', 'approved', 'running', 'closed', 'reported'] as const
export const RELATIONS = ['superior', 'peers', 'subordinates', 'branch', 'others', 'chosen'] as const
export const KIN = ['spouse', 'parent', 'child', 'sibling', 'other'] as const
export const stateColour = { draft: 'amber', approved: '', running: 'teal', closed: '', reported: 'green' } as const

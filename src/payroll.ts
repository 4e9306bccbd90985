/** The door `clawback/payroll`: what payroll, accounting and reps get at the end of a period. */
export type { JournalLine } from './closing/journal.js';
export type { PayrollRow } from './closing/payroll.js';
export type { PayrollDeltaLine, PayrollDeltaRow } from './closing/payroll-delta.js';
export {
  type Payroll,
  type PayrollDelta,
  payNowOf,
  payrollDelta,
  recoverNowOf,
} from './closing/payroll-delta.js';
export type { PayrollLine, PayrollLineKind } from './closing/payroll-lines.js';
export type { Mover, RepVariance, Variance } from './closing/variance.js';
export type { Attained } from './explain/attainment.js';
export { closePeriod, movedPay, type PeriodEnd } from './library/payroll.js';
export type { BesideLine } from './statement/beside-invoices.js';
export type { LineSum } from './statement/line-sum.js';
export type { EventLine, Line, RiskLine, Section, Sections, WaitingLine } from './statement/sections.js';
export type { Named, Sentence } from './statement/sentence.js';
export type { DebtSources, PaidPart, Payday } from './statement/statement.js';
export { findPeriod, type Statement, type StatementInputs, statementsOf } from './statement/statement.js';
export type { PaidStep, StepSection } from './statement/steps.js';

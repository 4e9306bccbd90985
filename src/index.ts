/** The public door of the library: everything here is pure and runs wherever JavaScript does. */
export { calculate, type Inputs } from './engine/calculate.js';
export { closeOf, firstOpenIn } from './engine/close-of.js';
export { findPeriodEnd } from './engine/period-end.js';
export type {
  AssignmentRow,
  CalendarRow,
  CreditMemoRow,
  InvoiceRow,
  Ledger,
  Ledgers,
  OpeningRow,
  PaymentRow,
  PersonRow,
  QuotaRow,
  SplitRow,
  WriteOffRow,
} from './engine/r2-ledgers/columns.js';
export type { Cause } from './engine/r6-postings/order-of-day.js';
export type { Posting } from './engine/r6-postings/posting-table.js';
export type { PayRow } from './engine/r7-pay/pay.js';
export type { AppliedRow, OnAccountRow } from './engine/r8-results/applied.js';
export type { Controls, ControlTotals } from './engine/r8-results/controls.js';
export type { MonthRow, QuarterRow } from './engine/r8-results/results.js';
export type { Close, NamedPeriod } from './engine/r11-closes/close.js';
export type { Refusal, RepPerson, Result } from './engine/result.js';
export { explainLines, type LineExplanation } from './explain/lines.js';
export { explainPay, type PayExplanation } from './explain/reps.js';
export { type MappingInput, mapRecords } from './mapping/map-records.js';
export { formatMinor, type Minor } from './money.js';
export type { LevelName, LevelNumber } from './plans/levels.js';
export type { PlanInput, TermsInput } from './plans/schema.js';
export { atLevel } from './plans/terms.js';
export type { Exception, ExceptionCode } from './problems/exception.js';
export type { LedgerName, Place } from './problems/place.js';
export type { Fault, FaultCode } from './problems/problem.js';
export { type Wording, wordingOf } from './problems/wording.js';

/** The public door of the library: everything here is pure and runs wherever JavaScript does. */
export type { Change, Outcome, PayChange } from './book/change.js';
export type { Answer } from './book/day-book.js';
export { type Closing, closeOf, firstOpenIn } from './engine/close-of.js';
export { findPeriodEnd } from './engine/period-end.js';
export type { Cause } from './engine/r1-words/causes.js';
export type { PayRow } from './engine/r1-words/pay-figures.js';
export type { Ledger, Ledgers } from './engine/r2-ledgers/ledger.js';
export type { Posting } from './engine/r6-postings/posting-table.js';
export type { PayEntryRow } from './engine/r7-pay/entries.js';
export type { AppliedRow, OnAccountRow } from './engine/r8-results/applied.js';
export type { Controls, ControlTotals } from './engine/r8-results/controls.js';
export type { AttainmentRow, MonthRow, QuarterRow } from './engine/r8-results/results.js';
export type { Close, NamedPeriod } from './engine/r11-closes/close.js';
export type { Refusal, RepPerson, Result } from './engine/result.js';
export { type CashExplanation, explainCash } from './explain/cash.js';
export { explainLines, type LineExplanation } from './explain/lines.js';
export { explainPay, type PayExplanation } from './explain/reps.js';
export type { AccountRow } from './ledger-specs/accounts.js';
export type { AliasRow } from './ledger-specs/aliases.js';
export type { AssignmentRow } from './ledger-specs/assignments.js';
export type { CalendarRow } from './ledger-specs/calendar.js';
export type { CreditKind } from './ledger-specs/credit-kinds.js';
export type { CreditMemoRow } from './ledger-specs/credit-memos.js';
export type { DisputeRow } from './ledger-specs/disputes.js';
export type { DrawRow } from './ledger-specs/draws.js';
export type { EntryRow } from './ledger-specs/entries.js';
export type { FxRow } from './ledger-specs/fx.js';
export type { InvoiceRow } from './ledger-specs/invoices.js';
export type { ItemRow } from './ledger-specs/items.js';
export type { LedgerName } from './ledger-specs/ledgers.js';
export type { OpeningRow } from './ledger-specs/openings.js';
export type { PaymentRow } from './ledger-specs/payments.js';
export type { QuotaRow } from './ledger-specs/quotas.js';
export type { PersonRow } from './ledger-specs/reps.js';
export type { ScheduleRow } from './ledger-specs/schedules.js';
export type { SplitRow } from './ledger-specs/splits.js';
export type { TeamRow } from './ledger-specs/teams.js';
export type { WriteOffRow } from './ledger-specs/write-offs.js';
export { calculate } from './library/calculate.js';
export {
  type CloseJson,
  type CloseRead,
  closeFromJson,
  closeToJson,
  type JsonRow,
} from './library/close-json.js';
export { type Collected, collect, type RowSource } from './library/collect.js';
export { formatFaults } from './library/format-faults.js';
export type { AmountCell, Cell, IdCell, MinorAmount, Written } from './library/given-cell.js';
export type { Inputs, LedgerInput, LedgersInput } from './library/given-inputs.js';
export type { RowInput } from './library/given-rows.js';
export { isoDay } from './library/iso-day.js';
export { type ColumnSources, ledgerOf } from './library/ledger-of.js';
export { type Book, type BookInputs, type OpenedBook, openBook, type RowKey } from './library/open-book.js';
export { calculateOrThrow, closeOrThrow, Refused } from './library/or-throw.js';
export { type ResultJson, type ResultJsonOptions, resultToJson } from './library/result-json.js';
export { type MappingInput, mapRecords } from './mapping/map-records.js';
export { formatMinor, type Minor } from './money.js';
export type { LevelName, LevelNumber } from './plans/levels.js';
export type { PlanInput, TermsInput } from './plans/schema.js';
export { atLevel } from './plans/terms.js';
export type { Exception, ExceptionCode } from './problems/exception.js';
export type { Place } from './problems/place.js';
export type { Fault, FaultCode } from './problems/problem.js';
export { type Wording, wordingOf } from './problems/wording.js';

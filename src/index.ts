/** The public door of the library: everything here is pure and runs wherever JavaScript does. */
export type { Change, Outcome, PayChange } from './book/change.js';
export type { Answer } from './book/day-book.js';

export type { ClosedUnder, PeriodState } from './closing/period-state.js';
export type { Day } from './day.js';
export { type Closing, closeOf, firstOpenIn } from './engine/close-of.js';
export { findPeriodEnd } from './engine/period-end.js';
export type { Cause } from './engine/r1-words/causes.js';
export type { LineAccountName, LineAmounts } from './engine/r1-words/line-accounts.js';
export type { PayFigure, PayRow } from './engine/r1-words/pay-figures.js';
export type { CashLedger } from './engine/r2-ledgers/books.js';
export type { Period } from './engine/r2-ledgers/calendar.js';
export type { Ledger, LedgerOrigin, Ledgers, RowSums, Rows } from './engine/r2-ledgers/ledger.js';
export type { RowTotal } from './engine/r2-ledgers/reading.js';
export type { Posting, PostingTable } from './engine/r6-postings/posting-table.js';
export type { EntryKind, PayEntryRow } from './engine/r7-pay/entries.js';
export type { AppliedRow, OnAccountRow, UnappliedRow } from './engine/r8-results/applied.js';
export type { Controls, ControlTotals } from './engine/r8-results/controls.js';
export type { AttainmentRow, MonthRow, QuarterRow } from './engine/r8-results/results.js';
export type { Close, NamedPeriod, PayPeriod } from './engine/r11-closes/close.js';
export type { Calculation, PostedResult, Refusal, RepPerson, Result } from './engine/result.js';
export type { Keep, Working } from './engine/working.js';
export type { CashChange } from './explain/cash.js';
export { type CashExplanation, explainCash } from './explain/cash.js';
export type { Collection, RepCollection } from './explain/days-to-collect.js';
export type { KeepingCommission, OpenDispute, OpenLine, OpenPart } from './explain/forecast/open-lines.js';
export type { NamedLine } from './explain/line-history/line-name.js';
export type { ItemExplanation, QuotaExplanation, TimedExplanation } from './explain/lines.js';
export { explainLines, type LineExplanation } from './explain/lines.js';
export { explainPay, type PayExplanation } from './explain/reps.js';
export type { SliceExplanation } from './explain/slices.js';
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
export type { LedgerName, SpecOf } from './ledger-specs/ledgers.js';
export type { OpeningRow } from './ledger-specs/openings.js';
export type { PaymentRow } from './ledger-specs/payments.js';
export type { QuotaRow } from './ledger-specs/quotas.js';
export type { PersonRow } from './ledger-specs/reps.js';
export type { ScheduleRow } from './ledger-specs/schedules.js';
export type { ColumnKind, CountedAs, LedgerFacts, LedgerSpec, RowOf } from './ledger-specs/spec.js';
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
export type { MappingContext } from './mapping/map-ledger.js';
export { type MappingInput, mapRecords } from './mapping/map-records.js';
export type { Rounding, Units } from './money.js';
export { formatMinor, type Minor } from './money.js';
export type { NewNames } from './names.js';
export type { Level, LevelKey, LevelName, LevelNumber } from './plans/levels.js';
export type {
  AccountRole,
  AgeingTerms,
  AttainmentWindow,
  Band,
  CapTerms,
  CashTerms,
  CategoryRate,
  ClawbackTerms,
  Company,
  JournalTerms,
  Measure,
  PayoutTerms,
  Plan,
  Rate,
  RecoveryTerms,
  SaleLimits,
  Terms,
  TimingBand,
  TimingTerms,
  Tolerance,
  VarianceTerms,
} from './plans/plan.js';
export { atLevel } from './plans/terms.js';
export type {
  CashPlan,
  CategoryRateInput,
  ClawbackInput,
  ClawbackPlan,
  EarnOnCollectionPlan,
  EveryPlan,
  NoLinkagePlan,
  PartialHoldPlan,
  PayOnCollectionPlan,
  PlanInput,
  PlanVersion,
  RateTableInput,
  SalesPlan,
  TermsInput,
  TimingInput,
} from './plans/terms-input.js';
export type { Exception, ExceptionCode, ExceptionFacts } from './problems/exception.js';
export type { Place, TermsPath } from './problems/place.js';
export type { Fault, FaultCode, FaultFacts, FaultOf } from './problems/problem.js';
export type { Surroundings } from './problems/wording.js';
export { type Wording, wordingOf } from './problems/wording.js';
export type { Ratio } from './ratio.js';

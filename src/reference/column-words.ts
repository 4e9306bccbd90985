/** What each column of a ledger and of a result file holds, in words: the text of `docs/columns.md`. */

import type { LINE_ACCOUNTS } from '../engine/r1-words/line-accounts.js';
import type { PayFigure } from '../engine/r1-words/pay-figures.js';
import type { LedgerName, SpecOf } from '../ledger-specs/ledgers.js';

type ColumnOf<Name extends LedgerName> = keyof SpecOf<Name>['columns'];

/** The columns of the ledgers that comp reads. A column without words here does not compile. */
export const LEDGER_WORDS: { readonly [Name in LedgerName]: Readonly<Record<ColumnOf<Name>, string>> } = {
  invoices: {
    invoice_id: 'the number of the invoice',
    customer_id: 'who owes it',
    rep_id: 'who is paid commission on it; blank where splits name the reps, or where it `reverses` another',
    booking_date: 'the day of the sale, which fixes the rate; the invoice date where blank (R2.3)',
    invoice_date: 'the day of the invoice',
    due_date: 'the day by which it is to be paid; needed by plans with `pastDueDays` (R5.6)',
    amount: 'what commission is paid on: net of tax, freight and fees (R2.2)',
    total: 'what the customer owes, with tax; the amount where blank (R2.2)',
    cost: 'what the goods cost; needed where gross profit is paid on or measured (R3.1)',
    currency: "the workspace's currency where blank",
    category: 'what was sold, where one category holds for the whole invoice (R13.1)',
    reverses: 'for an invoice below 0: the invoice that it is a credit memo on (R2.4)',
    commission:
      'what its reps earn on it; read with an `openings` ledger only, for sales booked before the opening',
  },
  payments: {
    payment_id: 'the number of the payment; one payment may be on several rows, one for each invoice',
    invoice_id: 'the invoice that it pays; blank where the row names its customer only (see `applyCash`)',
    payment_date: 'the day of the receipt',
    amount: 'what was received; below 0 for a refund or a returned payment (R2.4)',
    customer_id: 'who paid; needed where the invoice is blank',
    currency: "the invoice's currency where blank (R15.3)",
    discount: 'what was let go with it for early payment (R30.2)',
    collector_id: 'who collected it, for plans that pay collectors (R12.4)',
  },
  writeOffs: {
    write_off_id: 'the number of the write-off',
    invoice_id: 'the invoice that is written off; blank where the row names its customer only',
    write_off_date: 'the day of the write-off',
    amount: 'what is written off; below 0 where it reverses an earlier one (R2.4)',
    reason: 'for people; nothing depends on it',
    customer_id: 'whose debt it was; needed where the invoice is blank',
    currency: "the invoice's currency where blank (R15.3)",
  },
  creditMemos: {
    credit_memo_id: 'the number of the credit memo',
    invoice_id: 'the invoice that is credited; blank where the row names its customer only',
    credit_date: 'the day of the credit memo',
    amount: 'what the customer owes less, with tax; below 0 where it reverses an earlier one (R2.4)',
    customer_id: 'who is credited; needed where the invoice is blank',
    currency: "the invoice's currency where blank (R15.3)",
    commissionable:
      "how much of the invoice's amount is taken back, where it is not the same share as of the total (R26.1)",
    cost: 'how much of its cost is taken back (R26.1)',
    rep_id: 'whose share is taken back; of all its reps where blank (R26.1)',
  },
  splits: {
    invoice_id: 'the invoice that is shared',
    rep_id: 'who shares it',
    share: 'how much of it: `60%` or `0.6` (R2.5)',
    amount: "or the rep's part of the invoice's amount",
  },
  assignments: {
    rep_id: 'who has the plan',
    plan_id: 'the `id` of a plan in comp.yaml',
    from: 'the first day of sales under it (R2.6)',
    to: 'the last day; blank where there is no end',
  },
  quotas: {
    rep_id: 'whose quota it is',
    quarter:
      'the fiscal quarter, such as `2025-Q1`, a date in it (R2.9), or a month of it, `2025-03` (R12.5)',
    quota: 'what the rep is to book in it',
    credit: 'what the quota is for: `own` sales (where blank), those of a `team`, or `cash` (R12.2)',
  },
  calendar: {
    quarter: 'the fiscal quarter, such as `2025-Q1` (R2.10)',
    from: 'its first day, or that of the month',
    to: 'its last day, or that of the month',
    month: 'the month, such as `2025-03`; needed where pay is monthly',
  },
  openings: {
    rep_id: 'who brings it into the workspace',
    date: 'the last day before the workspace begins, the same for all reps',
    owed: 'what the rep owes at the end of that day',
    booked: "the rep's sales of the fiscal year so far",
    booked_gross_profit: 'the same as gross profit',
  },
  reps: {
    rep_id: 'the rep',
    name: 'the name on statements',
    email: 'for people',
    manager_id: "the rep's manager, who need not be a rep",
    left: 'the last day of employment; blank while employed',
  },
  teams: {
    rep_id: 'whose sales the manager is credited with',
    manager_id: 'the manager',
    from: 'the first day (R12.3)',
    to: 'the last day; blank where there is no end',
    share: "how much of the rep's credit; 100% where blank",
  },
  items: {
    invoice_id: 'the invoice that the item is on',
    item_id: 'the number of the item on the invoice',
    category: 'what was sold (R13.1)',
    amount: "its part of the invoice's amount; the items of an invoice add up to it",
    cost: 'what it cost; on all items of an invoice, or on none',
  },
  fx: {
    currency: 'the currency that is converted',
    date: 'the first day of the rate, which applies until the next one of its currency (R15.1)',
    rate: "units of the workspace's currency for one unit of this one",
  },
  accounts: {
    customer_id: 'the customer',
    rep_id: 'the rep who looks after the customer',
    from: 'the first day',
    to: 'the last day; blank where there is no end',
    share: "the rep's share; 100% where blank",
  },
  schedules: {
    invoice_id: 'the invoice that is due in instalments',
    due_date: 'the day by which an instalment is to be paid',
    amount: "what is due then; an invoice's instalments add up to its total",
  },
  disputes: {
    invoice_id: 'the invoice that is disputed',
    from: 'the first day of the dispute, on which the clock of `pastDueDays` stops',
    to: 'the last day; blank while it is open',
    reason: 'for people; nothing depends on it',
  },
  entries: {
    entry_id: 'the number of the entry',
    rep_id: 'whose pay it is in',
    date: 'the day that it counts',
    kind: '`bonus`; `waiver`, where the company lets a debt go; `repayment`, where the rep pays back in cash (R21.1)',
    amount: 'above 0; a bonus below 0 is a deduction',
    invoice_id: 'the invoice that it is about; nothing depends on it',
    reason: 'for people; nothing depends on it',
  },
  draws: {
    rep_id: 'who is paid so much at least',
    from: 'the first day (R24.1)',
    to: 'the last day; blank where there is no end',
    amount: 'what is paid at least in a pay period; by its days where the row covers a part of it',
    kind: '`recoverable`, an advance on later commission, which is what a blank means; or `guarantee`',
  },
};

/** The figures of pay. */
export const PAY_WORDS: Readonly<Record<PayFigure, string>> = {
  earned: 'commission that the rep has a right to',
  advanced: 'the part of it that is payable without waiting for cash',
  released: 'held commission that cash has made payable',
  forfeited: 'held commission that is never paid, because the cash never came',
  heldOpening: 'what waits for cash at the start',
  held: 'what waits for cash at the end: held_opening + earned − advanced − released − forfeited (R6.3)',
  payable: 'advanced + released, before clawbacks',
  clawedBack: 'advanced commission that is taken back (R5.6)',
  reinstated: 'clawed-back commission that is given back (R5.7)',
  owedOpening: 'what the rep owes at the start',
  charged: 'invoices that came to less than 0 in the period, as an amount above 0 (R7.2)',
  cancelled: 'debt that reinstatements cancel (R7.2)',
  recovered: 'debt that is withheld from the gains of the period (R7.2)',
  paid: 'what payroll pays (R7.4)',
  owed: 'what the rep owes at the end, carried forward',
  adjusted: 'bonuses, less deductions',
  capped: 'what goes beyond a cap, and is not paid; below 0 where less does than before',
  waived: 'debt that the company lets go',
  repaid: 'what the rep pays back in cash',
  settled: 'the part of what is repaid that settles debt',
  guaranteed: 'what is added up to a guarantee',
  drawn: 'what is advanced up to a draw, and is owed from then on',
  carriedOpening: 'what was too little to be paid out, at the start',
  carried: 'what is too little to be paid out, and is carried forward',
};

/** The amounts of a posting: how the event changes each. */
export const ACCOUNT_WORDS: Readonly<Record<keyof typeof LINE_ACCOUNTS, string>> = {
  earned: 'how what is earned changes (R6.1)',
  advanced: 'how what is advanced changes',
  released: 'how what is released changes',
  held: 'how what is held changes',
  forfeited: 'how what is forfeited changes',
  clawedBack: 'how what is clawed back changes; below 0 where it is reinstated',
};

/** The other columns of results, where every file means the same by them. */
export const RESULT_WORDS: Readonly<Record<string, string>> = {
  rep_id: 'the rep',
  quarter: 'the fiscal quarter',
  month: 'the month, `YYYY-MM`',
  currency: 'the currency of all amounts',
  bookings: 'sales of the quarter, less credit memos, in what the plan measures (R3.2)',
  quota: "the quarter's own quota; blank without one",
  attainment:
    "bookings ÷ quota in the plan's window at the end (R4.2), as a decimal: `0.8500` is 85%; blank without a quota",
  date: 'the day',
  period: 'the pay period',
  invoice_id: 'the invoice, or blank if the row names none',
  customer_id: 'the customer',
  plan_id: 'the plan that priced the sale',
  level: 'the level of the plan, 0 to 4',
  cause: 'what happened (R6.2)',
  source_id: 'the id of the row behind it',
  event_date: 'once a period is closed: when it happened',
  adjusts: 'once a period is closed: the closed period that this corrects; blank otherwise (R11.2)',
  code: 'the kind of exception',
  ledger: 'the ledger of the row',
  row: 'the line of the file; blank where it is about no row',
  id: 'the row or invoice that it is about',
  message: 'what it is, and what was done with the row',
  pay_period: 'the pay period',
  pay_by: 'the day by which it is to be paid (`payWithin`)',
  entry: 'the kind of journal entry',
  account: 'the account, as `journal.accounts` names it',
  debit: 'the debit; 0 where it is a credit',
  kind: 'what the row is',
  entry_id: 'the id of the entry',
  reason: 'why, as entered',
  earned_in: 'of what is paid: the pay period in which it was earned',
  first_paid_in: 'of what is recovered: the calendar year in which it was first paid',
  amount: 'the amount',
  due_date: 'when the invoice is due',
  applied_date: 'the day on which it was applied',
  open_before: 'what was open on the invoice before',
  applied: 'what was applied to it',
  open_after: 'what is open on it after',
  left: 'what is left on account',
  section: 'the section of the statement',
  line: "the line's number on the page",
  rate: 'the rate of the sale',
  text: 'the sentence on the page',
  instalment: 'the instalments that the line is about; blank if it is about the whole invoice (R16.2)',
  disputed_since: 'the first day of the dispute that is open on the invoice; blank if none is (R16.5)',
  credit: 'what is credited: `own` sales, those of a `team`, or `cash` (R12.1)',
  window: "the plan's window of attainment: `month`, `quarter`, `year-to-date` or `year`",
  window_bookings: 'bookings in the window',
  window_quota: 'the quota of the window',
};

/** What a column means in `journal.csv` alone. */
export const JOURNAL_WORDS: Readonly<Record<string, string>> = {
  credit: 'the credit; 0 where it is a debit',
};

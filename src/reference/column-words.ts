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
    rep_id:
      'who is paid commission on it; blank if splits name the reps, or if it `reverses` another invoice',
    booking_date: 'the day of the sale, which fixes the rate; the invoice date if blank (R2.3)',
    invoice_date: 'the day of the invoice',
    due_date: 'the day by which it is to be paid; required by plans with `pastDueDays` (R5.6)',
    amount: 'what commission is paid on: net of tax, freight and fees (R2.2)',
    total: 'what the customer owes, with tax; the amount if blank (R2.2)',
    cost: 'what the goods cost; required by plans that pay on gross profit or measure it (R3.1)',
    currency: "the workspace's currency if blank",
    category: 'what was sold, if the whole invoice has one category (R13.1)',
    reverses: 'for an invoice below 0: the invoice that it is a credit memo on (R2.4)',
    commission:
      'what all its reps earn on it, before credit memos and in its own currency; only with an `openings` ledger, for sales booked before the opening',
    team_commission: 'the same for all managers of its reps, if their plan pays by attainment',
  },
  payments: {
    payment_id: 'the number of the payment; one payment may be on several rows, one for each invoice',
    invoice_id: 'the invoice that it pays; blank if the row names only its customer (see `applyCash`)',
    payment_date: 'the day of the receipt',
    amount: 'what was received; below 0 for a refund or a returned payment (R2.4)',
    customer_id: 'who paid; required if the invoice is blank',
    currency: "the invoice's currency if blank (R15.3)",
    discount: 'the discount granted with it for early payment (R30.2)',
    collector_id: 'who collected it, for plans that pay collectors (R12.4)',
  },
  writeOffs: {
    write_off_id: 'the number of the write-off',
    invoice_id: 'the invoice that is written off; blank if the row names only its customer',
    write_off_date: 'the day of the write-off',
    amount: 'what is written off; below 0 if it reverses an earlier one (R2.4)',
    reason: 'for readers only; nothing depends on it',
    customer_id: 'whose debt it was; required if the invoice is blank',
    currency: "the invoice's currency if blank (R15.3)",
  },
  creditMemos: {
    credit_memo_id: 'the number of the credit memo',
    invoice_id: 'the invoice that is credited; blank if the row names only its customer',
    credit_date: 'the day of the credit memo',
    amount:
      'by how much it lowers what the customer owes, with tax; below 0 if it reverses an earlier one (R2.4)',
    customer_id: 'who is credited; required if the invoice is blank',
    currency: "the invoice's currency if blank (R15.3)",
    commissionable:
      "how much of the invoice's amount is taken back, if that is not the same share as of the total (R26.1)",
    cost: 'how much of its cost is taken back (R26.1)',
    rep_id: 'whose share is taken back; if blank, that of all its reps (R26.1)',
  },
  splits: {
    invoice_id: 'the invoice that is shared',
    rep_id: 'who shares it',
    share: 'how much of it: `60%` or `0.6` (R2.5)',
    amount: "in place of a share: the rep's part of the invoice's amount",
  },
  assignments: {
    rep_id: 'who has the plan; `*` for every rep without an assignment of their own that day (R2.6)',
    plan_id: 'the `id` of a plan in comp.yaml',
    from: 'the first booking date that it covers (R2.6)',
    to: 'the last day; blank if there is no end',
  },
  quotas: {
    rep_id: 'whose quota it is',
    quarter:
      'the fiscal quarter, such as `2025-Q1`, a date in it (R2.9), or a month of it, `2025-03` (R12.5)',
    quota: 'what the rep should book in that period',
    credit: 'what the quota is for: `own` sales (if blank), those of a `team`, or `cash` (R12.2)',
  },
  calendar: {
    quarter: 'the fiscal quarter, such as `2025-Q1` (R2.10)',
    from: 'the first day of the quarter, or of the month',
    to: 'the last day of the quarter, or of the month',
    month: 'the month, such as `2025-03`; required if pay is monthly',
  },
  openings: {
    rep_id: 'the rep whose balances these are',
    date: 'the last day before the workspace begins, the same for all reps',
    owed: 'what the rep owes at the end of that day; the rows of a rep add up',
    booked: 'what the rep was credited with in the fiscal year so far',
    booked_gross_profit: 'the same in gross profit',
    credit: 'the kind of credit of `booked`: `own` sales (if blank), those of a `team`, or `cash` (R12.2)',
  },
  reps: {
    rep_id: 'the rep',
    name: 'the name on statements',
    email: 'for readers only; nothing depends on it',
    manager_id: "the rep's manager, who need not be a rep",
    left: 'the last day of employment; blank while employed',
  },
  teams: {
    rep_id: 'whose sales the manager is credited with',
    manager_id: 'the manager',
    from: 'the first day (R12.3)',
    to: 'the last day; blank if there is no end',
    share: "how much of the rep's credit; 100% if blank",
  },
  items: {
    invoice_id: 'the invoice that the item is on',
    item_id: 'the number of the item on the invoice',
    category: 'what was sold (R13.1)',
    amount: "the item's part of the invoice's amount; all items of an invoice add up to that amount",
    cost: 'what the item cost; for all items of an invoice, or for none',
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
    to: 'the last day; blank if there is no end',
    share: "the rep's share; 100% if blank",
  },
  schedules: {
    invoice_id: 'the invoice that is due in instalments',
    due_date: 'the day by which an instalment is to be paid',
    amount: "what is due then; an invoice's instalments add up to its total",
  },
  disputes: {
    invoice_id: 'the invoice that is disputed',
    from: 'the first day of the dispute, from which on days do not count as days late',
    to: 'the last day; blank while it is open',
    reason: 'for readers only; nothing depends on it',
  },
  entries: {
    entry_id: 'the number of the entry',
    rep_id: 'whose pay it is in',
    date: 'the day on which it counts',
    kind: '`bonus`; `waiver`, by which the company waives debt; or `repayment`, which the rep pays back in cash (R21.1)',
    amount: 'above 0; a bonus below 0 is a deduction',
    invoice_id: 'the invoice that it is about; nothing depends on it',
    reason: 'for readers only; nothing depends on it',
  },
  aliases: {
    rep_id: 'what the rep is called now',
    was: 'what the rep was called before; closes and ledgers may still call the rep so',
  },
  draws: {
    rep_id: 'who is paid at least this amount',
    from: 'the first day (R24.1)',
    to: 'the last day; blank if there is no end',
    amount: 'the least that is paid in a pay period; prorated by days if the row covers only part of it',
    kind: '`recoverable` (if blank), an advance on later commission; or `guarantee`, which the rep keeps',
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
  capped: 'what exceeds a cap and is not paid; below 0 if less exceeds it than before',
  waived: 'debt that the company waives',
  repaid: 'what the rep pays back in cash',
  settled: 'the part of what is repaid that settles debt',
  guaranteed: 'what is added to reach a guarantee',
  drawn: 'what is advanced to reach a draw, and is owed from then on',
  carriedOpening: 'what is carried forward from the period before, because it was too small to be paid out',
  carried: 'what is too small to be paid out, and is carried forward',
};

/** The amounts of a posting: how the event changes each. */
export const ACCOUNT_WORDS: Readonly<Record<keyof typeof LINE_ACCOUNTS, string>> = {
  earned: 'the change in what is earned (R6.1)',
  advanced: 'the change in what is advanced',
  released: 'the change in what is released',
  held: 'the change in what is held',
  forfeited: 'the change in what is forfeited',
  clawedBack: 'the change in what is clawed back; below 0 if it is reinstated',
};

/** The other columns of results, where every file means the same by them. */
export const RESULT_WORDS: Readonly<Record<string, string>> = {
  rep_id: 'the rep',
  quarter: 'the fiscal quarter',
  month: 'the month, `YYYY-MM`',
  currency: 'the currency of all amounts',
  bookings:
    'sales of the quarter, less credit memos, in revenue or gross profit, as the plan measures them (R3.2)',
  quota: "the quarter's own quota; blank without one",
  attainment:
    "bookings ÷ quota of the plan's window at the end of the quarter (R4.2), as a decimal: `0.8500` is 85%; blank without a quota",
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
  row: 'the line of the file; blank if it is not about a row',
  id: 'the row or invoice that it is about',
  message: 'what it is, and what was done with the row',
  pay_period: 'the pay period',
  pay_by: 'the day by which it is to be paid (`payWithin`)',
  entry: 'the kind of journal entry',
  account: 'the account, as `journal.accounts` names it',
  debit: 'the debit; 0 if it is a credit',
  kind: 'the kind of entry, or of payroll line',
  entry_id: 'the id of the entry',
  reason: 'why, as entered',
  earned_in: 'for what is paid: the pay period in which it was earned',
  first_paid_in: 'for what is recovered: the calendar year in which it was first paid',
  amount: 'the amount',
  paid_before: 'what payroll has as paid for the period already (R11.9)',
  pay_now: 'what payroll pays on top of it: paid − paid_before; below 0 if it is taken back',
  recovered_before: 'what payroll has as recovered already',
  recover_now: 'what payroll withholds on top of it: recovered − recovered_before',
  amount_before: 'the amount that payroll has already; 0 if it has none of this part',
  change: 'amount − amount_before',
  due_date: 'when the invoice is due',
  applied_date: 'the day on which it was applied',
  open_before: 'what was open on the invoice before it was applied',
  applied: 'what was applied to it',
  open_after: 'what is open on the invoice afterwards',
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
  credit: 'the credit; 0 if it is a debit',
};

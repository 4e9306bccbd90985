/** When invoices are due: in instalments or at once, and the days that do not count (R16.2, R16.5). */
import { type Amount, amountAt, type Counting, exactly, plus } from '../../amount.js';
import { type Day, dayAt, isoOf } from '../../day.js';
import { groupedBy } from '../../grouped.js';
import type { LedgerEntry } from '../../ledger-specs/ledgers.js';
import { formatUnits } from '../../money.js';
import { exception } from '../../problems/exception.js';
import type { Findings } from '../findings.js';
import { NO_DAY } from '../r2-ledgers/ledger-table.js';
import { inWords, type Setting } from '../setting.js';
import { type DisputedDays, disputedDays, NO_DISPUTE } from './disputes.js';

/** A part of an invoice's total with its due date: what lies between two points of the axis from 0 to the total. */
export interface Instalment {
  readonly from: Amount;
  /** `D(j)` (R16.2). */
  readonly to: Amount;
  /** Undefined where the invoice has no due date. */
  readonly due: Day | undefined;
}

/** When the parts of one invoice are due. */
export interface DueTerms {
  /** In order of due date; one where the invoice has no schedule. */
  readonly instalments: readonly Instalment[];
  readonly disputed: DisputedDays;
}

/** When every invoice is due. */
export interface Dues {
  /** Whether no invoice has a schedule or a dispute. */
  readonly isPlain: boolean;
  /** Of an invoice that has a schedule or a dispute. Most have neither, and only a due date. */
  find(invoice: number): DueTerms | undefined;
  /** Of any invoice. */
  of(invoice: number): DueTerms;
  /** Whether each part of the invoice has a due date (R2.3). */
  isDated(invoice: number): boolean;
}

/** Reads schedules and disputes by invoice. Those of an invoice that is not there are set aside (R9.2). */
export function duesOf(setting: Setting, findings: Findings): Dues {
  const { books, counting } = setting;
  const { schedules, disputes } = books.plain;
  const { due, totals } = books.invoices;
  checkRows(setting, findings);
  const instalments = new Map<number, readonly Instalment[]>();
  for (const [invoice, rows] of byInvoice(setting, 'schedules', schedules, findings)) {
    checkSum(setting, invoice, rows, findings);
    instalments.set(invoice, onAxis(rows, counting));
  }
  const disputed = new Map<number, DisputedDays>();
  for (const [invoice, rows] of byInvoice(setting, 'disputes', disputes, findings)) {
    disputed.set(invoice, disputedDays(rows));
  }
  const atOnce = (invoice: number): readonly Instalment[] => {
    const day = dayAt(due, invoice);
    return [{ from: counting.zero, to: amountAt(totals, invoice), due: day === NO_DAY ? undefined : day }];
  };
  const of = (invoice: number): DueTerms => ({
    instalments: instalments.get(invoice) ?? atOnce(invoice),
    disputed: disputed.get(invoice) ?? NO_DISPUTE,
  });
  const isPlain = instalments.size === 0 && disputed.size === 0;
  return {
    isPlain,
    find: (invoice) =>
      isPlain || !(instalments.has(invoice) || disputed.has(invoice)) ? undefined : of(invoice),
    of,
    isDated: (invoice) => due[invoice] !== NO_DAY || instalments.has(invoice),
  };
}

type ScheduleEntry = LedgerEntry<'schedules'>;

/** R16.2: in order of due date, from 0 to the total. */
function onAxis(rows: readonly ScheduleEntry[], counting: Counting): readonly Instalment[] {
  let from: Amount = counting.zero;
  return [...rows]
    .sort((a, b) => a.due_date - b.due_date)
    .map(({ due_date: due, amount }) => {
      const part = { from, to: plus(from, counting.units(amount)), due };
      from = part.to;
      return part;
    });
}

/** R16.2, R16.5: instalments are above 0, and disputes do not end before they begin (R9.1). */
function checkRows({ books }: Setting, findings: Findings): void {
  const { schedules, disputes } = books.plain;
  for (const { row, amount } of schedules) {
    if (amount > 0n) continue;
    const place = { kind: 'row', ledger: 'schedules', row, column: 'amount' } as const;
    const found = formatUnits(amount, books.scale, 0);
    findings.addFault({ code: 'not-above-zero', place, column: 'amount', found });
  }
  for (const { row, from, to } of disputes) {
    if (to === undefined || to >= from) continue;
    const place = { kind: 'row', ledger: 'disputes', row, column: 'to' } as const;
    findings.addFault({ code: 'to-before-from', place, from: isoOf(from), to: isoOf(to) });
  }
}

/** R16.2: the instalments add up to the invoice's total. */
function checkSum(
  setting: Setting,
  invoice: number,
  rows: readonly ScheduleEntry[],
  findings: Findings,
): void {
  const { books, doubtful } = setting;
  const sum = rows.reduce((all, { amount }) => all + amount, 0n);
  const total = exactly(amountAt(books.invoices.totals, invoice));
  if (sum === total || doubtful.schedules) return;
  // The first by due date, so that row order changes no message.
  const [first] = [...rows].sort((a, b) => a.due_date - b.due_date) as [ScheduleEntry];
  findings.addFault({
    code: 'schedule-differs',
    place: { kind: 'row', ledger: 'schedules', row: first.row, column: 'amount' },
    invoice: books.invoices.ids.at(invoice),
    found: inWords(setting, sum),
    expected: inWords(setting, total),
  });
}

/** The rows of the invoices that are there. */
function byInvoice<Row extends { readonly row: number; readonly invoice_id: string }>(
  { books }: Setting,
  ledger: 'schedules' | 'disputes',
  rows: readonly Row[],
  findings: Findings,
): ReadonlyMap<number, readonly Row[]> {
  if (rows.length === 0) return new Map();
  const groups = groupedBy(rows, ({ invoice_id: id }) => books.invoices.sales.findText(id));
  for (const { row, invoice_id: id } of groups.get(UNKNOWN) ?? []) {
    findings.addException(exception('unknown-invoice', { ledger, row, id }, { invoice: id, amount: '' }));
  }
  groups.delete(UNKNOWN);
  return groups;
}

const UNKNOWN = -1;

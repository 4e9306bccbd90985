/** What has changed in closed periods since they were closed, by rep and closed period (R11.2). */
import { counted } from '../counted.js';
import { displayed } from '../displayed.js';
import { netOf } from '../engine/r1-words/line-accounts.js';
import type { Result } from '../engine/result.js';
import { formatMinor, type Minor } from '../money.js';
import { byCodeUnit } from '../order.js';
import { minorCell } from './amounts.js';
import type { ReportOptions } from './style.js';
import { shortened, type TableColumn, tableText } from './table.js';

/** Beyond this many rows the table shows how many more there are. */
const MOST_ROWS = 10;

/** What adjusts one closed period of one rep; amounts in the currency's minor unit. */
export interface Adjustment {
  readonly repId: string;
  readonly adjusts: string;
  readonly invoices: ReadonlySet<string>;
  /** How much more is to be paid, or less where it is below 0 (R7.2). */
  readonly payable: Minor;
  readonly held: Minor;
}

/** The section of the summary; empty where nothing has changed. */
export function adjustmentsText(result: Result, { style, out }: ReportOptions): string[] {
  const adjustments = adjustmentsOf(result);
  const [first] = result.adjustments;
  if (first === undefined) return [];
  const money = (amount: Minor) => minorCell(amount, result.currency);
  const columns: TableColumn[] = [
    { title: 'rep', align: 'left' },
    { title: 'adjusts', align: 'left' },
    { title: 'invoices', align: 'right' },
    { title: 'payable', align: 'right' },
    { title: 'held', align: 'right' },
  ];
  const shown = adjustments.slice(0, MOST_ROWS);
  const rows = shown.map(({ repId, adjusts, invoices, payable, held }) => [
    shortened(displayed(repId), style),
    adjusts,
    `${invoices.size}`,
    money(payable),
    money(held),
  ]);
  const sum = (of: (one: Adjustment) => Minor) => adjustments.reduce((all, one) => all + of(one), 0n);
  const total = ['total', '', '', money(sum(({ payable }) => payable)), money(sum(({ held }) => held))];
  const more = adjustments.length - shown.length;
  return [
    `Adjustments to closed periods, posted on ${first.date} in ${first.period}:`,
    ...tableText(columns, more > 0 ? rows : [...rows, { ruleFrom: 3 }, total], style).lines,
    ...(more > 0 ? [`… ${counted(more, 'more row')} in ${out}/postings.csv, in the column adjusts`] : []),
  ];
}

/** By closed period: how much more or less is to be paid for it. */
export function payableByPeriod({ adjustments }: Result): ReadonlyMap<string, Minor> {
  const sums = new Map<string, Minor>();
  for (const posting of adjustments) {
    sums.set(posting.adjusts, (sums.get(posting.adjusts) ?? 0n) + netOf(posting));
  }
  return new Map([...sums].sort(([a], [b]) => byCodeUnit(a, b)));
}

/** The same for `--json`, amounts as text. */
export function adjustmentRecords(result: Result): Record<string, unknown>[] {
  const { digits } = result.currency;
  return adjustmentsOf(result).map(({ repId, adjusts, invoices, payable, held }) => ({
    rep_id: repId,
    adjusts,
    invoices: [...invoices],
    payable: formatMinor(payable, digits),
    held: formatMinor(held, digits),
  }));
}

/** By rep, then period. */
export function adjustmentsOf({ adjustments }: Pick<Result, 'adjustments'>): Adjustment[] {
  const found = new Map<string, Adjustment & { invoices: Set<string>; payable: Minor; held: Minor }>();
  for (const posting of adjustments) {
    const { repId, adjusts, invoiceId } = posting;
    const key = JSON.stringify([repId, adjusts]);
    const known = found.get(key) ?? { repId, adjusts, invoices: new Set(), payable: 0n, held: 0n };
    known.invoices.add(invoiceId);
    known.payable += netOf(posting);
    known.held += posting.held;
    found.set(key, known);
  }
  return [...found.values()].sort((a, b) => byCodeUnit(a.repId, b.repId) || byCodeUnit(a.adjusts, b.adjusts));
}

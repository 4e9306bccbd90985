/** What has changed in closed periods since they were closed, by rep and closed period (R11.2). */
import { adjustedPeriod } from '../closing/adjusted-period.js';
import { counted } from '../counted.js';
import { displayed } from '../displayed.js';
import { netOf } from '../engine/r1-words/line-accounts.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
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
  /** Advanced + released, before clawbacks, as everywhere (R8.1). */
  readonly payable: Minor;
  readonly clawedBack: Minor;
  readonly held: Minor;
}

/** The section of the summary; empty where nothing has changed. */
export function adjustmentsText(result: Result, { style, out }: ReportOptions): string[] {
  const adjustments = adjustmentsOf(result);
  const [first] = result.adjustments;
  if (first === undefined) return [];
  const money = (amount: Minor) => minorCell(amount, result.currency);
  const amounts = shownAmounts(adjustments);
  const columns: TableColumn[] = [
    { title: 'rep', align: 'left' },
    { title: 'adjusts', align: 'left' },
    { title: 'invoices', align: 'right' },
    ...amounts.map(({ title }) => ({ title, align: 'right' }) as const),
  ];
  const shown = adjustments.slice(0, MOST_ROWS);
  const rows = shown.map((one) => [
    shortened(displayed(one.repId), style),
    one.adjusts,
    `${one.invoices.size}`,
    ...amounts.map(({ of }) => money(of(one))),
  ]);
  const sum = (of: (one: Adjustment) => Minor) => adjustments.reduce((all, one) => all + of(one), 0n);
  const total = ['total', '', '', ...amounts.map(({ of }) => money(sum(of)))];
  const more = adjustments.length - shown.length;
  return [
    `Adjustments to closed periods, posted on ${first.date} in ${first.period}:`,
    ...tableText(columns, more > 0 ? rows : [...rows, { ruleFrom: 3 }, total], style).lines,
    ...(more > 0 ? [`… ${counted(more, 'more row')} in ${out}/postings.csv, in the column adjusts`] : []),
  ];
}

/** An amount of an adjustment, as a column. */
interface AdjustmentAmount {
  readonly title: string;
  readonly of: (one: Adjustment) => Minor;
}

/** The columns of amounts; clawbacks only where something was taken or given back. */
export function shownAmounts(adjustments: readonly Adjustment[]): readonly AdjustmentAmount[] {
  const hasClawbacks = adjustments.some(({ clawedBack }) => clawedBack !== 0n);
  return [
    { title: 'payable', of: ({ payable }) => payable },
    ...(hasClawbacks ? [{ title: 'clawed back', of: ({ clawedBack }: Adjustment) => clawedBack }] : []),
    { title: 'held', of: ({ held }) => held },
  ];
}

/** By closed period: how much more or less is to be paid for it (R7.2). */
export function netByPeriod(
  result: Pick<Result, 'adjustments' | 'closedPeriods'>,
): ReadonlyMap<string, Minor> {
  const sums = new Map<string, Minor>();
  for (const posting of inPeriodOrder(result)) {
    const period = adjustedPeriod(posting.adjusts, result);
    sums.set(period, (sums.get(period) ?? 0n) + netOf(posting));
  }
  return sums;
}

function inPeriodOrder({ adjustments }: Pick<Result, 'adjustments'>): readonly Posting[] {
  return adjustments.toSorted((a, b) => byCodeUnit(a.adjusts, b.adjusts));
}

/** The same for `--json`, amounts as text. */
export function adjustmentRecords(result: Result): Record<string, unknown>[] {
  const { digits } = result.currency;
  return adjustmentsOf(result).map(({ repId, adjusts, invoices, payable, clawedBack, held }) => ({
    rep_id: repId,
    adjusts,
    invoices: [...invoices],
    payable: formatMinor(payable, digits),
    clawed_back: formatMinor(clawedBack, digits),
    held: formatMinor(held, digits),
  }));
}

/** By rep, then period. */
export function adjustmentsOf(result: Pick<Result, 'adjustments' | 'closedPeriods'>): Adjustment[] {
  type Sums = Adjustment & { invoices: Set<string>; payable: Minor; clawedBack: Minor; held: Minor };
  const found = new Map<string, Sums>();
  for (const posting of inPeriodOrder(result)) {
    const { repId, invoiceId } = posting;
    const adjusts = adjustedPeriod(posting.adjusts, result);
    const key = JSON.stringify([repId, adjusts]);
    const sums = { payable: 0n, clawedBack: 0n, held: 0n };
    const known = found.get(key) ?? { repId, adjusts, invoices: new Set(), ...sums };
    known.invoices.add(invoiceId);
    known.payable += posting.advanced + posting.released;
    known.clawedBack += posting.clawedBack;
    known.held += posting.held;
    found.set(key, known);
  }
  return [...found.values()].sort((a, b) => byCodeUnit(a.repId, b.repId));
}

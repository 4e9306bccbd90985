/** The sheet Clawbacks: a row per clawback, and how much of it has been reinstated since. */
import { type Day, findDay } from '../day.js';
import type { Explainable, PostedResult } from '../engine/result.js';
import {
  type Clawback,
  type FirstPaid,
  type LineHistory,
  lineHistories,
} from '../explain/line-history/line-history.js';
import type { NamedLine } from '../explain/line-history/line-name.js';
import { ratesOn } from '../explain/line-history/rates.js';
import { explainAllLines, type LineExplanation } from '../explain/lines.js';
import { formatMinor, formatPercent } from '../money.js';
import { byCodeUnit } from '../order.js';
import type { Column, RowSheet } from './sheet.js';

const COLUMNS: readonly Column[] = [
  { name: 'date', heading: 'date', kind: 'date' },
  { name: 'rep', heading: 'rep', kind: 'text' },
  { name: 'customer', heading: 'customer', kind: 'text' },
  { name: 'invoice', heading: 'invoice', kind: 'text' },
  { name: 'cause', heading: 'cause', kind: 'text' },
  { name: 'firstPaidIn', heading: 'first paid in', kind: 'text' },
  { name: 'rate', heading: 'rate', kind: 'number-as-text' },
  { name: 'daysPastDue', heading: 'days past due', kind: 'count' },
  { name: 'clawedBack', heading: 'clawed back', kind: 'money', total: 'sum' },
  { name: 'reinstated', heading: 'reinstated', kind: 'money', total: 'sum' },
  { name: 'stillOut', heading: 'not reinstated', kind: 'money', total: 'sum' },
];

export function clawbacksSheet(calculation: Explainable<PostedResult>): RowSheet {
  const { result } = calculation;
  const { currency } = result;
  const keys = clawedBackLines(result);
  const invoices = new Set(
    [...keys.values()].map(({ invoiceId, repId }) => JSON.stringify([invoiceId, repId])),
  );
  const isRequested = (repId: string, invoiceId: string) => invoices.has(JSON.stringify([invoiceId, repId]));
  const histories = new Map<string, LineHistory>();
  const explained = new Map<string, LineExplanation>();
  if (keys.size > 0) {
    for (const [repId, own] of lineHistories(result, { isRequested })) {
      for (const history of own.values()) histories.set(keyOf({ ...history, repId }), history);
    }
    for (const line of explainAllLines(calculation, isRequested)) {
      explained.set(keyOf(line), line);
    }
  }
  const all = [...keys.keys()]
    .flatMap((key) => {
      const clawbacks = histories.get(key)?.clawbacks ?? [];
      return clawbacks.map((clawback) => ({ clawback, line: explained.get(key) }));
    })
    .filter(({ clawback }) => !clawback.isOpened || clawback.reinstatedHere !== 0n)
    .sort((a, b) => byCodeUnit(a.clawback.posting.eventDate, b.clawback.posting.eventDate));
  const title =
    all.length === 0
      ? 'Nothing has ever been clawed back.'
      : `Every clawback, and how much of it has been reinstated since, in ${currency.code}.`;
  const rows = () => all.map(({ clawback, line }) => cellsOf(clawback, line, currency.digits));
  return { name: 'Clawbacks', title, columns: COLUMNS, rows };
}

/** The lines that ever had a clawback: most never have, and are not followed. */
function clawedBackLines(result: PostedResult): ReadonlyMap<string, RepLine> {
  const keys = new Map<string, RepLine>();
  for (const postings of [result.opened?.postings ?? [], result.postings]) {
    for (const { invoiceId, repId, credit, clawedBack } of postings) {
      if (clawedBack === 0n) continue;
      const line = { invoiceId, repId, credit };
      keys.set(keyOf(line), line);
    }
  }
  return keys;
}

function cellsOf(clawback: Clawback, line: LineExplanation | undefined, digits: number): string[] {
  const { posting, isOpened, firstPaid, amount, reinstated, reinstatedHere } = clawback;
  const { eventDate } = posting;
  return [
    eventDate,
    posting.repId,
    posting.customerId,
    posting.invoiceId,
    posting.cause,
    firstPaidText(firstPaid),
    line === undefined ? '' : rateOf(line, eventDate),
    daysPastDue(clawback, line),
    formatMinor(isOpened ? 0n : amount, digits),
    formatMinor(reinstatedHere, digits),
    formatMinor(amount - reinstated, digits),
  ];
}

/** The rate that the commission was computed at, or the rates of its bands; blank if it was stated. */
function rateOf(line: LineExplanation, date: string): string {
  return ratesOn(line, date)
    .map((rate) => formatPercent(rate))
    .join(', ');
}

/** Since the due date; of what became late then, where the invoice is in instalments. Disputed days count: they are days. */
function daysPastDue({ posting }: Clawback, line: LineExplanation | undefined): string {
  const { eventDate, cause } = posting;
  const event = line?.events.find((one) => one.date === eventDate && one.cause === cause);
  const due = line?.due ?? event?.late.at(-1);
  return due === undefined ? '' : `${Math.max(0, daysBetween(due, eventDate))}`;
}

function firstPaidText(firstPaid: FirstPaid | undefined): string {
  if (firstPaid === undefined) return '';
  return firstPaid.kind === 'opening' ? `up to ${firstPaid.date}` : firstPaid.period;
}

function daysBetween(from: string, to: string): number {
  return (findDay(to) as Day) - (findDay(from) as Day);
}

interface RepLine extends NamedLine {
  readonly repId: string;
}

function keyOf({ invoiceId, repId, credit }: RepLine): string {
  return JSON.stringify([invoiceId, repId, credit]);
}

/** What `comp ageing` shows: who owes what for how long, what it costs reps, and who is slow to pay. */
import { counted } from '../counted.js';
import { displayed } from '../displayed.js';
import type { Result } from '../engine/result.js';
import type { Ageing } from '../explain/ageing.js';
import type { RepCollection } from '../explain/days-to-collect.js';
import { groupedBy } from '../grouped.js';
import { formatMinor, formatPercent, groupThousands, round, type Units } from '../money.js';
import { byCodeUnit } from '../order.js';
import { compare, type Ratio } from '../ratio.js';
import { ageingTable } from './ageing-table.js';
import { minorText, unitsText } from './amounts.js';
import { comingClawbacksText } from './coming-clawbacks.js';
import { noEvents } from './figures.js';
import type { TextOptions } from './style.js';
import { shortened, tableText } from './table.js';

/** Beyond this many reps or customers a section shows how many more there are. */
const MOST = 10;

/** What the aging covers besides its date. */
export interface AgeingScope {
  /** These reps only; all of them where none is named. */
  readonly reps: readonly string[];
  /** Only the clawbacks of the next so many days. */
  readonly within: number | undefined;
}

/** The aging as text: the table, what will be clawed back, and how customers pay. */
export function ageingText(
  ageing: Ageing,
  result: Result,
  { reps, within }: AgeingScope,
  options: TextOptions,
): string {
  const lines = [
    heading(ageing, result, reps),
    ...(ageing.rows.length === 0 ? [nothingOpen(result, reps)] : ageingTable(ageing, result, options)),
    ...disputedText(ageing, result, options),
    ...leaversText(ageing, result, options),
    ...comingClawbacksText(ageing.clawbacks, within, result, options),
    ...customersText(ageing, result, options),
  ];
  return `${lines.join('\n')}\n`;
}

function heading({ total, invoices }: Ageing, result: Result, reps: readonly string[]): string {
  const { asOf, currency } = result;
  const open =
    total.open === 0n
      ? 'nothing open'
      : `${unitsText(total.open, result)} open on ${counted(invoices, 'invoice')}`;
  const only = reps.length === 0 ? [] : [`only ${reps.map(displayed).join(', ')}`];
  return [`As of ${asOf}`, currency.code, open, ...only].join(' · ');
}

function nothingOpen({ quarters, asOf }: Result, reps: readonly string[]): string {
  if (quarters.length === 0) return noEvents(asOf);
  const whose = reps.length === 0 ? '' : `of ${reps.map(displayed).join(', ')} `;
  return `Every invoice ${whose}up to ${asOf} is collected, credited or written off.`;
}

/** R16.5: what is disputed, with the invoices where they fit on the line. */
function disputedText({ disputed }: Ageing, result: Result, { style, width, wide }: TextOptions): string[] {
  const { open, invoiceIds } = disputed;
  if (invoiceIds.length === 0) return [];
  const text = `Disputed: ${unitsText(open, result)} open on ${counted(invoiceIds.length, 'invoice')}`;
  const named = `${text}: ${invoiceIds.map(displayed).join(', ')}`;
  const fits = (line: string) => wide || style.columnsOf(line) <= width;
  return [[named, `${text}; --json lists them`].find(fits) ?? text];
}

/** R19.1: what is held for reps who leave, and until when cash releases it. */
function leaversText({ rows }: Ageing, result: Result, { style }: TextOptions): string[] {
  const held = groupedBy(
    rows.flatMap(({ lines }) => lines).filter(({ held, lastDay }) => held !== 0n && lastDay !== undefined),
    ({ repId }) => repId,
  );
  const reps = [...held].map(([repId, lines]) => {
    const sum = lines.reduce((all, line) => all + line.held, 0n);
    const by = lines[0]?.lastDay;
    return `Left: ${shortened(displayed(repId), style, 24)}, ${minorText(sum, result.currency)} held for cash up to ${by}`;
  });
  const more = reps.length - MOST;
  return [
    ...reps.slice(0, MOST),
    ...(more > 0 ? [`… ${counted(more, 'more rep')} left; --json lists all`] : []),
  ];
}

/** How long customers take, and who pays short: on one line where both are short. */
function customersText(ageing: Ageing, result: Result, options: TextOptions): string[] {
  const days = daysText(ageing, options);
  const short = shortPayersText(ageing, result, options);
  const one = [...days, ...short].join(' · ');
  const fits = options.wide || options.style.columnsOf(one) <= options.width;
  return days.length === 1 && short.length === 1 && fits ? [one] : [...days, ...short];
}

function daysText({ daysToCollect: { all, reps } }: Ageing, options: TextOptions): string[] {
  const { style, width, wide } = options;
  if (all === undefined) return ['Days from invoice to cash: nothing is collected yet'];
  const label = ({ repId }: RepCollection) => shortened(displayed(repId), style, 24);
  const head = 'Days from invoice to cash, weighted by amount';
  const each = reps.map((rep) => `${label(rep)} ${daysInWords(rep.days)}`);
  const one = `${head}: ${[...(reps.length > 1 ? [`all ${daysInWords(all.days)}`] : []), ...each].join(' · ')}`;
  if (reps.length === 1 || (reps.length <= MOST && (wide || style.columnsOf(one) <= width))) return [one];
  const slowest = [...reps].sort((a, b) => compare(b.days, a.days) || byCodeUnit(a.repId, b.repId));
  const shown = slowest.slice(0, MOST);
  const more = reps.length - shown.length;
  const rows = [
    ...shown.map((rep) => [label(rep), daysInWords(rep.days)]),
    ...(more > 0 ? [[`… ${counted(more, 'more rep')}; --json lists all`, '']] : []),
    [`all ${counted(reps.length, 'rep')}`, daysInWords(all.days)],
  ];
  const columns = [
    { title: 'rep', align: 'left' },
    { title: 'days', align: 'right' },
  ] as const;
  return [`${head}, slowest first:`, ...tableText(columns, rows, style).lines];
}

/** With one decimal, for reading only. */
export function daysInWords({ n, d }: Ratio): string {
  return formatMinor(round(n * 10n, d, 'half-up'), 1);
}

function shortPayersText({ shortPayers }: Ageing, result: Result, { style }: TextOptions): string[] {
  const { share, invoices: least } = result.terms.ageing.shortPay;
  if (shortPayers.length === 0) return ['Habitual short-payers: none'];
  const shown = shortPayers.slice(0, MOST);
  const rest = shortPayers.slice(MOST);
  const sum = (of: readonly { readonly open: Units }[]) => of.reduce((all, { open }) => all + open, 0n);
  const invoicesOf = (of: typeof shortPayers) =>
    of.reduce((all, { invoiceIds }) => all + invoiceIds.length, 0);
  const row = (label: string, of: typeof shortPayers) => [
    label,
    groupThousands(`${invoicesOf(of)}`),
    unitsText(sum(of), result),
  ];
  const rows = [
    ...shown.map((one) => row(shortened(displayed(one.customerId), style), [one])),
    ...(rest.length === 0 ? [] : [row(`… ${counted(rest.length, 'more customer')}`, rest)]),
    ...(shortPayers.length === 1 ? [] : [{ ruleFrom: 0 }, row('total', shortPayers)]),
  ];
  const columns = [
    { title: 'customer', align: 'left' },
    { title: 'invoices', align: 'right' },
    { title: 'open', align: 'right' },
  ] as const;
  return [
    `Habitual short-payers, less than ${formatPercent(share)} left open past due on ${counted(least, 'invoice')} or more:`,
    ...tableText(columns, rows, style).lines,
  ];
}

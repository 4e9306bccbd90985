/** A rep's pay of a period as text: what invoices came to, what was owed, what is paid (R7). */

import type { PeriodState } from '../closing/period-state.js';
import { displayed } from '../displayed.js';
import {
  addAmounts,
  LINE_ACCOUNTS,
  type LineAccountName,
  type LineAmounts,
  movesPay,
  netOf,
  noAmounts,
  PAY_ACCOUNTS,
} from '../engine/r1-words/line-accounts.js';
import {
  PAID_SUM,
  PAY_FIGURES,
  type PayFigure,
  type PayRow,
  shownTerms,
  stepTerms,
  sumOf,
  sumText,
  type Term,
  UNPOSTED,
} from '../engine/r1-words/pay-figures.js';
import type { Result } from '../engine/result.js';
import type { PaySources } from '../explain/pay-sources.js';
import type { InvoiceNet, PayExplanation } from '../explain/reps.js';
import { formatMinor, formatPercent, groupThousands, type Minor } from '../money.js';
import type { Place } from '../problems/place.js';
import { compare, ONE } from '../ratio.js';
import { droppedText, type SumColumn, sumCell, sumColumns } from './folded-sum.js';
import { stateLines } from './state-lines.js';
import type { Style, TextOptions } from './style.js';
import {
  fittingTable,
  shortened,
  spread,
  type Table,
  type TableColumn,
  type TableRow,
  tableText,
} from './table.js';

/** Where the amounts come from that no posting makes, as people write it: `entries.csv:2`. */
export interface CitedSources extends PaySources {
  readonly nameOf: (place: Place) => string;
}

/** What pay is shown with, where it is known. */
export interface PayContext {
  /** Cited below what comes from them. */
  readonly sources?: CitedSources;
  /** Whether the figures of the period are final. */
  readonly state?: PeriodState;
}

/** One pay period of a rep as lines of text. */
export function payText(
  pay: PayExplanation,
  { currency }: Result,
  options: TextOptions,
  { sources, state }: PayContext = {},
): string[] {
  const { style, width } = options;
  const money = (amount: Minor) => groupThousands(formatMinor(amount, currency.digits));
  const { repId, period, isClosed, row } = pay;
  const head = `${displayed(repId)} · ${period.name} · ${period.from} to ${period.to} · ${currency.code}${isClosed && state === undefined ? ' · closed' : ''}`;
  return [
    style.strong(spread(head, `paid ${money(row.paid)}`, width, style)),
    ...(state === undefined ? [] : stateLines(state, options)),
    ...invoicesText(pay, money, options, sources),
    ...owedText(pay, money, style, width),
    ...paidText(pay, money, style, width, sources),
    ...checkText(pay, money, style, width),
  ];
}

type Money = (amount: Minor) => string;

/** What the table of invoices has room for. */
interface Shape {
  readonly columns: readonly SumColumn<LineAccountName>[];
  /** Whether invoices and postings have lines of their own, with their amounts below. */
  readonly isAbove: boolean;
}

/** R7.2: what an invoice comes to, term by term. */
const NET_TERMS = PAY_ACCOUNTS.map((name) => {
  const { title, net } = LINE_ACCOUNTS[name];
  return { name, title, sign: net === -1 ? -1 : 1 } as const;
});

const [EACH, ...SHARING] = sumColumns(
  NET_TERMS,
  NET_TERMS.filter(({ sign }) => sign === 1).map(({ name }) => name),
  PAY_FIGURES.payable.title,
);

/** From all columns to those that share one. */
const SHAPES: readonly [Shape, ...Shape[]] = [
  { columns: EACH, isAbove: false },
  { columns: EACH, isAbove: true },
  ...SHARING.map((columns) => ({ columns, isAbove: true })),
];

const FIRST_STEP = '1 WHAT EACH INVOICE CAME TO';

/** Step 1: what each invoice came to (R7.2). */
function invoicesText(
  pay: PayExplanation,
  money: Money,
  options: TextOptions,
  sources: CitedSources | undefined,
): string[] {
  const { style, width } = options;
  if (pay.invoices.length === 0) {
    return [
      spread(FIRST_STEP, 'R7.2', width, style),
      '  nothing became payable, and nothing was taken back',
      ...besideText(pay, money, style, width, sources),
      ...(broughtBy(pay).some(([, amount]) => amount !== 0n) ? [broughtText(pay, money, style, width)] : []),
    ];
  }
  const { shape, text } = fittingTable(SHAPES, (one) => invoicesTable(pay, money, one, style), options);
  return [
    ...(shape.isAbove ? [FIRST_STEP] : []),
    ...text.lines,
    ...droppedText(shape.columns, []).map((note) => `  ${note}`),
    ...besideText(pay, money, style, width, sources),
    broughtText(pay, money, style, width),
  ];
}

function invoicesTable({ invoices }: PayExplanation, money: Money, shape: Shape, style: Style): Table {
  const { columns, isAbove } = shape;
  const cells = (amounts: LineAmounts) => columns.map((column) => cell(sumCell(column, amounts)));
  const cell = (amount: Minor) => (amount === 0n ? '–' : money(amount));
  const total = noAmounts();
  for (const { amounts } of invoices) addAmounts(total, amounts);
  const placed = (text: string, beside: string, amounts: readonly string[]): TableRow[] => {
    if (!isAbove) return [[text, beside, ...amounts]];
    const line = { line: beside === '' ? text : `${text}  ${beside}` };
    return amounts.length === 0 ? [line] : [line, ['', ...amounts]];
  };
  const rows = invoices.flatMap((one) => [
    ...placed(`  ${label(one.invoiceId, style)} ${label(one.customerId, style)}`, '', [
      ...cells(one.amounts),
      money(one.net),
    ]),
    ...postingsOf(one).flatMap(({ what, beside, amounts }) =>
      placed(what, beside, amounts === undefined ? [] : cells(amounts)),
    ),
  ]);
  const title = isAbove ? [''] : [FIRST_STEP, ''];
  const all = [...cells(total), money(netOf(total))];
  return {
    columns: [
      ...title.map((one) => ({ title: one, align: 'left' }) as const),
      ...[...columns.map((column) => column.title), 'net'].map(
        (one) => ({ title: one, align: 'right' }) as const,
      ),
    ],
    rows: [...rows, { ruleFrom: title.length }, ['  total', ...(isAbove ? [] : ['']), ...all]],
  };
}

function label(id: string, style: Style): string {
  return shortened(displayed(id), style);
}

/** What counts besides invoices: entries (R21.2), and what plans pay so far of what they pay at most (R22.1). */
function besideText(
  { entries, caps }: PayExplanation,
  money: Money,
  style: Style,
  width: number,
  sources: CitedSources | undefined,
): string[] {
  const rows = entries.flatMap((entry) => {
    const { eventDate, kind, entryId, reason, adjusts, amount } = entry;
    const why = reason === '' ? '' : `: ${displayed(reason)}`;
    const period = adjusts === '' ? '' : `, adjusts ${adjusts}`;
    const place = sources?.findEntry(entry);
    return [
      [`    ${eventDate} ${kind} ${displayed(entryId)}${why}${period}`, money(amount)],
      ...(place === undefined ? [] : [[`      ${sources?.nameOf(place)}`, '']]),
    ];
  });
  const bounds = caps.flatMap(({ planId, cap, window, paidSoFar }) => {
    const most = `pays at most ${money(cap.amount)} per ${cap.per === 'pay-period' ? 'pay period' : cap.per}`;
    const line = `  ${displayed(planId)} ${most}: ${money(paidSoFar)} so far in ${window}`;
    return [
      spread(line, 'R22.1', width, style),
      ...(sources === undefined ? [] : [`    ${sources.nameOf(sources.capOf(planId))}`]),
    ];
  });
  if (rows.length === 0) return bounds;
  const columns: TableColumn[] = [
    { title: '', align: 'left' },
    { title: '', align: 'right' },
  ];
  return [
    spread('  besides invoices', 'R21.2', width, style),
    ...tableText(columns, rows, style).lines.slice(1),
    ...bounds,
  ];
}

/** What the period brings: gains and charges, and what is in them beside the nets of invoices. */
function broughtBy({ gains, row }: PayExplanation): (readonly [title: string, amount: Minor])[] {
  return [
    ['gains', gains],
    ['charged', row.charged],
    ...shownTerms(UNPOSTED, [row]).map(
      ({ figure }) => [`of it ${PAY_FIGURES[figure].title}`, row[figure]] as const,
    ),
  ];
}

function broughtText(pay: PayExplanation, money: Money, style: Style, width: number): string {
  const parts = broughtBy(pay).map(([title, amount]) => `${title} ${money(amount)}`);
  return spread(`  ${parts.join(' · ')}`, 'R7.2', width, style);
}

/** The postings behind an invoice: without amounts of their own if one posting is all of it. */
function postingsOf({ postings }: InvoiceNet): {
  readonly what: string;
  readonly beside: string;
  readonly amounts?: LineAmounts;
}[] {
  const payable = postings.filter(movesPay);
  const isAll = payable.length === 1 && payable[0]?.adjusts === '';
  return payable.map((posting) => {
    const { date, eventDate, adjusts, cause, sourceId, invoiceId } = posting;
    const source = sourceId === invoiceId ? '' : ` (${displayed(sourceId)})`;
    const what = `    ${adjusts === '' ? date : eventDate} ${cause}${source}`;
    if (isAll) return { what, beside: '' };
    return { what, beside: adjusts === '' ? '' : `adjusts ${adjusts}`, amounts: posting };
  });
}

/** Step 2: what was owed (R7.2): to recover is what the gains of the period can be withheld for. */
function owedText({ row }: PayExplanation, money: Money, style: Style, width: number): string[] {
  const terms = shownTerms(stepTerms('owed'), [row]);
  const at = terms.findIndex(({ figure }) => figure === 'recovered');
  const toRecover: readonly Term[] = [{ figure: 'owedOpening', sign: 1 }, ...terms.slice(0, at)];
  const rows = [
    ['  brought forward', money(row.owedOpening)],
    ...termRows(terms.slice(0, at), row, money, { cancelled: ' by reinstatements' }),
    { ruleFrom: 1 },
    ['  = to recover', money(sumOf(toRecover, row))],
    ...termRows(terms.slice(at), row, money),
    { ruleFrom: 1 },
    ['  = carried forward as owed', money(row.owed)],
  ];
  return stepText('2 WHAT WAS OWED', rows, 'R7.2', style, width);
}

/** Step 3: what is paid. */
function paidText(
  pay: PayExplanation,
  money: Money,
  style: Style,
  width: number,
  sources: CitedSources | undefined,
): string[] {
  const { gains, row } = pay;
  const rest = gains - row.cancelled - row.recovered;
  const notes = {
    recovered: recoveryNote(pay, money),
    guaranteed: ` (up to ${money(rest + row.guaranteed)})`,
    drawn: ` (up to ${money(rest + row.guaranteed + row.drawn)})`,
  };
  const rows = [
    ['  gains', money(gains)],
    ...shownTerms(stepTerms('paid'), [row]).flatMap((term) => [
      ...termRows([term], row, money, notes),
      ...drawRows(pay, term.figure, money, sources),
    ]),
    { ruleFrom: 1 },
    ['  = paid', money(row.paid)],
  ];
  return stepText('3 WHAT IS PAID', rows, 'R7.3', style, width);
}

/** R24.1: the rows of the ledger that a guarantee or a draw comes from. */
function drawRows(
  { repId, period }: PayExplanation,
  figure: PayFigure,
  money: Money,
  sources: CitedSources | undefined,
): string[][] {
  const kind = figure === 'guaranteed' ? 'guarantee' : figure === 'drawn' ? 'recoverable' : undefined;
  if (sources === undefined || kind === undefined) return [];
  return sources
    .drawsIn(repId, period)
    .filter((draw) => draw.kind === kind)
    .map(({ from, to, amount, place }) => {
      const until = to === undefined ? '' : ` to ${to}`;
      return [`    ${sources.nameOf(place)}: ${money(amount)} a period from ${from}${until}`, ''];
    });
}

/** R7.3, R23.1: how much may be withheld, where that is bounded. */
function recoveryNote({ gains, recovery: { limit, keep, most }, row }: PayExplanation, money: Money): string {
  const bounds = [
    ...(compare(limit, ONE) === 0
      ? []
      : [`at most ${formatPercent(limit)} of ${money(gains - row.cancelled)}`]),
    ...(keep === 0n ? [] : [`at least ${money(keep)} left`]),
    ...(most === undefined ? [] : [`no more than ${money(most)}`]),
  ];
  return bounds.length === 0 ? '' : ` (${bounds.join(', ')})`;
}

/** A row for each figure of a sum, as `− recovered`. */
function termRows(
  terms: readonly Term[],
  row: PayRow,
  money: Money,
  notes: Readonly<Partial<Record<PayFigure, string>>> = {},
): string[][] {
  return terms.map(({ figure, sign }) => [
    `  ${sign === 1 ? '+' : '−'} ${PAY_FIGURES[figure].title}${notes[figure] ?? ''}`,
    money(row[figure]),
  ]);
}

function stepText(
  title: string,
  rows: readonly TableRow[],
  rule: string,
  style: Style,
  width: number,
): string[] {
  const columns: TableColumn[] = [
    { title: '', align: 'left' },
    { title: '', align: 'right' },
  ];
  return [spread(title, rule, width, style), ...tableText(columns, rows, style).lines.slice(1)];
}

/** The same once more from the figures of the row. */
function checkText({ row }: PayExplanation, money: Money, style: Style, width: number): string[] {
  const terms = shownTerms(PAID_SUM, [row]);
  const sum = sumText(terms, (figure) => money(row[figure]));
  return [
    spread(`CHECK ${sum} = ${money(row.paid)}`, 'R7.4', width, style),
    `      ${sumText(terms)} = ${PAY_FIGURES.paid.title}`,
  ];
}

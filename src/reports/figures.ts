/** The table of the summary: per rep and quarter from payable to paid, with a total that adds up by eye. */

import type { QuarterRow } from '../engine/r8-results/results.js';
import type { Result } from '../engine/result.js';
import { formatMinor, groupThousands, type Minor } from '../money.js';
import { byCodeUnit } from '../order.js';
import type { ReportOptions, Style } from './style.js';
import { printable, shortened, spread, type TableColumn, type TableText, tableText } from './table.js';

/** Beyond this many rows the table has totals per quarter and the reps who are paid most. */
const MOST_ROWS = 40;
const MOST_REPS = 10;

export type Figure = 'payable' | 'clawedBack' | 'reinstated' | 'owedOpening' | 'owed' | 'paid' | 'held';
type Figures = Readonly<Record<Figure, Minor>>;

interface FigureColumn {
  readonly figure: Figure;
  readonly title: string;
  /** The sign of the figure in R7.4's sum for paid; undefined where it is no part of it. */
  readonly sign?: '+' | '−';
}

const COLUMNS: readonly FigureColumn[] = [
  { figure: 'payable', title: 'payable', sign: '+' },
  { figure: 'clawedBack', title: 'clawed back', sign: '−' },
  { figure: 'reinstated', title: 'reinstated', sign: '+' },
  { figure: 'owedOpening', title: 'owed before', sign: '−' },
  { figure: 'owed', title: 'owed after', sign: '+' },
  { figure: 'paid', title: 'paid' },
  { figure: 'held', title: 'held' },
];

/** The columns that are shown even where they are 0 throughout. */
const ALWAYS: readonly Figure[] = ['payable', 'paid'];

/** The columns that a narrow terminal goes without, first to last. */
const GIVEN_UP: readonly Figure[] = ['held', 'reinstated', 'owedOpening', 'owed', 'clawedBack'];

/** Every rep and quarter where they fit; else every quarter, then the reps who are paid most in the last one. */
export function figuresText(result: Result, options: ReportOptions): string[] {
  const { quarters, asOf } = result;
  if (quarters.length === 0) return [`No events up to ${asOf}: no invoice with a plan is booked by then.`];
  const used = COLUMNS.filter(
    ({ figure }) => ALWAYS.includes(figure) || quarters.some((row) => row[figure] !== 0n),
  );
  const unused = COLUMNS.filter((column) => !used.includes(column)).map(({ title }) => title);
  const feet = unused.length === 0 ? [] : [`${unused.join(', ')}: 0.00 throughout`];
  if (quarters.length <= MOST_ROWS) {
    return [...tableLines(result, everyRow(quarters, options.style), used, options), ...feet];
  }
  const closing = closingRows(quarters);
  const quarter = closing[0]?.quarter ?? '';
  return [
    ...tableLines(result, everyQuarter(quarters), used, options),
    ...feet,
    '',
    `The largest by paid in ${quarter}; every rep and quarter is in ${options.out}/quarters.csv:`,
    ...tableLines(result, largest(closing, options.style), used, options),
  ];
}

/** Each rep's last row: what stands at the as-of date. */
export function closingRows<Row extends { readonly repId: string }>(rows: readonly Row[]): readonly Row[] {
  return rows.filter((row, index) => rows[index + 1]?.repId !== row.repId);
}

/** Each rep's first row: what it opens with was brought into the workspace. */
export function openingRows<Row extends { readonly repId: string }>(rows: readonly Row[]): readonly Row[] {
  return rows.filter((row, index) => rows[index - 1]?.repId !== row.repId);
}

export function total(rows: readonly Partial<Figures>[], figure: Figure): Minor {
  return rows.reduce((sum, row) => sum + (row[figure] ?? 0n), 0n);
}

export function counted(count: number, what: string): string {
  return `${groupThousands(`${count}`)} ${what}${count === 1 ? '' : 's'}`;
}

/** What a table says, before it is known which columns fit. */
interface Body {
  readonly titles: readonly string[];
  readonly rows: readonly { readonly labels: readonly string[]; readonly figures: Figures }[];
  readonly total: Figures;
}

function everyRow(quarters: readonly QuarterRow[], style: Style): Body {
  const rows = quarters.map((row, index) => {
    const isFirst = quarters[index - 1]?.repId !== row.repId;
    return { labels: [isFirst ? labelOf(row, style) : '', row.quarter], figures: row };
  });
  return { titles: ['rep', 'quarter'], rows, total: overall(quarters) };
}

function labelOf({ repId }: QuarterRow, style: Style): string {
  return shortened(printable(repId), style);
}

function everyQuarter(quarters: readonly QuarterRow[]): Body {
  const byQuarter = new Map<string, QuarterRow[]>();
  for (const row of quarters) {
    const own = byQuarter.get(row.quarter);
    if (own === undefined) byQuarter.set(row.quarter, [row]);
    else own.push(row);
  }
  const rows = [...byQuarter]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([quarter, own]) => ({ labels: [quarter], figures: added(own) }));
  return { titles: ['quarter'], rows, total: overall(quarters) };
}

function largest(closing: readonly QuarterRow[], style: Style): Body {
  const sorted = [...closing].sort(
    (a, b) => Number(b.paid > a.paid) - Number(b.paid < a.paid) || byCodeUnit(a.repId, b.repId),
  );
  const rest = sorted.slice(MOST_REPS);
  const rows = sorted.slice(0, MOST_REPS).map((row) => ({
    labels: [labelOf(row, style)],
    figures: row as Figures,
  }));
  if (rest.length > 0) rows.push({ labels: [`… ${counted(rest.length, 'more rep')}`], figures: added(rest) });
  return { titles: ['rep'], rows, total: added(sorted) };
}

/** Flows are summed; balances are each rep's first opening and last closing, never sums over quarters. */
function overall(quarters: readonly QuarterRow[]): Figures {
  const { owed, held } = added(closingRows(quarters));
  const owedOpening = total(openingRows(quarters), 'owedOpening');
  return { ...added(quarters), owedOpening, owed, held };
}

function added(rows: readonly Figures[]): Figures {
  return Object.fromEntries(COLUMNS.map(({ figure }) => [figure, total(rows, figure)])) as unknown as Figures;
}

/** The table with the columns that fit, the sum that its columns make, and what is hidden. */
function tableLines(
  result: Result,
  body: Body,
  used: readonly FigureColumn[],
  { style, width, wide }: ReportOptions,
): string[] {
  let shown = used;
  let text = layOut(result, body, shown, style);
  for (const figure of GIVEN_UP) {
    if (wide || text.width <= width) break;
    shown = shown.filter((column) => column.figure !== figure);
    text = layOut(result, body, shown, style);
  }
  const hidden = used.filter((column) => !shown.includes(column));
  const lines = [...text.lines];
  if (hidden.every(({ sign }) => sign === undefined)) {
    const indent = body.titles.length > 1 ? (text.lines.at(-1) ?? '').search(/\S/) : 0;
    lines.push(spread(`${' '.repeat(indent)}paid = ${sumOf(shown)}`, 'R7.4', text.width, style));
  }
  if (hidden.length > 0)
    lines.push(`${hidden.map(({ title }) => title).join(', ')} hidden; --wide shows all`);
  return lines;
}

function layOut({ currency }: Result, body: Body, shown: readonly FigureColumn[], style: Style): TableText {
  const money = (amount: Minor) =>
    amount === 0n ? '–' : groupThousands(formatMinor(amount, currency.digits));
  const cells = (labels: readonly string[], figures: Figures) => [
    ...labels,
    ...shown.map(({ figure }) => money(figures[figure])),
  ];
  const columns: TableColumn[] = [
    ...body.titles.map((title) => ({ title, align: 'left' }) as const),
    ...shown.map(({ figure, title }): TableColumn => ({ title, align: 'right', ...dressed(figure, style) })),
  ];
  const last = body.titles.length - 1;
  const totalLabels = body.titles.map((_, index) => (index === last ? 'total' : ''));
  const rows = [
    ...body.rows.map(({ labels, figures }) => cells(labels, figures)),
    { ruleFrom: last },
    cells(totalLabels, body.total),
  ];
  return tableText(columns, rows, style);
}

/** `payable − clawed back + …`, of the columns that are shown. */
function sumOf(shown: readonly FigureColumn[]): string {
  return shown
    .filter(({ sign }) => sign !== undefined)
    .map(({ title, sign }, index) => (index === 0 ? title : `${sign} ${title}`))
    .join(' ');
}

function dressed(figure: Figure, style: Style): { readonly style?: (text: string) => string } {
  if (figure === 'paid') return { style: style.strong };
  if (figure === 'clawedBack') return { style: (text) => (/\d/.test(text) ? style.notice(text) : text) };
  return {};
}

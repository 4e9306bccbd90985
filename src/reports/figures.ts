/** The table of the summary: per rep and quarter from payable to paid, with a total that adds up by eye. */
import { counted } from '../counted.js';
import { displayed } from '../displayed.js';
import {
  addedUp,
  isShown,
  PAID_SUM,
  PAY_FIGURES,
  type PayFigure,
  type PayRow,
  payRow,
  totalOf,
} from '../engine/r1-words/pay-figures.js';
import type { QuarterRow } from '../engine/r8-results/results.js';
import type { Result } from '../engine/result.js';
import { groupedBy } from '../grouped.js';
import { byCodeUnit } from '../order.js';
import { changeCell, minorCell } from './amounts.js';
import { columnsInWords, droppedText, isShared, type SumColumn, sumCell, sumColumns } from './folded-sum.js';
import type { ReportOptions, Style } from './style.js';
import { fittingTable, shortened, spread, type Table, type TableColumn } from './table.js';

/** Beyond this many rows the table has totals per quarter and the reps who are paid most. */
const MOST_ROWS = 40;
const MOST_REPS = 10;

/** The sum for what is paid, what it comes to, and what is held beside it. */
const FIGURES: readonly PayFigure[] = [...PAID_SUM.map(({ figure }) => figure), 'paid', 'held'];

/**
 * What shares a column on a narrow terminal, first to last: balances, then what no posting makes, then what postings make,
 * each from the last of the sum on. The first term of the sum always has its own.
 */
const SHARING_ORDER: readonly PayFigure[] = (['balance', 'unposted', 'posted'] as const).flatMap((group) =>
  PAID_SUM.slice(1)
    .map(({ figure }) => figure)
    .filter((figure) => groupOf(figure) === group)
    .reverse(),
);

function groupOf(figure: PayFigure): 'balance' | 'unposted' | 'posted' {
  const { kind, isPosted } = PAY_FIGURES[figure];
  if (kind !== 'flow') return 'balance';
  return isPosted ? 'posted' : 'unposted';
}

/** The columns that are shown even where they are 0 throughout. */
const ALWAYS: readonly PayFigure[] = ['payable', 'paid'];

/** How much of a name a table keeps, whatever it drops to do so, and what it keeps where even then there is no room. */
const NAME = 20;
const SHORT_NAME = 8;

/** What a table has room for. */
interface Shape {
  readonly columns: readonly SumColumn<PayFigure>[];
  readonly figures: readonly PayFigure[];
  /** The least columns for a name. */
  readonly name: number;
}

/**
 * From all columns to what is paid alone. The terms of the sum share a column before any other figure goes, so that a row
 * adds up as long as it has a term.
 */
function shapesFor(used: readonly PayFigure[]): readonly [Shape, ...Shape[]] {
  const terms = PAID_SUM.filter(({ figure }) => used.includes(figure));
  const figures = used.filter((figure) => !terms.some((one) => one.figure === figure));
  const [each, ...sharing] = sumColumns(
    terms.map(({ figure, sign }) => ({ name: figure, title: titleOf(figure), sign })),
    SHARING_ORDER,
  );
  const narrowest = sharing.at(-1) ?? each;
  return [
    { columns: each, figures, name: NAME },
    ...sharing.map((columns) => ({ columns, figures, name: NAME })),
    { columns: narrowest, figures, name: SHORT_NAME },
    { columns: narrowest, figures: ['paid'], name: SHORT_NAME },
    { columns: [], figures: ['paid'], name: SHORT_NAME },
  ];
}

/** Every rep and quarter where they fit; else every quarter, then the reps who are paid most in the last one. */
export function figuresText(result: Result, options: ReportOptions): string[] {
  const { quarters, asOf } = result;
  if (quarters.length === 0) return [noEvents(asOf)];
  const used = usedIn(quarters);
  const unused = FIGURES.filter((figure) => !used.includes(figure) && isShown(figure, quarters)).map(titleOf);
  const feet = unused.length === 0 ? [] : [`${unused.join(', ')}: always 0.00`];
  const month = monthLines(result, used, options);
  if (quarters.length <= MOST_ROWS) {
    return [...month, ...tableLines(result, everyRow(quarters, options.style), used, options), ...feet];
  }
  const closing = closingRows(quarters);
  const quarter = closing[0]?.quarter ?? '';
  return [
    ...month,
    ...tableLines(result, everyQuarter(quarters), used, options),
    ...feet,
    '',
    `The largest by paid in ${quarter}; every rep and quarter is in ${options.out}/quarters.csv:`,
    ...tableLines(result, largest(closing, options.style), used, options),
  ];
}

/** The figures that have a column for these rows. */
function usedIn(rows: readonly PayRow[]): readonly PayFigure[] {
  return FIGURES.filter((figure) => ALWAYS.includes(figure) || rows.some((row) => row[figure] !== 0n));
}

/** Where pay is by the month: what each rep is paid for it, before the quarters that it is a part of. */
function monthLines(result: Result, inQuarters: readonly PayFigure[], options: ReportOptions): string[] {
  const { months, payPeriod, terms } = result;
  if (terms.payPeriod !== 'month') return [];
  const own = months.filter(({ month }) => month === payPeriod);
  // A month may have what its quarter has not: what is owed or carried in between.
  const ofMonth = usedIn(own);
  const used = FIGURES.filter((figure) => inQuarters.includes(figure) || ofMonth.includes(figure));
  const isAll = own.length <= MOST_ROWS;
  const title = isAll
    ? `${payPeriod}, rep by rep:`
    : `The largest by paid in ${payPeriod}; every rep and month is in ${options.out}/months.csv:`;
  const body = isAll ? everyRep(own, options.style) : largest(own, options.style);
  return [title, ...tableLines(result, body, used, options), '', 'By quarter:'];
}

/** Where there is nothing to show. */
export function noEvents(asOf: string): string {
  return `No events up to ${asOf}: no invoice with a plan is booked by then.`;
}

/** Each rep's last row: the balances at the as-of date. */
export function closingRows<Row extends { readonly repId: string }>(rows: readonly Row[]): readonly Row[] {
  return rows.filter((row, index) => rows[index + 1]?.repId !== row.repId);
}

/** Flows are summed; balances are each rep's first opening and last closing, never sums over quarters. */
export function overall(quarters: readonly QuarterRow[]): PayRow {
  const rows = {
    flow: quarters,
    opening: quarters.filter((row, index) => quarters[index - 1]?.repId !== row.repId),
    closing: closingRows(quarters),
  };
  return payRow((figure) => totalOf(rows[PAY_FIGURES[figure].kind], figure));
}

/** What a table shows, before it is known which columns fit. */
interface Body {
  readonly titles: readonly string[];
  readonly rows: readonly { readonly labels: readonly string[]; readonly figures: PayRow }[];
  readonly total: PayRow;
}

function everyRow(quarters: readonly QuarterRow[], style: Style): Body {
  const rows = quarters.map((row, index) => {
    const isFirst = quarters[index - 1]?.repId !== row.repId;
    return { labels: [isFirst ? labelOf(row, style) : '', row.quarter], figures: row };
  });
  return { titles: ['rep', 'quarter'], rows, total: overall(quarters) };
}

type RepRow = PayRow & { readonly repId: string };

function everyRep(rows: readonly RepRow[], style: Style): Body {
  const named = rows.map((row) => ({ labels: [labelOf(row, style)], figures: row }));
  return { titles: ['rep'], rows: named, total: addedUp(rows) };
}

function labelOf({ repId }: RepRow, style: Style): string {
  return shortened(displayed(repId), style);
}

function everyQuarter(quarters: readonly QuarterRow[]): Body {
  const rows = [...groupedBy(quarters, ({ quarter }) => quarter)]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([quarter, own]) => ({ labels: [quarter], figures: addedUp(own) }));
  return { titles: ['quarter'], rows, total: overall(quarters) };
}

function largest(closing: readonly RepRow[], style: Style): Body {
  const sorted = [...closing].sort(
    (a, b) => Number(b.paid > a.paid) - Number(b.paid < a.paid) || byCodeUnit(a.repId, b.repId),
  );
  const rest = sorted.slice(MOST_REPS);
  const named = sorted.slice(0, MOST_REPS).map((row) => ({ labels: [labelOf(row, style)], figures: row }));
  const more = { labels: [`… ${counted(rest.length, 'more rep')}`], figures: addedUp(rest) };
  return { titles: ['rep'], rows: rest.length === 0 ? named : [...named, more], total: addedUp(sorted) };
}

/** The table with the columns that fit, the sum that its columns make, and what is not among them. */
function tableLines(
  result: Result,
  body: Body,
  used: readonly PayFigure[],
  options: ReportOptions,
): string[] {
  const { style } = options;
  const { shape, text } = fittingTable(shapesFor(used), (one) => tableOf(result, body, one, style), options);
  const { columns, figures } = shape;
  const lines = [...text.lines];
  if (columns.length > 0) {
    const indent = body.titles.length > 1 ? (text.lines.at(-1) ?? '').search(/\S/) : 0;
    const sum = `${titleOf('paid')} = ${columnsInWords(columns)}`;
    lines.push(spread(`${' '.repeat(indent)}${sum}`, 'R7.4', text.width, style));
  }
  const terms = columns.flatMap(({ terms: own }) => own.map(({ name }) => name));
  const hidden = used.filter((figure) => !figures.includes(figure) && !terms.includes(figure));
  return [...lines, ...droppedText(columns, hidden.map(titleOf))];
}

function tableOf({ currency }: Result, body: Body, { columns, figures, name }: Shape, style: Style): Table {
  const cells = (labels: readonly string[], row: PayRow) => [
    ...labels,
    ...columns.map((column) => (isShared(column) ? changeCell : minorCell)(sumCell(column, row), currency)),
    ...figures.map((figure) => minorCell(row[figure], currency)),
  ];
  const titled: TableColumn[] = [
    ...body.titles.map(
      (title) => ({ title, align: 'left', ...(title === 'rep' ? { least: name } : {}) }) as const,
    ),
    ...columns.map((column): TableColumn => {
      const figure = isShared(column) ? undefined : column.terms[0]?.name;
      return { title: column.title, align: 'right', ...styleOf(figure, style) };
    }),
    ...figures.map(
      (figure): TableColumn => ({ title: titleOf(figure), align: 'right', ...styleOf(figure, style) }),
    ),
  ];
  const last = body.titles.length - 1;
  const totalLabels = body.titles.map((_, index) => (index === last ? 'total' : ''));
  const rows = [
    ...body.rows.map(({ labels, figures: row }) => cells(labels, row)),
    { ruleFrom: last },
    cells(totalLabels, body.total),
  ];
  return { columns: titled, rows };
}

/** What is held before is no column here, so that held after is just held. */
function titleOf(figure: PayFigure): string {
  return figure === 'held' ? 'held' : PAY_FIGURES[figure].title;
}

function styleOf(figure: PayFigure | undefined, style: Style): Pick<TableColumn, 'style'> {
  if (figure === 'paid') return { style: style.strong };
  if (figure === 'clawedBack') return { style: (text) => (/\d/.test(text) ? style.notice(text) : text) };
  return {};
}

/** The table of the summary: per rep and quarter from payable to paid, with a total that adds up by eye. */
import { counted } from '../counted.js';
import {
  addedUp,
  isShown,
  PAID_SUM,
  PAY_FIGURES,
  type PayFigure,
  type PayRow,
  payRow,
  sumText,
  type Term,
  totalOf,
} from '../engine/r1-words/pay-figures.js';
import type { QuarterRow } from '../engine/r8-results/results.js';
import type { Result } from '../engine/result.js';
import { groupedBy } from '../grouped.js';
import { byCodeUnit } from '../order.js';
import { minorCell } from './amounts.js';
import type { ReportOptions, Style } from './style.js';
import { printable, shortened, spread, type TableColumn, type TableText, tableText } from './table.js';

/** Beyond this many rows the table has totals per quarter and the reps who are paid most. */
const MOST_ROWS = 40;
const MOST_REPS = 10;

/** The sum for what is paid, what it comes to, and what is held beside it. */
const FIGURES: readonly PayFigure[] = [...PAID_SUM.map(({ figure }) => figure), 'paid', 'held'];

/** The columns that are shown even where they are 0 throughout. */
const ALWAYS: readonly PayFigure[] = ['payable', 'paid'];

/** The columns that a narrow terminal goes without, first to last: those that readers look for stay longest. */
const GIVEN_UP: readonly PayFigure[] = [
  'held',
  ...FIGURES.filter((figure) => !ALWAYS.includes(figure) && figure !== 'held' && figure !== 'clawedBack'),
  'clawedBack',
];

/** Every rep and quarter where they fit; else every quarter, then the reps who are paid most in the last one. */
export function figuresText(result: Result, options: ReportOptions): string[] {
  const { quarters, asOf } = result;
  if (quarters.length === 0) return [noEvents(asOf)];
  const used = FIGURES.filter(
    (figure) => ALWAYS.includes(figure) || quarters.some((row) => row[figure] !== 0n),
  );
  const unused = FIGURES.filter((figure) => !used.includes(figure) && isShown(figure, quarters)).map(titleOf);
  const feet = unused.length === 0 ? [] : [`${unused.join(', ')}: always 0.00`];
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

function labelOf({ repId }: QuarterRow, style: Style): string {
  return shortened(printable(repId), style);
}

function everyQuarter(quarters: readonly QuarterRow[]): Body {
  const rows = [...groupedBy(quarters, ({ quarter }) => quarter)]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([quarter, own]) => ({ labels: [quarter], figures: addedUp(own) }));
  return { titles: ['quarter'], rows, total: overall(quarters) };
}

function largest(closing: readonly QuarterRow[], style: Style): Body {
  const sorted = [...closing].sort(
    (a, b) => Number(b.paid > a.paid) - Number(b.paid < a.paid) || byCodeUnit(a.repId, b.repId),
  );
  const rest = sorted.slice(MOST_REPS);
  const named = sorted.slice(0, MOST_REPS).map((row) => ({ labels: [labelOf(row, style)], figures: row }));
  const more = { labels: [`… ${counted(rest.length, 'more rep')}`], figures: addedUp(rest) };
  return { titles: ['rep'], rows: rest.length === 0 ? named : [...named, more], total: addedUp(sorted) };
}

/** The table with the columns that fit, the sum that its columns make, and what is hidden. */
function tableLines(
  result: Result,
  body: Body,
  used: readonly PayFigure[],
  { style, width, wide }: ReportOptions,
): string[] {
  let shown = used;
  let text = layOut(result, body, shown, style);
  for (const figure of GIVEN_UP) {
    if (wide || text.width <= width) break;
    shown = shown.filter((one) => one !== figure);
    text = layOut(result, body, shown, style);
  }
  const hidden = used.filter((figure) => !shown.includes(figure));
  const lines = [...text.lines];
  const termsIn = (figures: readonly PayFigure[]): readonly Term[] =>
    PAID_SUM.filter(({ figure }) => figures.includes(figure));
  if (termsIn(hidden).length === 0) {
    const indent = body.titles.length > 1 ? (text.lines.at(-1) ?? '').search(/\S/) : 0;
    const sum = `${titleOf('paid')} = ${sumText(termsIn(shown))}`;
    lines.push(spread(`${' '.repeat(indent)}${sum}`, 'R7.4', text.width, style));
  }
  if (hidden.length > 0) lines.push(`${hidden.map(titleOf).join(', ')} hidden; --wide shows all`);
  return lines;
}

function layOut({ currency }: Result, body: Body, shown: readonly PayFigure[], style: Style): TableText {
  const cells = (labels: readonly string[], figures: PayRow) => [
    ...labels,
    ...shown.map((figure) => minorCell(figures[figure], currency)),
  ];
  const columns: TableColumn[] = [
    ...body.titles.map((title) => ({ title, align: 'left' }) as const),
    ...shown.map((figure): TableColumn => {
      return { title: titleOf(figure), align: 'right', ...styleOf(figure, style) };
    }),
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

/** What is held before is no column here, so that held after is just held. */
function titleOf(figure: PayFigure): string {
  return figure === 'held' ? 'held' : PAY_FIGURES[figure].title;
}

function styleOf(figure: PayFigure, style: Style): Pick<TableColumn, 'style'> {
  if (figure === 'paid') return { style: style.strong };
  if (figure === 'clawedBack') return { style: (text) => (/\d/.test(text) ? style.notice(text) : text) };
  return {};
}

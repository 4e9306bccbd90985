/** What `comp calc` tells finance: first the answer, then the table that adds up to it, then what to look at. */
import type { Result } from '../engine/calculate.js';
import type { PayRow } from '../engine/pay.js';
import type { QuarterRow } from '../engine/results.js';
import { formatMinor, groupThousands, type Minor } from '../money.js';
import { byCodeUnit } from '../order.js';
import type { Terms } from '../plans/plan.js';
import { controlsText } from './controls.js';
import type { Style } from './style.js';
import { spread, type TableColumn, type TableRow, tableText } from './table.js';

export interface SummaryOptions {
  readonly style: Style;
  readonly width: number;
  /** Show every column, however wide. */
  readonly wide: boolean;
  /** The results folder as a person would type it. */
  readonly out: string;
}

/** Beyond this many rows the table has totals per quarter and the reps who are paid most. */
const MOST_ROWS = 40;
const MOST_REPS = 10;

type Figure = 'payable' | 'clawedBack' | 'reinstated' | 'owedOpening' | 'owed' | 'paid' | 'held';
type Figures = Readonly<Record<Figure, Minor>>;

const FIGURES: readonly { readonly figure: Figure; readonly title: string }[] = [
  { figure: 'payable', title: 'payable' },
  { figure: 'clawedBack', title: 'clawed back' },
  { figure: 'reinstated', title: 'reinstated' },
  { figure: 'owedOpening', title: 'owed before' },
  { figure: 'owed', title: 'owed after' },
  { figure: 'paid', title: 'paid' },
  { figure: 'held', title: 'held' },
];

/** The columns that a narrow terminal goes without, first to last. */
const GIVEN_UP: readonly Figure[] = ['held', 'reinstated', 'owedOpening', 'owed', 'clawedBack'];

/** The summary of a close as text. */
export function summaryText(result: Result, options: SummaryOptions): string {
  const parts = [
    heading(result),
    answer(result),
    '',
    ...figures(result, options),
    ...controlsText(result, options),
  ];
  return `${parts.join('\n')}\n`;
}

function heading({ asOf, currency, quarters, controls, terms }: Result): string {
  const reps = new Set(quarters.map(({ repId }) => repId)).size;
  const invoices = controls.get('invoices')?.used.rows ?? 0;
  const plans = terms.plans.map(({ id, level }) => `${id} (level ${level.number}, ${level.name})`);
  const shown =
    plans.length <= 3 ? plans.join(', ') : `${plans.slice(0, 3).join(', ')} and ${plans.length - 3} more`;
  const word = plans.length === 1 ? 'plan' : 'plans';
  return `Close as of ${asOf} · ${currency.code} · ${counted(reps, 'rep')}, ${counted(invoices, 'invoice')} · ${word} ${shown}`;
}

/** What to pay, what waits, what is owed: each with what a reader asks next. */
function answer(result: Result): string {
  const { payPeriod, terms, currency, months, quarters } = result;
  const closing = closingRows(quarters);
  const periods: readonly PayRow[] = terms.payPeriod === 'month' ? closingRows(months) : closing;
  const paying = periods.filter(({ paid }) => paid > 0n);
  const money = (amount: Minor) => groupThousands(formatMinor(amount, currency.digits));
  const held = sum(closing, 'held');
  const owed = sum(closing, 'owed');
  const waits = closing.filter((row) => row.held !== 0n).length;
  const owing = closing.filter((row) => row.owed > 0n).length;
  const lines: (readonly [string, string, string])[] = [
    [`To pay for ${payPeriod}`, money(sum(paying, 'paid')), counted(paying.length, 'rep')],
    [
      'Held',
      money(held),
      held === 0n ? nothingHeld(terms) : `waits for customers' payments, ${counted(waits, 'rep')}`,
    ],
    [
      'Owed by reps',
      money(owed),
      owed === 0n ? nothingOwed(result, money) : `to be recovered from later pay, ${counted(owing, 'rep')}`,
    ],
  ];
  const taken = sum(closing, 'clawedBack');
  const given = sum(closing, 'reinstated');
  if (taken !== 0n || given !== 0n) {
    const quarter = closing[0]?.quarter ?? '';
    lines.push([`Clawed back in ${quarter}`, money(taken), `${money(given)} reinstated`]);
  }
  const columns: TableColumn[] = [
    { title: '', align: 'left' },
    { title: '', align: 'right' },
    { title: '', align: 'left' },
  ];
  return tableText(columns, lines).lines.slice(1).join('\n');
}

function nothingHeld({ plans }: Terms): string {
  if (plans.some(({ level }) => level.earned === 'with-sale' && level.held !== 'none'))
    return 'nothing waits for cash';
  const levels = [...new Set(plans.map(({ level }) => level.number))].sort().join(' and ');
  return `nothing waits for cash at level ${levels}`;
}

function nothingOwed({ quarters }: Result, money: (amount: Minor) => string): string {
  const byQuarter = new Map<string, Minor>();
  for (const { quarter, owed } of quarters) byQuarter.set(quarter, (byQuarter.get(quarter) ?? 0n) + owed);
  const most = [...byQuarter].reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0n] as [string, Minor]);
  return most[1] === 0n
    ? 'nothing was ever owed'
    : `at most ${money(most[1])}, at the end of ${most[0]}; recovered since`;
}

/** Every rep and quarter where they fit; else every quarter, then the reps who are paid most in the last one. */
function figures(result: Result, options: SummaryOptions): string[] {
  const { quarters } = result;
  if (quarters.length === 0) {
    return [`No events up to ${result.asOf}: no invoice with a plan is booked by then.`, ''];
  }
  const used = FIGURES.filter(
    ({ figure }) => quarters.some((row) => row[figure] !== 0n) || figure === 'paid',
  );
  if (quarters.length <= MOST_ROWS)
    return figureTable(result, used, ['rep', 'quarter'], everyRow(result), options);
  const all = figureTable(result, used, ['quarter'], quarterTotals(result), options);
  const last = closingRows(result.quarters);
  const quarter = last[0]?.quarter ?? '';
  return [
    ...all,
    `The largest by paid in ${quarter}; every rep and quarter is in ${options.out}/quarters.csv:`,
    ...figureTable(result, used, ['rep'], largest(last), options, false),
  ];
}

interface Labelled {
  readonly labels: readonly string[];
  readonly figures: Figures;
}

interface Body {
  readonly rows: readonly Labelled[];
  readonly total: Figures;
}

function everyRow(result: Result): Body {
  let before = '';
  const rows = result.quarters.map((row) => {
    const label = row.repId === before ? '' : row.repId;
    before = row.repId;
    return { labels: [label, row.quarter], figures: row };
  });
  return { rows, total: overall(result) };
}

function quarterTotals(result: Result): Body {
  const byQuarter = new Map<string, QuarterRow[]>();
  for (const row of result.quarters) {
    const own = byQuarter.get(row.quarter);
    if (own === undefined) byQuarter.set(row.quarter, [row]);
    else own.push(row);
  }
  const rows = [...byQuarter]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([quarter, own]) => ({ labels: [quarter], figures: added(own) }));
  return { rows, total: overall(result) };
}

function largest(last: readonly QuarterRow[]): Body {
  const sorted = [...last].sort(
    (a, b) => Number(b.paid > a.paid) - Number(b.paid < a.paid) || byCodeUnit(a.repId, b.repId),
  );
  const rows: Labelled[] = sorted.slice(0, MOST_REPS).map((row) => ({ labels: [row.repId], figures: row }));
  const rest = sorted.slice(MOST_REPS);
  if (rest.length > 0) {
    rows.push({ labels: [`… ${counted(rest.length, 'more rep')}`], figures: added(rest) });
  }
  return { rows, total: added(sorted) };
}

/** Flows are summed; balances are the first opening and the last closing of each rep, never sums over quarters. */
function overall(result: Result): Figures {
  const flows = added(result.quarters);
  const closing = added(closingRows(result.quarters));
  return { ...flows, owedOpening: 0n, owed: closing.owed, held: closing.held };
}

function added(rows: readonly Figures[]): Figures {
  return Object.fromEntries(FIGURES.map(({ figure }) => [figure, sum(rows, figure)])) as unknown as Figures;
}

function figureTable(
  { currency }: Result,
  used: typeof FIGURES,
  labels: readonly string[],
  { rows, total }: Body,
  { style, width, wide }: SummaryOptions,
  explained = true,
): string[] {
  const money = (amount: Minor) =>
    amount === 0n ? '–' : groupThousands(formatMinor(amount, currency.digits));
  const lay = (shown: typeof FIGURES) => {
    const columns: TableColumn[] = [
      ...labels.map((title) => ({ title, align: 'left' }) as const),
      ...shown.map(
        ({ figure, title }): TableColumn => ({ title, align: 'right', ...dressed(figure, style) }),
      ),
    ];
    const cells = (labelled: readonly string[], figures: Figures) => [
      ...labelled,
      ...shown.map(({ figure }) => money(figures[figure])),
    ];
    const body: TableRow[] = rows.map((row) => cells(row.labels, row.figures));
    const totalLabels = labels.map((_, index) => (index === labels.length - 1 ? 'total' : ''));
    return tableText(columns, [...body, { ruleFrom: labels.length - 1 }, cells(totalLabels, total)]);
  };
  let shown = used;
  let text = lay(shown);
  const hidden: string[] = [];
  for (const figure of GIVEN_UP) {
    if (wide || text.width <= width) break;
    const column = shown.find((one) => one.figure === figure);
    if (column === undefined) continue;
    shown = shown.filter((one) => one !== column);
    hidden.push(column.title);
    text = lay(shown);
  }
  const lines = [...text.lines];
  if (explained && hidden.every((title) => title === 'held')) {
    const terms = shown.filter(({ figure }) => figure !== 'paid' && figure !== 'held');
    lines.push(
      spread(
        `${' '.repeat(labels.length > 1 ? 5 : 0)}paid = ${terms.map(asTerm).join('')}`,
        'R7.4',
        text.width,
      ),
    );
  }
  const unused = FIGURES.filter((one) => !used.includes(one)).map(({ title }) => title);
  if (explained && unused.length > 0) lines.push(`${unused.join(', ')}: 0.00 throughout`);
  if (hidden.length > 0) lines.push(`${hidden.join(', ')} hidden; --wide shows all`);
  return [...lines, ''];
}

const SIGN: Partial<Record<Figure, string>> = {
  clawedBack: '−',
  reinstated: '+',
  owedOpening: '−',
  owed: '+',
};

function asTerm({ figure, title }: (typeof FIGURES)[number], index: number): string {
  const sign = SIGN[figure];
  return index === 0 ? (sign === '−' ? `−${title}` : title) : ` ${sign ?? '+'} ${title}`;
}

function dressed(figure: Figure, style: Style): { readonly style?: (text: string) => string } {
  if (figure === 'paid') return { style: style.strong };
  if (figure === 'clawedBack') return { style: (text) => (/\d/.test(text) ? style.notice(text) : text) };
  return {};
}

/** Each rep's last row: what stands at the as-of date. */
function closingRows<Row extends { readonly repId: string }>(rows: readonly Row[]): readonly Row[] {
  return rows.filter((row, index) => rows[index + 1]?.repId !== row.repId);
}

function sum(rows: readonly Partial<Figures>[], figure: Figure): Minor {
  return rows.reduce((total, row) => total + (row[figure] ?? 0n), 0n);
}

function counted(count: number, what: string): string {
  return `${groupThousands(`${count}`)} ${what}${count === 1 ? '' : 's'}`;
}

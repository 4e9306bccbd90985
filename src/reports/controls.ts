/** Control totals and exceptions for people: every row read is accounted for, and every exception is named. */
import { counted, verb } from '../counted.js';
import { displayed } from '../displayed.js';
import type { ControlTotals } from '../engine/r8-results/controls.js';
import type { Result } from '../engine/result.js';
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import { LEDGER_TITLES, type LedgerName } from '../ledger-specs/ledgers.js';
import { groupThousands } from '../money.js';
import { unitsText } from './amounts.js';
import { CHECKS_IN_WORDS } from './checks-in-words.js';
import { type Fate, fatesIn, fateTitle, hasAmounts, inEachCurrency } from './fates.js';
import type { ReportOptions, TextOptions } from './style.js';
import { fittingTable, type TableColumn } from './table.js';

/** How many exceptions of a code are listed; the rest are in exceptions.csv. */
const MOST_OF_A_KIND = 3;

/** The foot of the summary: ledgers, exceptions and checks. */
export function controlsText(result: Result, options: ReportOptions): string[] {
  const lines = totals(result, options);
  const count = result.exceptions.length;
  if (count === 0) return [...lines, 'No exceptions.', CHECKS_IN_WORDS];
  return [
    ...lines,
    CHECKS_IN_WORDS,
    `${counted(count, 'exception')}, all in ${options.out}/exceptions.csv:`,
    ...exceptionLines(result, options),
  ];
}

/** A line where every row is used; else a table of what became of the rows. */
function totals(result: Result, options: TextOptions): string[] {
  const { controls } = result;
  if ([...controls.values()].some(({ read, used }) => read.rows !== used.rows))
    return controlsTable(result, options);
  const ledgers = [...controls].map(
    ([name, totals]) => `${LEDGER_TITLES[name]} ${inOne(result, name, totals)}`,
  );
  return [`Ledgers: ${ledgers.join(' · ')}`, 'All rows are used.'];
}

/** A column of what was read, of what became of it, or of several fates that share it. */
interface FateColumn {
  readonly title: string;
  readonly fates: readonly Fate[];
}

/** What the table has room for. */
interface Shape {
  readonly columns: readonly FateColumn[];
  /** Whether rows and amounts are side by side; otherwise amounts are below. */
  readonly isBeside: boolean;
  /** Whether each row says that it adds up; otherwise the line below the table does. */
  readonly saysSo: boolean;
}

/** What became of every row of every ledger (R8.4): the columns after `read` add up to it. */
export function controlsTable(result: Result, options: TextOptions): string[] {
  const { controls, asOf } = result;
  const all = fatesIn(controls).map((fate): FateColumn => ({ title: fateTitle(fate, asOf), fates: [fate] }));
  const isUsed = ({ fates }: FateColumn) =>
    fates.some(
      (fate) =>
        fate === 'read' || fate === 'used' || [...controls.values()].some((one) => one[fate].rows > 0),
    );
  const used = all.filter(isUsed);
  const others = used.slice(2);
  const shared: readonly FateColumn[] =
    others.length < 2
      ? used
      : [...used.slice(0, 2), { title: 'not used', fates: others.flatMap(({ fates }) => fates) }];
  const { shape, text } = fittingTable<Shape>(
    [
      { columns: all, isBeside: true, saysSo: true },
      { columns: used, isBeside: true, saysSo: true },
      { columns: used, isBeside: false, saysSo: true },
      { columns: shared, isBeside: false, saysSo: true },
      { columns: shared, isBeside: false, saysSo: false },
    ],
    (one) => ({ columns: columnsFor(one), rows: rowsFor(result, one) }),
    options,
  );
  const titles = (columns: readonly FateColumn[]) => columns.map(({ title }) => title).join(', ');
  const empty =
    shape.columns.length < all.length && !all.every(isUsed) ? all.filter((one) => !isUsed(one)) : [];
  const notes = [
    ...(shape.saysSo ? [] : ['every row ties out']),
    ...(shape.columns === shared && shared !== used
      ? [`not used = ${titles(others).replaceAll(', ', ' + ')}`]
      : []),
    ...(empty.length === 0 ? [] : [`${titles(empty)}: none`]),
  ];
  return [...text.lines, ...(notes.length === 0 ? [] : [`${notes.join('; ')}; --wide shows each`])];
}

function columnsFor({ columns, isBeside, saysSo }: Shape): TableColumn[] {
  return [
    { title: 'ledger', align: 'left' },
    ...(isBeside ? [] : [{ title: '', align: 'left' } as const]),
    ...columns.flatMap(({ title }): TableColumn[] => [
      ...(isBeside ? [{ title: '', align: 'right' } as const] : []),
      { title, align: 'right' },
    ]),
    ...(saysSo ? [{ title: '', align: 'left' } as const] : []),
  ];
}

function rowsFor(result: Result, shape: Shape): string[][] {
  return [...result.controls].flatMap(([name, totals]) => ledgerRows(result, name, totals, shape));
}

/** The rows of a ledger: its rows and amounts, or below its rows the amounts of each currency (R15.3). */
function ledgerRows(
  result: Result,
  name: LedgerName,
  totals: ControlTotals,
  { columns, isBeside, saysSo }: Shape,
): string[][] {
  const end = saysSo ? ['ties out'] : [];
  const { documents } = totals;
  const title = LEDGER_TITLES[name];
  const made = documents === undefined ? '' : counted(documents, 'document');
  const counts = columns.map((column) => rowsCell(sumIn(totals, column)));
  const [first, ...below] = amountRows(result, name, totals, columns);
  const isAlone = first === undefined || first.title === 'amount';
  const rows = isAlone ? below : [first, ...below];
  if (isBeside) {
    const label = made === '' ? title : `${title} (${made})`;
    const own = isAlone ? first?.cells : undefined;
    return [
      [label, ...counts.flatMap((count, at) => [count, own?.[at] ?? '']), ...end],
      ...rows.map(({ title: what, cells }) => [`  ${what}`, ...cells.flatMap((cell) => ['', cell]), ...end]),
    ];
  }
  return [
    [title, 'rows', ...counts, ...end],
    ...(made === '' ? [] : [['', made]]),
    ...(first === undefined || !isAlone ? [] : [['', first.title, ...first.cells, ...end]]),
    ...rows.map(({ title: what, cells }) => ['', what, ...cells, ...end]),
  ];
}

/** The amounts of a ledger, and what is owed where that is more; of each currency, where it has several. */
function amountRows(
  result: Result,
  name: LedgerName,
  all: ControlTotals,
  columns: readonly FateColumn[],
): readonly { readonly title: string; readonly cells: readonly string[] }[] {
  const has = LEDGER_COLUMNS[name];
  if (has.amount === undefined) return [];
  return inEachCurrency(all).flatMap(({ currency, totals }) => {
    const cells = (figure: 'amount' | 'total') =>
      columns.map((column) => amountCell(result, totals, column, figure));
    const isTaxed = has.total !== undefined && totals.read.total !== totals.read.amount;
    const [amount, withTax] =
      currency === undefined ? ['amount', 'with tax'] : [currency, `${currency} with tax`];
    return [
      { title: amount, cells: cells('amount') },
      ...(isTaxed ? [{ title: withTax, cells: cells('total') }] : []),
    ];
  });
}

function inOne(result: Result, name: LedgerName, totals: ControlTotals): string {
  const { read, documents } = totals;
  if (read.rows === 0) return '0 rows';
  const made = documents === undefined ? '' : ` in ${counted(documents, 'document')}`;
  const amounts = inEachCurrency(totals).map(({ currency, totals: own }) => {
    const code = currency === undefined ? '' : ` ${currency}`;
    return ` ${unitsText(own.read.amount, result)}${code}`;
  });
  const amount = LEDGER_COLUMNS[name].amount === undefined ? '' : amounts.join(' +');
  return `${rowsCell(read)} ${verb(read.rows, 'row', 'rows')}${made}${amount}`;
}

/** The rows and amounts of the fates in a column. */
function sumIn(totals: ControlTotals, { fates }: FateColumn): ControlTotals['read'] {
  const all = fates.map((fate) => totals[fate]);
  return {
    rows: all.reduce((sum, { rows }) => sum + rows, 0),
    amount: all.reduce((sum, { amount }) => sum + amount, 0n),
    total: all.reduce((sum, { total }) => sum + total, 0n),
  };
}

function rowsCell({ rows }: Pick<ControlTotals['read'], 'rows'>): string {
  return rows === 0 ? '–' : groupThousands(`${rows}`);
}

/** A dash where there is nothing, and blank where the rows of a fate have no amounts. */
function amountCell(
  result: Result,
  totals: ControlTotals,
  column: FateColumn,
  figure: 'amount' | 'total',
): string {
  if (!column.fates.some(hasAmounts)) return '';
  const sum = sumIn(totals, column);
  return sum.rows === 0 && sum[figure] === 0n ? '–' : unitsText(sum[figure], result);
}

function exceptionLines({ exceptions }: Result, { style, out }: ReportOptions): string[] {
  const byCode = new Map<string, number>();
  const lines: string[] = [];
  for (const { code, id, message } of exceptions) {
    const count = (byCode.get(code) ?? 0) + 1;
    byCode.set(code, count);
    if (count <= MOST_OF_A_KIND)
      lines.push(`${style.notice(code)}  ${displayed(id)}`, `    ${displayed(message)}`);
  }
  for (const [code, count] of byCode) {
    if (count > MOST_OF_A_KIND)
      lines.push(`… ${count - MOST_OF_A_KIND} more ${code} in ${out}/exceptions.csv`);
  }
  return lines;
}

/** Control totals and exceptions for people: every row read is accounted for, and every exception is named. */

import { counted, verb } from '../counted.js';
import { CHECKED_RULES } from '../engine/r8-results/checks.js';
import type { ControlTotals } from '../engine/r8-results/controls.js';
import type { Result } from '../engine/result.js';
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import { LEDGER_TITLES, type LedgerName } from '../ledger-specs/ledgers.js';
import { formatUnits, groupThousands } from '../money.js';
import { fatesIn, fateTitle, hasAmounts } from './fates.js';
import type { ReportOptions, Style } from './style.js';
import { printable, tableText } from './table.js';

/** How many exceptions of a code are listed; the rest are in exceptions.csv. */
const MOST_OF_A_KIND = 3;

/** The foot of the summary: ledgers, exceptions and checks. */
export function controlsText(result: Result, options: ReportOptions): string[] {
  const lines = totals(result, options.style);
  const count = result.exceptions.length;
  const checks = `checks ${CHECKED_RULES.join(', ')} passed`;
  if (count === 0) return [...lines, `No exceptions · ${checks}`];
  return [
    ...lines,
    `${counted(count, 'exception')}, all in ${options.out}/exceptions.csv · ${checks}`,
    ...exceptionLines(result, options),
  ];
}

/** A line where every row is used; else a table of what became of the rows. */
function totals(result: Result, style: Style): string[] {
  const { controls } = result;
  if ([...controls.values()].some(({ read, used }) => read.rows !== used.rows))
    return controlsTable(result, style);
  const ledgers = [...controls].map(
    ([name, totals]) => `${LEDGER_TITLES[name]} ${inOne(result, name, totals)}`,
  );
  return [`Ledgers: ${ledgers.join(' · ')}`, 'All rows are used.'];
}

/** What became of every row of every ledger (R8.4): the columns from the third on add up to what was read. */
export function controlsTable(result: Result, style: Style): string[] {
  const { controls, asOf } = result;
  const fates = fatesIn(controls);
  const columns = [
    { title: 'ledger', align: 'left' } as const,
    ...fates.flatMap((fate) => [
      { title: '', align: 'right' } as const,
      { title: fateTitle(fate, asOf), align: 'right' } as const,
    ]),
    { title: '', align: 'left' } as const,
  ];
  const rows = [...controls].flatMap(([name, totals]) => {
    const { documents, read } = totals;
    const title =
      LEDGER_TITLES[name] + (documents === undefined ? '' : ` (${counted(documents, 'document')})`);
    const cells = fates.flatMap((fate) => {
      const [count, amount] = cellsOf(result, name, totals[fate]);
      return [count, hasAmounts(fate) ? amount : ''];
    });
    const row = [title, ...cells, 'ties out'];
    if (LEDGER_COLUMNS[name].total === undefined || read.total === read.amount) return [row];
    const owed = fates.flatMap((fate) => [
      '',
      hasAmounts(fate) ? amountCell(result, totals[fate], 'total') : '',
    ]);
    return [row, ['  with tax', ...owed, 'ties out']];
  });
  return [...tableText(columns, rows, style).lines];
}

function inOne(result: Result, name: LedgerName, { read, documents }: ControlTotals): string {
  if (read.rows === 0) return '0 rows';
  const [rows, amount] = cellsOf(result, name, read);
  const made = documents === undefined ? '' : ` in ${counted(documents, 'document')}`;
  return `${rows} ${verb(read.rows, 'row', 'rows')}${made}${amount === '' ? '' : ` ${amount}`}`;
}

/** Rows and amount; a dash where there are none, nothing where the ledger has no amount. */
function cellsOf(result: Result, name: LedgerName, total: ControlTotals['read']): [string, string] {
  const rows = total.rows === 0 ? '–' : groupThousands(`${total.rows}`);
  return [rows, LEDGER_COLUMNS[name].amount === undefined ? '' : amountCell(result, total, 'amount')];
}

function amountCell(
  { scale, currency }: Result,
  total: ControlTotals['read'],
  figure: 'amount' | 'total',
): string {
  if (total.rows === 0 && total[figure] === 0n) return '–';
  return groupThousands(formatUnits(total[figure], scale, currency.digits));
}

function exceptionLines({ exceptions }: Result, { style, out }: ReportOptions): string[] {
  const byCode = new Map<string, number>();
  const lines: string[] = [];
  for (const { code, id, message } of exceptions) {
    const count = (byCode.get(code) ?? 0) + 1;
    byCode.set(code, count);
    if (count <= MOST_OF_A_KIND)
      lines.push(`${style.notice(code)}  ${printable(id)}`, `    ${printable(message)}`);
  }
  for (const [code, count] of byCode) {
    if (count > MOST_OF_A_KIND)
      lines.push(`… ${count - MOST_OF_A_KIND} more ${code} in ${out}/exceptions.csv`);
  }
  return lines;
}

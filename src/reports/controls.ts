/** Control totals and exceptions for people: every row read is accounted for, and what is odd is named. */
import type { Result } from '../engine/calculate.js';
import { LEDGER_COLUMNS } from '../engine/r2-ledgers/columns.js';
import { CHECKED_RULES } from '../engine/r8-results/checks.js';
import type { Controls, ControlTotals } from '../engine/r8-results/controls.js';
import { formatUnits, groupThousands } from '../money.js';
import { LEDGER_TITLES, type LedgerName } from '../problems/place.js';
import type { ReportOptions } from './style.js';
import { printable, tableText } from './table.js';

/** How many exceptions of a code are told; the rest are in exceptions.csv. */
const MOST_OF_A_KIND = 3;

/** The foot of the summary: ledgers, exceptions and checks. */
export function controlsText(result: Result, options: ReportOptions): string[] {
  const lines = totals(result);
  const count = result.exceptions.length;
  const checks = `checks ${CHECKED_RULES.join(', ')} passed`;
  if (count === 0) return [...lines, `No exceptions · ${checks}`];
  const said = count === 1 ? '1 exception' : `${groupThousands(`${count}`)} exceptions`;
  return [...lines, `${said}, all in ${options.out}/exceptions.csv · ${checks}`, ...told(result, options)];
}

/** A line where every row is used; else a table of what became of the rows. */
function totals(result: Result): string[] {
  const { controls, asOf } = result;
  if ([...controls.values()].every(({ read, used }) => read.rows === used.rows)) {
    const ledgers = [...controls].map(
      ([name, { read }]) => `${LEDGER_TITLES[name]} ${inOne(result, name, read)}`,
    );
    return [`Ledgers: ${ledgers.join(' · ')}`, 'All rows are used.'];
  }
  const fates = FATES.filter(({ fate }) => fate !== 'leftOut' || anyOf(controls, 'leftOut'));
  const columns = [
    { title: 'ledger', align: 'left' } as const,
    ...fates.flatMap(({ title }) => [
      { title: '', align: 'right' } as const,
      { title: title.replace('DATE', asOf), align: 'right' } as const,
    ]),
    { title: '', align: 'left' } as const,
  ];
  const rows = [...controls].map(([name, ledger]) => [
    LEDGER_TITLES[name],
    ...fates.flatMap(({ fate }) => cellsOf(result, name, ledger[fate])),
    'ties out',
  ]);
  return [...tableText(columns, rows).lines];
}

const FATES: readonly { readonly fate: keyof ControlTotals; readonly title: string }[] = [
  { fate: 'read', title: 'read' },
  { fate: 'used', title: 'used' },
  { fate: 'later', title: 'after DATE' },
  { fate: 'setAside', title: 'set aside' },
  { fate: 'leftOut', title: 'left out' },
];

function anyOf(controls: Controls, fate: keyof ControlTotals): boolean {
  return [...controls.values()].some((totals) => totals[fate].rows > 0);
}

function inOne(result: Result, name: LedgerName, total: ControlTotals['read']): string {
  if (total.rows === 0) return '0 rows';
  const [rows, amount] = cellsOf(result, name, total);
  return `${rows} ${total.rows === 1 ? 'row' : 'rows'}${amount === '' ? '' : ` ${amount}`}`;
}

/** Rows and amount; a dash where there are none, nothing where the ledger has no amount. */
function cellsOf(
  { scale, currency }: Result,
  name: LedgerName,
  total: ControlTotals['read'],
): [string, string] {
  if (total.rows === 0) return ['–', LEDGER_COLUMNS[name].amount === undefined ? '' : '–'];
  const rows = groupThousands(`${total.rows}`);
  if (LEDGER_COLUMNS[name].amount === undefined) return [rows, ''];
  return [rows, groupThousands(formatUnits(total.amount, scale, currency.digits))];
}

function told({ exceptions }: Result, { style, out }: ReportOptions): string[] {
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

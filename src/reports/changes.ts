/** Which rows of the ledgers have changed since a close, with what they adjust: for the terminal, as CSV and as data (R11.12). */
import { adjustedPeriod } from '../closing/adjusted-period.js';
import { counted } from '../counted.js';
import { displayed } from '../displayed.js';
import type { Result } from '../engine/result.js';
import { LEDGER_TITLES } from '../ledger-specs/ledgers.js';
import { csvOf } from '../ledgers/write.js';
import { formatMinor, groupThousands, type Minor } from '../money.js';
import type { CausedAdjustments, Changes, RowChange, RowCounts } from '../workspace/closes/row-changes.js';
import { minorCell } from './amounts.js';
import type { TextOptions } from './style.js';
import { shortened, type TableColumn, type TableRow, tableText } from './table.js';

/** Beyond this many rows the table shows how many more there are. */
const MOST_ROWS = 40;

/** `12 rows added, 1 removed, 2 changed since 2025-Q2 was closed`. */
export function countsText({ added, removed, changed }: RowCounts, since: string): string {
  if (added + removed + changed === 0) return `No row of the ledgers has changed since ${since} was closed.`;
  const number = (count: number) => groupThousands(`${count}`);
  return `${counted(added, 'row')} added, ${number(removed)} removed, ${number(changed)} changed since ${since} was closed.`;
}

export function countsOf({ rows }: Changes): RowCounts {
  const counts = { added: 0, removed: 0, changed: 0 };
  for (const { change } of rows) counts[change] += 1;
  return counts;
}

/** A row for each row that adjusts something or is no longer what it was; rows that are merely new are counted. */
export function changesText(
  changes: Changes,
  since: string,
  result: Result,
  { style, wide }: Pick<TextOptions, 'style' | 'wide'>,
): string {
  const { rows, others } = changes;
  const lines = [countsText(countsOf(changes), since)];
  const listed = rows.filter(({ change, count }) => change !== 'added' || count > 0);
  const shown = wide ? listed : listed.slice(0, MOST_ROWS);
  const money = (amount: Minor) => minorCell(amount, result.currency);
  const columns: TableColumn[] = [
    ...['change', 'ledger', 'row', 'adjusts'].map((title) => ({ title, align: 'left' }) as const),
    ...['to pay', 'held'].map((title) => ({ title, align: 'right' }) as const),
  ];
  const cells = (one: CausedAdjustments) => [periodsText(one, result), money(one.net), money(one.held)];
  const left = listed.slice(shown.length);
  const body: TableRow[] = [
    ...shown.map((row) => [
      row.change,
      LEDGER_TITLES[row.ledger],
      shortened(displayed(row.key), style),
      ...cells(row),
    ]),
    ...(left.length === 0 ? [] : [[`${left.length} more`, '', '', ...cells(together(left))]]),
    ...(others.count === 0 ? [] : [['other', '', 'rates, plans, settings', ...cells(others)]]),
  ];
  if (body.length > 0) {
    const all = together([...rows, others]);
    const total = ['total', '', '', '', money(all.net), money(all.held)];
    lines.push('', ...tableText(columns, [...body, { ruleFrom: 4 }, total], style).lines);
  }
  const merelyNew = rows.length - listed.length;
  if (merelyNew > 0)
    lines.push(
      `${counted(merelyNew, 'more row')} added that ${merelyNew === 1 ? 'adjusts' : 'adjust'} nothing; --csv lists all.`,
    );
  return `${lines.join('\n')}\n`;
}

function together(list: readonly CausedAdjustments[]): CausedAdjustments {
  return {
    count: list.reduce((sum, { count }) => sum + count, 0),
    adjusts: [...new Set(list.flatMap(({ adjusts }) => adjusts))].sort(),
    net: list.reduce((sum, { net }) => sum + net, 0n),
    held: list.reduce((sum, { held }) => sum + held, 0n),
  };
}

/** The periods that a row adjusts: the first, and how many more. */
function periodsText({ adjusts }: CausedAdjustments, result: Result): string {
  const names = namesOf(adjusts, result);
  const [first = '–', ...more] = names;
  return more.length === 0 ? first : `${first} +${more.length}`;
}

function namesOf(adjusts: readonly string[], result: Result): string[] {
  return [...new Set(adjusts.map((name) => adjustedPeriod(name, result)))];
}

/** All rows as CSV, and last what no single row caused. */
export function changesCsv({ rows, others }: Changes, result: Result): string {
  const { digits } = result.currency;
  const columns = [
    ...['change', 'ledger', 'row', 'adjusts'].map((name) => ({ name, kind: 'text' as const })),
    { name: 'adjustments', kind: 'count' as const },
    ...['to_pay', 'held'].map((name) => ({ name, kind: 'amount' as const })),
  ];
  const cells = (one: CausedAdjustments) => [
    namesOf(one.adjusts, result).join(' '),
    `${one.count}`,
    formatMinor(one.net, digits),
    formatMinor(one.held, digits),
  ];
  const records = [
    ...rows.map((row) => [row.change, row.ledger, row.key, ...cells(row)]),
    ...(others.count === 0 ? [] : [['other', '', '', ...cells(others)]]),
  ];
  return [...csvOf({ file: 'changes.csv', columns, rows: records })].join('');
}

/** The same as data. */
export function changesRecord(changes: Changes, since: string, result: Result): Record<string, unknown> {
  const { digits } = result.currency;
  const record = (one: CausedAdjustments) => ({
    adjusts: namesOf(one.adjusts, result),
    adjustments: one.count,
    to_pay: formatMinor(one.net, digits),
    held: formatMinor(one.held, digits),
  });
  return {
    since,
    ...countsOf(changes),
    rows: changes.rows.map((row: RowChange) => ({
      ...{ change: row.change, ledger: row.ledger, row: row.key },
      ...record(row),
    })),
    others: record(changes.others),
  };
}

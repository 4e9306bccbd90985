/** Finds the rows of an export that total other rows, by their words and by their sums, so that nothing is read twice. */
import { LEDGER_COLUMNS } from '../../ledger-specs/columns.js';
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import { DecimalSum, negated } from '../../money.js';
import type { FoundColumns } from './columns.js';
import { numberFormatOf, readerOf } from './numbers.js';

type Row = readonly string[];

/** Words with which a total begins. */
export const TOTAL =
  /^(sub-?\s?totals?|totals?|(grand|report|overall|net|page) totals?|sum|summe|(end|gesamt)summe|gesamt|zwischensumme|somme|sous-total|totaux|suma)\b/i;

/**
 * The rows whose amounts are the sums of all rows above them, and which have no id, or a word for a total in its place.
 * One row above is no sum: it may be the same sale twice.
 */
export function sumsAmong(ledger: LedgerName, rows: readonly Row[], found: FoundColumns): ReadonlySet<Row> {
  const { key, columns } = LEDGER_COLUMNS[ledger];
  const id = found.get(key[0] as string)?.at;
  const places = columns.flatMap(({ name, kind }) => (kind === 'amount' ? (found.get(name)?.at ?? []) : []));
  if (id === undefined || places.length === 0) return new Set();
  const cell = (row: Row, at: number) => (row[at] ?? '').trim();
  const written = rows.flatMap((row) => places.map((at) => cell(row, at))).filter((text) => text !== '');
  const numbers = numberFormatOf(written, undefined);
  const read = readerOf(numbers.kind === 'found' ? numbers.format : undefined, undefined);
  const sums = places.map((at) => ({ at, sum: new DecimalSum() }));
  const totals = new Set<Row>();
  let above = 0;
  for (const row of rows) {
    const isNamed = row.some((one) => TOTAL.test(one.trim()));
    const stated = sums.flatMap(({ at, sum }) => {
      const plain = read(cell(row, at));
      return plain === undefined ? [] : [{ plain, sum }];
    });
    const isSum =
      above > 1 &&
      stated.length > 0 &&
      stated.every(({ plain, sum }) => isZero(sumWith(sum, negated(plain)))) &&
      !stated.every(({ plain }) => isZero(plain));
    if (isSum && (cell(row, id) === '' || isNamed)) {
      totals.add(row);
      continue;
    }
    if (stated.length > 0) above += 1;
    for (const { plain, sum } of stated) sum.add(plain);
  }
  return totals;
}

function sumWith(sum: DecimalSum, plain: string): string {
  const text = sum.add(plain).text();
  sum.add(negated(plain));
  return text;
}

function isZero(plain: string): boolean {
  return !/[1-9]/.test(plain);
}

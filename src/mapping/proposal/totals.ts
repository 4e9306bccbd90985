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
 * The rows whose amounts are the sums of all rows above them, or of those since the last total, and which have no id, or
 * a word for a total in its place. One row above is no sum, as it may be the same sale twice, unless a row has nothing
 * but the sum and a label.
 *
 * @param isTotal - whether a row is a total by its words
 */
export function sumsAmong(
  ledger: LedgerName,
  rows: readonly Row[],
  found: FoundColumns,
  isTotal: (row: Row) => boolean,
): ReadonlySet<Row> {
  const { key, columns } = LEDGER_COLUMNS[ledger];
  const id = found.get(key[0] as string)?.at;
  const places = columns.flatMap(({ name, kind }) => (kind === 'amount' ? (found.get(name)?.at ?? []) : []));
  if (id === undefined || places.length === 0) return new Set();
  const cell = (row: Row, at: number) => (row[at] ?? '').trim();
  const written = rows.flatMap((row) => places.map((at) => cell(row, at))).filter((text) => text !== '');
  const numbers = numberFormatOf(written, undefined);
  const read = readerOf(numbers.kind === 'found' ? numbers.format : undefined, undefined);
  const isBare = (row: Row) => row.filter((one, at) => one.trim() !== '' && !places.includes(at)).length <= 1;
  const all = new RunningSums(places);
  let since = new RunningSums(places);
  const totals = new Set<Row>();
  for (const row of rows) {
    if (isTotal(row)) {
      since = new RunningSums(places);
      continue;
    }
    const stated = places.flatMap((at) => {
      const plain = read(cell(row, at));
      return plain === undefined ? [] : [{ at, plain }];
    });
    const hasNoId = cell(row, id) === '' || row.some((one) => TOTAL.test(one.trim()));
    if (hasNoId && (all.areIn(stated, 2) || since.areIn(stated, isBare(row) ? 1 : 2))) {
      totals.add(row);
      since = new RunningSums(places);
      continue;
    }
    all.add(stated);
    since.add(stated);
  }
  return totals;
}

/** The amount in a column of a row. */
interface Stated {
  readonly at: number;
  readonly plain: string;
}

/** The sums of some columns, row by row. */
class RunningSums {
  readonly #sums: ReadonlyMap<number, DecimalSum>;
  #rows = 0;

  constructor(places: readonly number[]) {
    this.#sums = new Map(places.map((at) => [at, new DecimalSum()]));
  }

  add(stated: readonly Stated[]): void {
    if (stated.length === 0) return;
    this.#rows += 1;
    for (const { at, plain } of stated) this.#sums.get(at)?.add(plain);
  }

  /** Whether a row has these sums, of as many rows at least; a row of zeros is no sum. */
  areIn(stated: readonly Stated[], least: number): boolean {
    if (this.#rows < least || stated.every(({ plain }) => isZero(plain))) return false;
    return stated.every(({ at, plain }) => {
      const sum = this.#sums.get(at) as DecimalSum;
      const rest = sum.add(negated(plain)).text();
      sum.add(plain);
      return isZero(rest);
    });
  }
}

function isZero(plain: string): boolean {
  return !/[1-9]/.test(plain);
}

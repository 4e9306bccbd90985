/** A ledger made of a program's own objects: rows of a database, records of an API. */
import type { LedgerName, SpecOf } from '../ledger-specs/ledgers.js';
import type { LedgerInput } from './given-inputs.js';
import type { RowInput } from './given-rows.js';

/** Where a cell comes from: the object's own key, or what a function makes of the object. */
type CellSource<Item, Of> = KeyOf<Item, Of> | ((item: Item) => Of);

/** The keys of an object whose values can be such a cell. */
type KeyOf<Item, Of> = { [Key in keyof Item & string]: Item[Key] extends Of ? Key : never }[keyof Item &
  string];

/** For each column of a ledger, where its cells come from. */
export type ColumnSources<Name extends LedgerName, Item> = {
  readonly [Column in keyof RowInput<SpecOf<Name>>]: CellSource<Item, RowInput<SpecOf<Name>>[Column]>;
};

/**
 * Makes a ledger of a program's own objects. Each row is made when it is read; the objects are not copied.
 *
 * @param _name - the ledger to make: its columns are the keys of `columns`
 * @param items - the objects, in any order
 * @param columns - for each column, the object's key or a function of the object
 * @returns the ledger, for {@link calculate}
 * @example
 * ledgerOf('payments', records, {
 *   payment_id: 'id',
 *   invoice_id: 'invoice',
 *   payment_date: ({ paidAt }) => isoDay(paidAt, 'Europe/London'),
 *   amount: ({ cents }) => ({ minor: cents }),
 * });
 */
export function ledgerOf<Name extends LedgerName, Item>(
  _name: Name,
  items: readonly Item[],
  columns: ColumnSources<Name, Item>,
): LedgerInput<Name> {
  type Row = RowInput<SpecOf<Name>>;
  const sources = Object.entries<unknown>(columns);
  const rowOf = (item: Item): Row => {
    const cells = sources.map(([column, source]) => [
      column,
      typeof source === 'function'
        ? source(item)
        : (item as Readonly<Record<string, unknown>>)[String(source)],
    ]);
    return Object.fromEntries(cells) as Row;
  };
  return {
    rows: {
      length: items.length,
      forEach(visit) {
        // `forEach` of an array passes over holes, and a row that is lost is never paid.
        for (let at = 0; at < items.length; at += 1) visit(rowOf(items[at] as Item), at);
      },
    },
  };
}

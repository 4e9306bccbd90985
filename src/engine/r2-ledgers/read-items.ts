/** Reads items, and checks that those of an invoice add up to it (R13.1). */
import { type Amount, type Amounts, amountAt, type Counting, exactly, plus } from '../../amount.js';
import { formatUnits, groupThousands, type Units } from '../../money.js';
import type { Fault } from '../../problems/problem.js';
import type { Invoices, Items } from './books.js';
import { itemsInColumns } from './in-columns.js';
import { readRows, type Source } from './read-rows.js';
import type { LedgerRead, Reading } from './reading.js';
import { takeItems } from './take-table.js';

/** The items, taken over where they are in columns and none is at fault; undefined where there is no such ledger. */
export function readItems(source: Source<'items'>, invoices: Invoices): LedgerRead<Items | undefined> {
  const taken = source.ledger && takeItems(source.ledger, invoices, source.reading);
  if (taken !== undefined) return taken;
  const read = readRows(source, (item) => item);
  if (source.ledger === undefined) return { ...read, content: undefined };
  return { ...read, ...itemsInColumns(read.content, invoices, source.reading) };
}

/** What the items of each invoice come to. */
interface ItemSums {
  readonly amounts: Amounts;
  readonly costs: Amounts;
  /** How many items there are, and how many of them have a cost. */
  readonly items: Uint32Array;
  readonly costed: Uint32Array;
}

/**
 * R13.1: the items of an invoice add up to its amount, and their costs to its cost, or stand for it.
 *
 * @returns the invoices, with the costs of their items where they have none themselves
 */
export function withItems(
  invoices: Invoices,
  items: Items | undefined,
  reading: Reading,
  faults: Fault[],
): Invoices {
  if (items === undefined) return invoices;
  const { counting } = reading;
  const costs: (Amount | undefined)[] | undefined =
    items.costs && Array.from(invoices.costs ?? new Array<undefined>(invoices.length));
  const sums = sumsOf(items, invoices.length, counting);
  for (let invoice = 0; invoice < invoices.length; invoice += 1) {
    const [count, costed] = [sums.items[invoice] as number, sums.costed[invoice] as number];
    if (count === 0) continue;
    const [amount, sum] = [amountAt(invoices.amounts, invoice), amountAt(sums.amounts, invoice)];
    if (sum === amount && costed === 0) continue;
    const place = { kind: 'row', ledger: 'invoices', row: invoices.rowOf(invoice) } as const;
    const differ = (what: 'amount' | 'cost', found: Units, expected: Units) => {
      const [items_, of] = [wordsOf(found, reading), wordsOf(expected, reading)];
      const id = invoices.ids.at(invoice);
      faults.push({
        code: 'items-differ',
        place: { ...place, column: what },
        invoice: id,
        what,
        items: items_,
        of,
      });
    };
    if (sum !== amount) differ('amount', exactly(sum), exactly(amount));
    if (costs === undefined || costed === 0) continue;
    if (costed < count) {
      const id = invoices.ids.at(invoice);
      faults.push({ code: 'items-without-cost', place, invoice: id, items: count, without: count - costed });
      continue;
    }
    const [cost, own] = [costs[invoice], amountAt(sums.costs, invoice)];
    if (cost === undefined) costs[invoice] = own;
    else if (cost !== own) differ('cost', exactly(own), exactly(cost));
  }
  return costs === undefined ? invoices : { ...invoices, costs };
}

function sumsOf({ length, invoices, amounts, costs }: Items, most: number, counting: Counting): ItemSums {
  const sums: ItemSums = {
    amounts: counting.room(most),
    costs: counting.room(costs === undefined ? 0 : most),
    items: new Uint32Array(most),
    costed: new Uint32Array(most),
  };
  for (let item = 0; item < length; item += 1) {
    const invoice = invoices[item] as number;
    if (invoice < 0) continue;
    sums.amounts[invoice] = plus(amountAt(sums.amounts, invoice), amountAt(amounts, item));
    sums.items[invoice] = (sums.items[invoice] as number) + 1;
    const cost = costs?.[item];
    if (cost === undefined) continue;
    sums.costs[invoice] = plus(amountAt(sums.costs, invoice), cost);
    sums.costed[invoice] = (sums.costed[invoice] as number) + 1;
  }
  return sums;
}

function wordsOf(units: Units, { scale, digits }: Reading): string {
  return groupThousands(formatUnits(units, scale, digits));
}

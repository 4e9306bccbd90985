/** Reads items, and checks that those of an invoice add up to it (R13.1). */
import { type Amount, amountAt, exactly } from '../../amount.js';
import { formatUnits, groupThousands, type Units } from '../../money.js';
import type { Fault } from '../../problems/problem.js';
import type { Invoices, Items } from './books.js';
import { itemsInColumns } from './in-columns.js';
import { readRows, type Source } from './read-rows.js';
import type { LedgerRead, Reading } from './reading.js';

/** The items; undefined where there is no such ledger. */
export function readItems(source: Source<'items'>, invoices: Invoices): LedgerRead<Items | undefined> {
  const read = readRows(source, (item) => item);
  if (source.ledger === undefined) return { ...read, content: undefined };
  return { ...read, ...itemsInColumns(read.content, invoices, source.reading) };
}

/** What the items of one invoice come to. */
interface Sum {
  amount: Units;
  cost: Units;
  items: number;
  costed: number;
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
  const costs: (Amount | undefined)[] = Array.from(invoices.costs ?? new Array<undefined>(invoices.length));
  for (const [invoice, sum] of sumsOf(items)) {
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
    const amount = exactly(amountAt(invoices.amounts, invoice));
    if (sum.amount !== amount) differ('amount', sum.amount, amount);
    if (sum.costed === 0) continue;
    if (sum.costed < sum.items) {
      const id = invoices.ids.at(invoice);
      faults.push({
        code: 'items-without-cost',
        place,
        invoice: id,
        items: sum.items,
        without: sum.items - sum.costed,
      });
      continue;
    }
    const cost = costs[invoice];
    if (cost === undefined) costs[invoice] = reading.counting.units(sum.cost);
    else if (exactly(cost) !== sum.cost) differ('cost', sum.cost, exactly(cost));
  }
  return { ...invoices, costs: costs.some((cost) => cost !== undefined) ? costs : undefined };
}

function sumsOf({ length, invoices, amounts, costs }: Items): ReadonlyMap<number, Sum> {
  const sums = new Map<number, Sum>();
  for (let item = 0; item < length; item += 1) {
    const invoice = invoices[item] as number;
    if (invoice < 0) continue;
    let sum = sums.get(invoice);
    if (sum === undefined) {
      sum = { amount: 0n, cost: 0n, items: 0, costed: 0 };
      sums.set(invoice, sum);
    }
    const cost = costs?.[item];
    sum.amount += exactly(amountAt(amounts, item));
    sum.items += 1;
    if (cost === undefined) continue;
    sum.cost += exactly(cost);
    sum.costed += 1;
  }
  return sums;
}

function wordsOf(units: Units, { scale, digits }: Reading): string {
  return groupThousands(formatUnits(units, scale, digits));
}

/** The two AdventureWorks workspaces are of the same orders: in dollars, and in the currencies that they name. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { calculate, type Inputs } from '../src/engine/calculate.js';
import { loadWorkspace } from '../src/workspace/load.js';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures');

async function resultOf(folder: string) {
  const { terms, ledgers, faults } = await loadWorkspace(join(FIXTURES, folder, 'comp.yaml'));
  expect(faults).toEqual([]);
  const outcome = calculate({ terms, ledgers, asOf: '2014-08-31' } satisfies Inputs);
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.faults));
  return outcome.result;
}

test('R15.2 what reps book is the same in five currencies as in dollars, but for a cent of rounding', async () => {
  const [dollars, currencies] = await Promise.all(['adventureworks', 'adventureworks-teams'].map(resultOf));
  const bookings = (result: typeof dollars) =>
    new Map(result?.quarters.map((row) => [`${row.repId} ${row.quarter}`, row.bookings]));
  const [expected, found] = [bookings(dollars), bookings(currencies)];
  expect([...found.keys()]).toEqual([...expected.keys()]);
  const differing = [...found].filter(([key, amount]) => amount !== expected.get(key));
  // Rates of ten decimals, and amounts of four.
  expect(differing).toEqual([['278 2012-Q3', 226_441_12n]]);
  expect(expected.get('278 2012-Q3')).toBe(226_441_13n);
});

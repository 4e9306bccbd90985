/** The order of postings (R6.4) against one that compares them two by two. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IN_NUMBERS } from '../src/amount.js';
import type { Day } from '../src/day.js';
import { CAUSES, type Cause, kindOf, numberOf, timingAfter } from '../src/engine/r1-words/causes.js';
import { lineAmounts } from '../src/engine/r1-words/line-accounts.js';
import type { Period } from '../src/engine/r2-ledgers/calendar.js';
import { SourceIds, type SourceLedger } from '../src/engine/r2-ledgers/source-ids.js';
import type { Lines } from '../src/engine/r3-sales/lines.js';
import { PostingTable } from '../src/engine/r6-postings/posting-table.js';
import type { Setting } from '../src/engine/setting.js';
import { byCodeUnit } from '../src/order.js';
import { Texts } from '../src/texts.js';
import { forAll } from './support/property.js';

describe('the order of postings', () => {
  test('is that of R6.4', () => {
    // Few ids, days and kinds, so that much falls together.
    const ids = fc.array(fc.constantFrom('a', 'b', 'B', '10', '9', 'é'), { minLength: 1, maxLength: 6 });
    const ledgers = fc.record({ invoices: ids, creditMemos: ids, payments: ids, writeOffs: ids });
    const moves = fc.array(
      fc.record({
        day: fc.integer({ min: 20_000, max: 20_002 }),
        cause: fc.constantFrom(...CAUSES.filter((cause) => cause !== 'timing')),
        isTimed: fc.boolean(),
        at: fc.nat(5),
        other: fc.boolean(),
      }),
      { maxLength: 40, size: 'max' },
    );
    forAll(
      fc.tuple(ledgers, moves),
      ([given, made], meet) => {
        const books = mapValues(given, (list) => ({ ids: Texts.of(list) }));
        const sources = new SourceIds(books as unknown as ConstructorParameters<typeof SourceIds>[0]);
        const setting = { sources, counting: IN_NUMBERS } as unknown as Setting;
        const table = new PostingTable(setting, undefined as unknown as Lines, () => ({}) as Period);
        const change = lineAmounts((account) =>
          IN_NUMBERS.minor(account === 'earned' || account === 'advanced' ? 1n : 0n),
        );
        for (const [line, { day, cause, isTimed, at, other }] of made.entries()) {
          const ledger = ledgerOf(cause, other);
          const source = sources.firstOf(ledger) + (at % given[ledger].length);
          // R20.1: timing is of the kind of its event.
          table.add(
            line,
            day as Day,
            isTimed ? timingAfter(numberOf(cause)) : numberOf(cause),
            source,
            change,
          );
        }
        const idOf = (posting: number) => sources.idOf(table.sourceOf(posting));
        const kind = (posting: number) => kindOf(made[posting]?.cause as Cause);
        const expected = made
          .map((_, posting) => posting)
          .sort(
            (a, b) =>
              table.dayOf(a) - table.dayOf(b) || kind(a) - kind(b) || byCodeUnit(idOf(a), idOf(b)) || a - b,
          );
        expect([...table.inOrder()]).toEqual(expected);
        if (expected.some((posting, place) => posting !== place)) meet('another order');
        if (expected.length === 0) meet('nothing');
      },
      { 'another order': 0.5, nothing: 0.005 },
    );
  });
});

/** The ledger whose rows a cause has as sources, or one of two. */
function ledgerOf(cause: Cause, other: boolean): SourceLedger {
  if (cause === 're-rated') return other ? 'creditMemos' : 'invoices';
  if (cause === 'credited') return other ? 'invoices' : 'creditMemos';
  if (cause === 'collected' || cause === 'refunded') return 'payments';
  return cause.startsWith('write') || cause.startsWith('written') ? 'writeOffs' : 'invoices';
}

function mapValues<Value, Made>(
  values: Readonly<Record<string, Value>>,
  make: (value: Value) => Made,
): Record<string, Made> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, make(value)]));
}

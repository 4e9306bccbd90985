/** Parcels of collected cash, instalments and the days that do not count (R16). */
import { describe, expect, test } from 'vitest';
import { exactly, IN_NUMBERS } from '../../src/amount.js';
import { type Day, findDay, isoOf } from '../../src/day.js';
import type { Cause } from '../../src/engine/r1-words/causes.js';
import {
  daysLate,
  disputedDays,
  findPastDueDay,
  findUndisputed,
} from '../../src/engine/r3-sales/disputes.js';
import type { Instalment } from '../../src/engine/r3-sales/dues.js';
import { ParcelStack, piecesOf } from '../../src/engine/r3-sales/parcels.js';

const day = (text: string) => findDay(text) as Day;
const units = (amount: number) => IN_NUMBERS.units(BigInt(amount));

/** The stack of an invoice of 100 after its events, from the bottom up: `0–40 of 2025-01-10`. */
function stackOf(...events: readonly (readonly [date: string, cause: Cause, amount: number])[]): string[] {
  const stack = new ParcelStack(IN_NUMBERS, units(100));
  events.forEach(([date, cause, amount], source) => {
    stack.apply({ day: day(date), cause, source, amount: units(amount) });
  });
  return stack.parcels.map(({ from, to, event }) => `${exactly(from)}–${exactly(to)} of ${isoOf(event.day)}`);
}

describe('R16.1 parcels', () => {
  test('R16.1 what raises K puts a parcel on top, up to T', () => {
    const parcels = stackOf(['2025-01-10', 'collected', 40], ['2025-02-10', 'collected', 90]);
    expect(parcels).toEqual(['0–40 of 2025-01-10', '40–100 of 2025-02-10']);
  });

  test('R16.1 a refund takes from the top, through as many parcels as it needs', () => {
    const parcels = stackOf(
      ['2025-01-10', 'collected', 40],
      ['2025-01-20', 'collected', 30],
      ['2025-02-10', 'refunded', -50],
      ['2025-03-10', 'collected', 5],
    );
    expect(parcels).toEqual(['0–20 of 2025-01-10', '20–25 of 2025-03-10']);
  });

  test('R16.1 a refund of more than T takes only what K loses', () => {
    // P = 150 and K = 100; P = 90 and K = 90.
    const parcels = stackOf(['2025-01-10', 'collected', 150], ['2025-02-10', 'refunded', -60]);
    expect(parcels).toEqual(['0–90 of 2025-01-10']);
  });

  test('R16.1 below 0 nothing is collected until P is above 0 again', () => {
    const parcels = stackOf(['2025-01-10', 'refunded', -30], ['2025-02-10', 'collected', 50]);
    expect(parcels).toEqual(['0–20 of 2025-02-10']);
  });

  test('R16.1 a credit memo takes what is beyond T, and its reversal puts a parcel of its own date', () => {
    const parcels = stackOf(
      ['2025-01-10', 'collected', 100],
      ['2025-02-10', 'credited', 30],
      ['2025-03-10', 'credited', -30],
    );
    expect(parcels).toEqual(['0–70 of 2025-01-10', '70–100 of 2025-03-10']);
  });

  test('R16.1 write-offs move no parcel', () => {
    expect(stackOf(['2025-01-10', 'collected', 40], ['2025-02-10', 'written-off', 60])).toEqual([
      '0–40 of 2025-01-10',
    ]);
  });

  test('R16.1 each change names the parcel that it puts or takes from', () => {
    const stack = new ParcelStack(IN_NUMBERS, units(100));
    const event = (date: string, cause: Cause, amount: number, source: number) =>
      stack.apply({ day: day(date), cause, source, amount: units(amount) });
    const put = event('2025-01-10', 'collected', 40, 7).put;
    expect(put?.event.source).toBe(7);
    event('2025-01-20', 'collected', 10, 8);
    const { taken } = event('2025-01-30', 'refunded', -20, 9);
    expect(taken.map(({ parcel, to }) => [parcel.event.source, exactly(parcel.to), exactly(to)])).toEqual([
      [8, 50n, 40n],
      [7, 40n, 30n],
    ]);
  });

  test('R16.2, R16.3 a parcel in two instalments has a piece in each', () => {
    const instalments: Instalment[] = [
      { from: units(0), to: units(30), due: day('2025-01-31') },
      { from: units(30), to: units(100), due: day('2025-02-28') },
    ];
    const event = { day: day('2025-02-10'), cause: 'collected', source: 0, amount: units(60) } as const;
    const pieces = piecesOf({ event, from: units(0), to: units(60) }, { instalments, disputed: [] });
    expect(pieces.map(({ from, to, daysLate: late }) => [exactly(from), exactly(to), late])).toEqual([
      [0n, 30n, 10],
      [30n, 60n, -18],
    ]);
  });
});

describe('R16.5 disputed days', () => {
  const stretch = (from: string, to?: string) => ({
    from: day(from),
    to: to === undefined ? undefined : day(to),
  });
  const pastDue = (due: string, days: number, ...disputes: readonly ReturnType<typeof stretch>[]) => {
    const found = findPastDueDay(disputedDays(disputes), day(due), days);
    return found === undefined ? undefined : isoOf(found);
  };

  test('R16.5 disputes that overlap or touch are one', () => {
    const days = disputedDays([
      stretch('2025-03-10', '2025-03-20'),
      stretch('2025-03-01', '2025-03-12'),
      stretch('2025-03-21'),
    ]);
    expect(days).toEqual([stretch('2025-03-01')]);
  });

  test('R16.3 days late are the undisputed ones after the due date', () => {
    const march = disputedDays([stretch('2025-03-01', '2025-03-31')]);
    // 14 days of February, 15 of April.
    expect(daysLate(march, day('2025-02-14'), day('2025-04-15'))).toBe(29);
    expect(daysLate(march, day('2025-03-10'), day('2025-03-31'))).toBe(0);
    expect(daysLate(march, day('2025-04-10'), day('2025-04-01'))).toBe(-9);
  });

  test('R16.5 the past-due day is the first with as many undisputed days since the due date', () => {
    // 14 days of February, 30 of April, 16 of May: 60.
    expect(pastDue('2025-02-14', 60, stretch('2025-03-01', '2025-03-31'))).toBe('2025-05-16');
    expect(pastDue('2025-02-14', 60)).toBe('2025-04-15');
  });

  test('R16.5 there is none while a dispute is open', () => {
    expect(pastDue('2025-03-03', 60, stretch('2025-04-20'))).toBeUndefined();
    expect(pastDue('2025-03-03', 60, stretch('2025-05-03'))).toBe('2025-05-02');
  });

  test('R16.5 with no days of grace it is the first undisputed day from the due date on', () => {
    expect(pastDue('2025-03-03', 0, stretch('2025-03-01', '2025-03-05'))).toBe('2025-03-06');
    expect(pastDue('2025-03-03', 0, stretch('2025-03-04', '2025-03-05'))).toBe('2025-03-03');
  });

  test('R16.5 a dispute of the due date alone takes no day away', () => {
    expect(pastDue('2025-03-03', 1, stretch('2025-03-03', '2025-03-03'))).toBe('2025-03-04');
    expect(pastDue('2025-03-03', 1, stretch('2025-03-04', '2025-03-04'))).toBe('2025-03-05');
  });

  test('R16.4 a disputed day is passed over', () => {
    const march = disputedDays([stretch('2025-03-01', '2025-03-31')]);
    expect(findUndisputed(march, day('2025-03-01'))).toBe(day('2025-04-01'));
    expect(findUndisputed(march, day('2025-02-28'))).toBe(day('2025-02-28'));
  });
});

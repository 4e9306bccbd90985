/** `payroll-delta.csv`: what a period that was undone and closed again comes to beyond what payroll has already (R11.9). */
import type { Minor } from '../money.js';
import type { NewNames } from '../names.js';
import { byCodeUnit } from '../order.js';
import { invariant } from '../problems/problem.js';
import type { PayrollRow } from './payroll.js';
import { PAYROLL_LINE_KINDS, type PayrollLine } from './payroll-lines.js';

/** The payroll files of a close. */
export interface Payroll {
  readonly rows: readonly PayrollRow[];
  readonly lines: readonly PayrollLine[];
}

/** A rep whose pay differs from what payroll has; amounts in the currency's minor unit. */
export interface PayrollDeltaRow extends PayrollRow {
  readonly paidBefore: Minor;
  readonly recoveredBefore: Minor;
}

/** A part of pay that differs from what payroll has, or that one of the two has not: 0 there. */
export interface PayrollDeltaLine extends PayrollLine {
  readonly amountBefore: Minor;
}

/** What differs from the payroll files that were handed over. */
export interface PayrollDelta {
  readonly rows: readonly PayrollDeltaRow[];
  readonly lines: readonly PayrollDeltaLine[];
}

/** What payroll pays on top of what it has; below 0, what it takes back. */
export function payNowOf({ paid, paidBefore }: Pick<PayrollDeltaRow, 'paid' | 'paidBefore'>): Minor {
  return paid - paidBefore;
}

/** What payroll withholds for debts on top of what it has. */
export function recoverNowOf(row: Pick<PayrollDeltaRow, 'recovered' | 'recoveredBefore'>): Minor {
  return row.recovered - row.recoveredBefore;
}

/**
 * Compares the payroll of a period with what was handed over: every rep and part that differs, by rep id. What was
 * handed over and what differs add up to the whole, so nobody is paid twice.
 *
 * @example payrollDelta(handedOver, whole).rows.map(payNowOf) // [5000n, -1250n]
 */
export function payrollDelta(before: Payroll, now: Payroll): PayrollDelta {
  const lines = paired(before.lines, now.lines, keyOf).map(([old, line]): PayrollDeltaLine => {
    const whole = line ?? { ...(old as PayrollLine), amount: 0n };
    return { ...whole, amountBefore: old?.amount ?? 0n };
  });
  const delta = {
    rows: payrollDeltaRows(before.rows, now.rows),
    lines: lines.filter(({ amount, amountBefore }) => amount !== amountBefore).sort(byRepAndKind),
  };
  checkSums(delta);
  return delta;
}

/**
 * What payroll has, with the ids that reps have now (R11.11): two ids of one rep are added up.
 *
 * @param newNames - what each former id is now
 */
export function renamedPayroll({ rows, lines }: Payroll, newNames: NewNames): Payroll {
  const named = <Item extends { readonly repId: string }>(item: Item): Item => {
    return { ...item, repId: newNames.get(item.repId) ?? item.repId };
  };
  return {
    rows: addedUp(
      rows.map(named),
      ({ repId }) => repId,
      (row, other) => ({
        ...row,
        payBy: row.payBy < other.payBy ? row.payBy : other.payBy,
        paid: row.paid + other.paid,
        recovered: row.recovered + other.recovered,
        owed: row.owed + other.owed,
      }),
    ),
    lines: addedUp(lines.map(named), keyOf, (line, other) => ({
      ...line,
      amount: line.amount + other.amount,
    })),
  };
}

/** One item for each key. */
function addedUp<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
  add: (item: Item, other: Item) => Item,
): readonly Item[] {
  const found = new Map<string, Item>();
  for (const item of items) {
    const known = found.get(key(item));
    found.set(key(item), known === undefined ? item : add(known, item));
  }
  return [...found.values()];
}

/** The reps of {@link payrollDelta} alone. */
export function payrollDeltaRows(
  before: readonly PayrollRow[],
  now: readonly PayrollRow[],
): readonly PayrollDeltaRow[] {
  const rows = paired(before, now, ({ repId }) => repId).map(([old, row]): PayrollDeltaRow => {
    // Somebody who is no longer in the period is paid and owes nothing in it.
    const whole = row ?? { ...(old as PayrollRow), paid: 0n, recovered: 0n, owed: 0n };
    return { ...whole, paidBefore: old?.paid ?? 0n, recoveredBefore: old?.recovered ?? 0n };
  });
  return rows.filter((row) => payNowOf(row) !== 0n || recoverNowOf(row) !== 0n);
}

/** The parts of a rep add up to what is paid and recovered now, as they do in the whole. */
function checkSums({ rows, lines }: PayrollDelta): void {
  const sums = new Map<string, Minor>();
  for (const { repId, kind, amount, amountBefore } of lines) {
    const key = `${kind === 'paid' || kind === 'drawn' ? 'pay' : 'recover'} ${repId}`;
    sums.set(key, (sums.get(key) ?? 0n) + amount - amountBefore);
  }
  for (const row of rows) {
    const parts = [sums.get(`pay ${row.repId}`) ?? 0n, sums.get(`recover ${row.repId}`) ?? 0n];
    const isSame = parts[0] === payNowOf(row) && parts[1] === recoverNowOf(row);
    invariant(isSame, () => `what is paid now to ${row.repId} is not the sum of its parts`);
  }
}

/** What is paid before what is recovered, each from the oldest. */
function byRepAndKind(one: PayrollLine, other: PayrollLine): number {
  const rank = ({ kind }: PayrollLine) => PAYROLL_LINE_KINDS.indexOf(kind);
  const since = ({ earnedIn, firstPaidIn }: PayrollLine) => `${earnedIn} ${firstPaidIn}`;
  return (
    byCodeUnit(one.repId, other.repId) || rank(one) - rank(other) || byCodeUnit(since(one), since(other))
  );
}

function keyOf({ repId, kind, earnedIn, firstPaidIn }: PayrollLine): string {
  return JSON.stringify([repId, kind, earnedIn, firstPaidIn]);
}

/** The items of both sides with the same key, by key; those of the whole in its order, then those that it no longer has. */
function paired<Item extends { readonly repId: string }>(
  before: readonly Item[],
  now: readonly Item[],
  key: (item: Item) => string,
): readonly (readonly [Item | undefined, Item | undefined])[] {
  const old = new Map(before.map((item) => [key(item), item]));
  const current = new Set(now.map(key));
  const pairs: (readonly [Item | undefined, Item | undefined])[] = now.map((item) => [
    old.get(key(item)),
    item,
  ]);
  for (const item of before) if (!current.has(key(item))) pairs.push([item, undefined]);
  const repOf = ([one, other]: (typeof pairs)[number]) => (other ?? one)?.repId ?? '';
  return pairs.sort((a, b) => byCodeUnit(repOf(a), repOf(b)));
}

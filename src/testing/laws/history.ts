/** R10.4 and R10.9: what happens on a day changes nothing that was posted before it. */
import type { Posting } from '../../engine/r6-postings/posting-table.js';
import type { Inputs } from '../../library/given-inputs.js';
import { addDays } from '../days.js';
import { cellsOf, withRows } from '../given-rows.js';
import type { Row } from '../row.js';
import { type Calculate, findResult, type LawResult, resultOf } from './calculation.js';
import { diceFrom } from './choices.js';
import { expectSamePostings } from './same-postings.js';
import { appliedRecordsOf, expectSameApplied } from './same-rows.js';

/** The ledgers whose rows are events, with the columns of their ids and days. */
const EVENTS = [
  ['payments', 'payment_id', 'payment_date'],
  ['writeOffs', 'write_off_id', 'write_off_date'],
  ['creditMemos', 'credit_memo_id', 'credit_date'],
  ['invoices', 'invoice_id', 'invoice_date'],
] as const;

interface Event {
  readonly ledger: (typeof EVENTS)[number][0];
  readonly id: string;
  readonly row: Row;
  readonly rows: readonly Row[];
  readonly day: string;
}

/**
 * R10.4: a payment, write-off, credit memo or invoice changes no posting dated before it, nor, unless excess cash
 * goes on account, cash applied before it.
 *
 * @param pick - which of them; any number
 * @throws LawBroken
 */
export function history(calculate: Calculate, inputs: Inputs, pick = 0): void {
  const whole = resultOf(calculate, inputs);
  const event = findEvent(inputs, whole, pick);
  if (event === undefined) return;
  const { ledger, rows, row, day, id } = event;
  const without = withRows(
    inputs,
    ledger,
    rows.filter((one) => one !== row),
  );
  // What is left may lack what the rules ask for.
  const rest = findResult(calculate, without);
  if (rest === undefined) return;
  const law = { law: 'R10.4 history', because: `${id} of ${day} changes nothing that was posted before` };
  const { digits } = whole.currency;
  const before = (postings: readonly Posting[]) => postings.filter(({ date }) => date < day);
  expectSamePostings(before(rest.postings), before(whole.postings), law, digits);
  // R30.3: cash beyond a total leaves its invoice on the day it came, which may be before the invoice.
  if (inputs.terms.excessCash === 'on-account') return;
  const appliedBefore = (result: LawResult) =>
    appliedRecordsOf(result).filter(({ applied_date: on = '' }) => on !== '' && on < day);
  expectSameApplied(appliedBefore(rest), appliedBefore(whole), law, digits);
}

/** One of the events up to the as-of date; half the time one that posts by itself, if there are any. */
function findEvent(inputs: Inputs, { postings }: LawResult, pick: number): Event | undefined {
  const dice = diceFrom(pick);
  const isCashApplied = inputs.terms.applyCash === 'oldest-due-first';
  const ledgers = EVENTS.map(([ledger, id, date]) => {
    const rows = cellsOf(inputs, ledger);
    return rows
      .map((row): Event => ({ ledger, id: row[id] ?? '', row, rows, day: dayOf(row, date, isCashApplied) }))
      .filter(({ day }) => day <= inputs.asOf);
  }).filter((events) => events.length > 0);
  if (ledgers.length === 0) return undefined;
  const events = dice.pick(ledgers);
  const sources = new Set(postings.map(({ sourceId }) => sourceId));
  const loud = dice.chance(1, 2) ? [] : events.filter(({ id }) => sources.has(id));
  return dice.pick(loud.length > 0 ? loud : events);
}

/** A booking is the event of an invoice; where cash is applied by rule, an invoice takes a part from its invoice date. */
function dayOf(row: Row, column: string, isCashApplied: boolean): string {
  const day = row[column] ?? '';
  const booked = column === 'invoice_date' ? row['booking_date'] || day : day;
  return isCashApplied && day < booked ? day : booked;
}

/**
 * R10.9: as of an earlier day, the postings are those dated up to it, and the cash applied is that applied up to it.
 *
 * @param pick - which day; any number
 * @throws LawBroken
 */
export function asOfPrefix(calculate: Calculate, inputs: Inputs, pick = 0): void {
  const whole = resultOf(calculate, inputs);
  const dice = diceFrom(pick);
  const bookings = cellsOf(inputs, 'invoices').map(
    (row) => row['booking_date'] || (row['invoice_date'] ?? ''),
  );
  const days = [...whole.postings.map(({ date }) => date), ...bookings].filter((day) => day <= inputs.asOf);
  if (days.length === 0) return;
  const drawn = dice.pick(days);
  const first = days.reduce((a, b) => (a < b ? a : b));
  // The day before the first may lie outside the calendar.
  const asOf = dice.chance(1, 2) && drawn > first ? addDays(drawn, -1) : drawn;
  const earlier = findResult(calculate, { ...inputs, asOf });
  if (earlier === undefined) return;
  const law = {
    law: 'R10.9 as-of prefix',
    because: `as of ${asOf}, what is posted is what is dated up to it`,
  };
  const { digits } = whole.currency;
  expectSamePostings(
    whole.postings.filter(({ date }) => date <= asOf),
    earlier.postings,
    law,
    digits,
  );
  const applied = (result: LawResult) =>
    appliedRecordsOf(result).filter(({ applied_date: on = '' }) => on !== '' && on <= asOf);
  expectSameApplied(applied(whole), applied(earlier), law, digits);
}

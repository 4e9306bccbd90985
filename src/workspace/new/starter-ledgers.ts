/** The sales and the cash of the sample workspace: a dozen invoices, dated by quarter and day. */
import { addDays, type Day, isoOf } from '../../day.js';
import type { StarterQuarter } from './starter-quarters.js';

/** A day: which of the three quarters, and how many days into it. */
type When = readonly [quarter: 0 | 1 | 2, days: number];

/** Customers have 30 days to pay. */
const DAYS_TO_PAY = 30;

/**
 * All rows of the current quarter are dated its first day, so that the data is complete on any day. The only level-1
 * invoice that is clawed back is INV-103: 30 + 90 days after the invoice date is in the second quarter, however long
 * quarters are. ana sells exactly the quota in the first quarter and less in the third, so that a new fiscal year changes
 * no rate.
 */
const SALES: readonly (readonly [number, customer: string, rep: string, When, amount: number])[] = [
  [101, 'Acme', 'ana', [0, 7], 60_000],
  [102, 'Birch', 'ana', [0, 40], 40_000],
  [103, 'Cedar', 'ben', [0, 9], 40_000],
  [104, 'Dune', 'ben', [0, 50], 20_000],
  [105, 'Elm', 'cleo', [0, 20], 30_000],
  [106, 'Fjord', 'cleo', [0, 33], 8_000],
  [107, 'Acme', 'ana', [1, 12], 80_000],
  [108, 'Grove', 'ana', [1, 45], 40_000],
  [109, 'Dune', 'ben', [1, 18], 50_000],
  [110, 'Elm', 'cleo', [1, 30], 20_000],
  [111, 'Heath', 'ben', [1, 70], 10_000],
  [112, 'Birch', 'ana', [2, 0], 30_000],
];

/** PAY-509 is the only exception: there is no INV-210; it should be INV-110. */
const CASH: readonly (readonly [number, invoice: number, When, amount: number])[] = [
  [501, 101, [0, 37], 60_000],
  [502, 103, [0, 60], 10_000],
  [503, 102, [0, 72], 40_000],
  [504, 104, [0, 80], 20_000],
  [505, 105, [1, 5], 30_000],
  [506, 107, [1, 42], 80_000],
  [507, 109, [1, 50], 50_000],
  [508, 110, [1, 62], 5_000],
  [509, 210, [1, 66], 5_000],
  [510, 108, [1, 75], 40_000],
  [511, 103, [2, 0], 20_000],
];

const QUOTAS = { ana: 100_000, ben: 80_000 };

/** The CSV files of the workspace by name. */
export function starterLedgers(
  story: readonly [StarterQuarter, StarterQuarter, StarterQuarter],
  before: readonly StarterQuarter[],
): Readonly<Record<string, string>> {
  const dayOf = ([quarter, days]: When): Day => addDays(story[quarter].from, days);
  const date = (when: When) => isoOf(dayOf(when));
  return {
    'invoices.csv': csv(
      'invoice_id,customer_id,rep_id,invoice_date,due_date,amount',
      SALES.map(([number, customer, rep, when, amount]) => [
        `INV-${number}`,
        customer,
        rep,
        date(when),
        isoOf(addDays(dayOf(when), DAYS_TO_PAY)),
        money(amount),
      ]),
    ),
    'payments.csv': csv(
      'payment_id,invoice_id,payment_date,amount',
      CASH.map(([number, invoice, when, amount]) => [
        `PAY-${number}`,
        `INV-${invoice}`,
        date(when),
        money(amount),
      ]),
    ),
    'write_offs.csv': csv('write_off_id,invoice_id,write_off_date,amount,reason', [
      ['WO-1', 'INV-106', date([1, 70]), money(8_000), 'Fjord is insolvent'],
    ]),
    'quotas.csv': csv(
      'rep_id,quarter,quota',
      Object.entries(QUOTAS).flatMap(([rep, quota]) => [
        ...before.map(({ name }) => [rep, name, money(0)]),
        ...story.map(({ name }) => [rep, name, money(quota)]),
      ]),
    ),
    'assignments.csv': csv('rep_id,plan_id,from,to', [
      ['ana', 'account-executive', date([0, 0]), ''],
      ['ben', 'account-executive', date([0, 0]), ''],
      ['cleo', 'partner', date([0, 0]), ''],
    ]),
  };
}

/** Nothing in these rows needs quotes. */
function csv(header: string, rows: readonly (readonly string[])[]): string {
  return `${[header, ...rows.map((row) => row.join(','))].join('\n')}\n`;
}

function money(whole: number): string {
  return `${whole}.00`;
}

/** The calculation as a program calls it: what is given is checked for its shape first, and nothing is thrown (R9.1). */
import { calculate as calculateText } from '../engine/calculate.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { Calculation, Refusal } from '../engine/result.js';
import type { Keep } from '../engine/working.js';
import { type Inputs, readInputs } from './given-inputs.js';

/**
 * Calculates commission from ledgers: postings, and per rep and period what is payable, held, clawed back, paid and
 * owed (R2–R8). Pure: the same inputs give the same result, whatever the order of rows, the clock, the locale or the
 * time zone (R8.5).
 *
 * @param inputs - terms as in comp.yaml, ledgers, and the as-of date. A cell is text, or an object with a faithful
 *   `toString` (a Decimal, a Temporal.PlainDate), or an amount as `{ minor: 12345n }`; `null`, `undefined` and '' are blank
 * @returns the result, or every fault of the inputs: first those of their shape (an unknown ledger or column, a number
 *   where money is needed), then those of what they say
 * @throws only on a bug of this library, never on what the inputs are or say
 * @example
 * const outcome = calculate({
 *   terms: { currency: 'USD', plans: [{ id: 'ae', level: 3, rate: '5%' }] },
 *   ledgers: {
 *     invoices: { rows: [{ invoice_id: 'I1', customer_id: 'C1', rep_id: 'R1', invoice_date: '2025-01-15', amount: '1000.00' }] },
 *     payments: { rows: [{ payment_id: 'P1', invoice_id: 'I1', payment_date: '2025-02-10', amount: { minor: 40000n } }] },
 *   },
 *   asOf: '2025-03-31',
 * });
 * // outcome.kind === 'calculated'; outcome.result.quarters[0].paid === 2000n (20.00 USD), .held === 3000n
 */
export function calculate<Kept extends Keep = 'postings'>(
  inputs: Inputs<Kept>,
): Calculation<Kept, readonly Posting[]> | Refusal {
  const { inputs: texts, faults } = readInputs(inputs);
  return faults === undefined ? calculateText(texts) : { kind: 'refused', faults };
}

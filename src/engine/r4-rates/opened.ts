/** The rates of lines booked up to an opening: their bookings are not all there to derive them from (R11). */
import { isoOf } from '../../day.js';
import type { Units } from '../../money.js';
import type { Place } from '../../problems/place.js';
import { type Ratio, ratio, ZERO } from '../../ratio.js';
import type { Lines } from '../r3-sales/lines.js';
import { inWords, isNews, type Run } from '../run.js';
import { tellMissingCost } from './missing-cost.js';

/** Prices a line booked up to the opening: by what the invoice says its reps earn, or by its plan's flat rate. */
export function priceOpened(run: Run, lines: Lines, line: number): void {
  const { invoices } = run.books;
  const invoice = lines.invoices[line] as number;
  const plan = lines.planOf(line);
  if (lines.measure(line, plan.basis) === undefined) {
    tellMissingCost(run, lines, line, plan);
    lines.priceAt(line, ZERO);
    return;
  }
  const commission = invoices.commissions.get(invoice);
  if (commission !== undefined) {
    lines.priceAt(line, rateFor(run, lines, line, commission));
    return;
  }
  if (plan.rate.kind === 'flat') {
    lines.priceAt(line, plan.rate.rate);
    return;
  }
  lines.priceAt(line, ZERO);
  const id = invoices.ids.at(invoice);
  // Nothing earns nothing at any rate.
  if (lines.topOf(line, plan.basis) === run.counting.zero || !isNews(run, 'missing-commission', id)) return;
  const place = commissionOf(run, invoice);
  const opening = isoOf(run.closed?.opening?.day ?? run.asOf);
  run.faults.push({ code: 'missing-commission', place, invoice: id, plan: plan.id, opening });
}

/** The rate at which all lines of the invoice together earn so much: each its share of it. */
function rateFor(run: Run, lines: Lines, line: number, commission: Units): Ratio {
  const { invoices } = run.books;
  const invoice = lines.invoices[line] as number;
  const { basis } = lines.planOf(line);
  const amount = BigInt(invoices.amounts[invoice] ?? 0);
  const cost = BigInt(invoices.costs?.[invoice] ?? 0);
  const base = basis === 'revenue' ? amount : amount - cost;
  if (base !== 0n && BigInt(lines.topOf(line, basis)) !== 0n) return ratio(commission, base);
  if (commission === 0n) return ZERO;
  const id = invoices.ids.at(invoice);
  if (isNews(run, 'commission-of-nothing', id)) {
    const place = commissionOf(run, invoice);
    run.faults.push({ code: 'commission-of-nothing', place, invoice: id, found: inWords(run, commission) });
  }
  return ZERO;
}

/** Commissions are said only of what was booked up to the opening; what is booked after the as-of date is no matter yet. */
export function checkCommissions(run: Run): void {
  const { invoices } = run.books;
  const opening = run.closed?.opening?.day;
  // Openings at fault may be those that it was booked before.
  if (opening === undefined && run.doubtful.openings) return;
  for (const invoice of invoices.commissions.keys()) {
    const booking = invoices.bookings[invoice] as number;
    if (booking > run.asOf || (opening !== undefined && booking <= opening)) continue;
    const place = commissionOf(run, invoice);
    const facts = { invoice: invoices.ids.at(invoice), opening: opening && isoOf(opening) };
    run.faults.push({ code: 'commission-not-opened', place, ...facts });
  }
}

/** The cell that says what reps earn on an invoice. */
function commissionOf({ books }: Run, invoice: number): Place {
  return { kind: 'row', ledger: 'invoices', row: books.invoices.rowOf(invoice), column: 'commission' };
}

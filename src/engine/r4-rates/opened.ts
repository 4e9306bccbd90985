/** The rates of lines booked up to an opening, which cannot be derived because not all earlier bookings are known (R11). */
import { amountAt, exactly } from '../../amount.js';
import { dayAt, isoOf } from '../../day.js';
import type { Units } from '../../money.js';
import type { Place } from '../../problems/place.js';
import { type Ratio, ratio, ZERO } from '../../ratio.js';
import type { Findings } from '../findings.js';
import type { Lines } from '../r3-sales/lines.js';
import { inWords, type Setting } from '../setting.js';
import { reportMissingCost } from './missing-cost.js';

/** The rate of a line booked up to the opening: by the commission stated in the invoice, or its plan's flat rate. */
export function openedRate(setting: Setting, findings: Findings, lines: Lines, line: number): Ratio {
  const { invoices } = setting.books;
  const invoice = lines.invoices[line] as number;
  const plan = lines.planOf(line);
  if (lines.measure(line, plan.basis) === undefined) {
    reportMissingCost(setting, findings, lines, line, plan);
    return ZERO;
  }
  const commission = invoices.commissions.get(invoice);
  if (commission !== undefined) return rateFor(setting, findings, lines, line, commission);
  if (plan.rate.kind === 'flat') return plan.rate.rate;
  const id = invoices.ids.at(invoice);
  // Nothing earns nothing at any rate.
  if (!lines.isNothing(line, plan.basis) && findings.isFirst('missing-commission', id)) {
    const place = commissionCell(setting, invoice);
    const opening = isoOf(setting.posted?.opening?.day ?? setting.asOf);
    findings.addFault({ code: 'missing-commission', place, invoice: id, plan: plan.id, opening });
  }
  return ZERO;
}

/** The rate at which all lines of the invoice together earn this much: each its share of it. */
function rateFor(setting: Setting, findings: Findings, lines: Lines, line: number, commission: Units): Ratio {
  const { invoices } = setting.books;
  const invoice = lines.invoices[line] as number;
  const { basis } = lines.planOf(line);
  const amount = exactly(amountAt(invoices.amounts, invoice));
  const cost = invoices.costs?.[invoice];
  const base = basis === 'revenue' || cost === undefined ? amount : amount - exactly(cost);
  if (base !== 0n && !lines.isNothing(line, basis)) return ratio(commission, base);
  if (commission === 0n) return ZERO;
  const id = invoices.ids.at(invoice);
  if (findings.isFirst('commission-of-nothing', id)) {
    const place = commissionCell(setting, invoice);
    const found = inWords(setting, commission);
    findings.addFault({ code: 'commission-of-nothing', place, invoice: id, found });
  }
  return ZERO;
}

/**
 * Commissions are stated only of what was booked up to the opening; what is booked after the as-of date does not matter
 * yet.
 */
export function checkCommissions(setting: Setting, findings: Findings): void {
  const { books, posted, doubtful, asOf } = setting;
  const { invoices } = books;
  const opening = posted?.opening?.day;
  // Openings at fault may be those that it was booked before.
  if (opening === undefined && doubtful.openings) return;
  for (const invoice of invoices.commissions.keys()) {
    const booking = dayAt(invoices.bookings, invoice);
    if (booking > asOf || (opening !== undefined && booking <= opening)) continue;
    const place = commissionCell(setting, invoice);
    const facts = { invoice: invoices.ids.at(invoice), opening: opening && isoOf(opening) };
    findings.addFault({ code: 'commission-not-opened', place, ...facts });
  }
}

/** The cell that states what reps earn on an invoice. */
function commissionCell({ books }: Setting, invoice: number): Place {
  return { kind: 'row', ledger: 'invoices', row: books.invoices.rowOf(invoice), column: 'commission' };
}

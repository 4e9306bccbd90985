/** The rates of lines booked up to an opening, which cannot be derived because not all earlier bookings are known (R11). */
import { exactly, type Fraction } from '../../amount.js';
import { dayAt, isoOf } from '../../day.js';
import type { Units } from '../../money.js';
import { findCategoryRate, type Plan } from '../../plans/plan.js';
import type { Place } from '../../problems/place.js';
import { over, plus, type Ratio, ratio, times, ZERO } from '../../ratio.js';
import type { Findings } from '../findings.js';
import { STATED_COLUMNS, type StatedColumn } from '../r2-ledgers/books.js';
import { categoryOf, type Lines } from '../r3-sales/lines.js';
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
  const column = statedColumnOf(lines, line);
  const stated = invoices.stated[column].get(invoice);
  if (stated !== undefined) return rateFor(setting, findings, lines, line, stated);
  const flat = findFlatRate(setting, lines, line, plan);
  if (flat !== undefined) return flat;
  const id = invoices.ids.at(invoice);
  // Nothing earns nothing at any rate.
  if (!lines.isNothing(line, plan.basis) && findings.isFirst('missing-commission', id, column)) {
    const place = commissionCell(setting, invoice, column);
    const opening = isoOf(setting.posted?.opening?.day ?? setting.asOf);
    findings.addFault({ code: 'missing-commission', place, invoice: id, plan: plan.id, opening, column });
  }
  return ZERO;
}

/** Managers earn something of their own on a sale (R12.3), which has its own column. */
export function statedColumnOf(lines: Pick<Lines, 'creditOf'>, line: number): StatedColumn {
  return lines.creditOf(line) === 'team' ? 'team_commission' : 'commission';
}

/**
 * A rep's part of what is stated for all reps of the invoice, or all of its managers: in proportion to their shares, so that
 * the parts add up to it even if the shares do not add up to 100%.
 */
export function statedPart(
  lines: Pick<Lines, 'invoices' | 'creditOf' | 'shareOf' | 'length'>,
  line: number,
): Ratio {
  const column = statedColumnOf(lines, line);
  const isBeside = (other: number) =>
    other >= 0 && other < lines.length && lines.invoices[other] === lines.invoices[line];
  let all = ZERO;
  const add = (other: number) => {
    if (statedColumnOf(lines, other) === column) all = plus(all, lines.shareOf(other));
  };
  // The lines of an invoice are neighbors.
  for (let other = line; isBeside(other); other -= 1) add(other);
  for (let other = line + 1; isBeside(other); other += 1) add(other);
  return over(lines.shareOf(line), all);
}

/** The rate at which the line earns its part of what is stated. */
function rateFor(setting: Setting, findings: Findings, lines: Lines, line: number, stated: Units): Ratio {
  const { invoices } = setting.books;
  const invoice = lines.invoices[line] as number;
  const { basis } = lines.planOf(line);
  const measure = lines.measure(line, basis);
  if (measure !== undefined && !lines.isNothing(line, basis)) {
    const own = times(ratio(stated), times(statedPart(lines, line), lines.currencyRateOf(line)));
    return over(own, exactlyOf(measure));
  }
  if (stated === 0n) return ZERO;
  const id = invoices.ids.at(invoice);
  const column = statedColumnOf(lines, line);
  if (findings.isFirst('commission-of-nothing', id, column)) {
    const place = commissionCell(setting, invoice, column);
    const found = inWords(setting, stated);
    findings.addFault({ code: 'commission-of-nothing', place, invoice: id, found });
  }
  return ZERO;
}

function exactlyOf({ n, d }: Fraction): Ratio {
  return ratio(exactly(n), exactly(d));
}

/**
 * The rate of a plan that pays what was sold at flat rates (R13.3): for several items, the average.
 *
 * @returns undefined if it depends on attainment
 */
function findFlatRate(
  { books, counting }: Setting,
  lines: Lines,
  line: number,
  plan: Plan,
): Ratio | undefined {
  const flatIn = (entry: Pick<Plan, 'rate'> | undefined) =>
    entry?.rate.kind === 'flat' ? entry.rate.rate : undefined;
  if (plan.rates === undefined) return flatIn(plan);
  const invoice = lines.invoices[line] as number;
  const { items } = lines;
  if (items?.has(invoice) !== true)
    return flatIn(findCategoryRate(plan, categoryOf(books.invoices, invoice)));
  let [earned, sold] = [ZERO, ZERO];
  for (const item of items.of(invoice)) {
    const rate = flatIn(findCategoryRate(plan, items.categoryOf(item)));
    const amount = plan.basis === 'revenue' ? items.revenueOf(item) : items.profitOf(item, counting.zero);
    if (rate === undefined || amount === undefined) return undefined;
    const basis = ratio(exactly(amount));
    [earned, sold] = [plus(earned, times(basis, rate)), plus(sold, basis)];
  }
  if (sold.n !== 0n) return over(earned, sold);
  return earned.n === 0n ? ZERO : undefined;
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
  for (const column of STATED_COLUMNS) {
    for (const invoice of invoices.stated[column].keys()) {
      const booking = dayAt(invoices.bookings, invoice);
      if (booking > asOf || (opening !== undefined && booking <= opening)) continue;
      const place = commissionCell(setting, invoice, column);
      const facts = { invoice: invoices.ids.at(invoice), opening: opening && isoOf(opening) };
      findings.addFault({ code: 'commission-not-opened', place, ...facts });
    }
  }
}

/** The cell that states what reps or managers earn on an invoice. */
function commissionCell({ books }: Setting, invoice: number, column: StatedColumn): Place {
  return { kind: 'row', ledger: 'invoices', row: books.invoices.rowOf(invoice), column };
}

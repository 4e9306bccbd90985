/** What payroll pays for a period that was closed again, on top of the file that it has (R11.9): a sentence. */
import { payRowsOf } from '../closing/pay-history.js';
import { type Payroll, payNowOf, payrollDeltaRows, renamedPayroll } from '../closing/payroll-delta.js';
import { counted } from '../counted.js';
import type { Result } from '../engine/result.js';
import { formatMinor, groupThousands, type Minor } from '../money.js';

/**
 * What to pay and to take back.
 *
 * @param before - what payroll has
 */
export function payrollDeltaText(period: string, before: Payroll, result: Result): string {
  const { code, digits } = result.currency;
  const own = payRowsOf(result).filter((row) => row.period === period);
  const now = own.map(({ repId, paid, recovered, owed }) => {
    return { repId, payPeriod: period, payBy: '', paid, recovered, owed };
  });
  const changes = payrollDeltaRows(renamedPayroll(before, result.newNames).rows, now).map(payNowOf);
  const text = (some: readonly Minor[], what: string) => {
    const sum = some.reduce((total, one) => total + (one < 0n ? -one : one), 0n);
    const amount = `${groupThousands(formatMinor(sum, digits))} ${code}`;
    return some.length === 0 ? [] : [`${amount} ${what} to ${counted(some.length, 'rep')}`];
  };
  const more = changes.filter((one) => one > 0n);
  const less = changes.filter((one) => one < 0n);
  const sides = [...text(more, 'more'), ...text(less, 'less')];
  const has = `Payroll has an earlier file of ${period}`;
  if (sides.length === 0) return `${has}, and payroll-delta.csv has nothing to pay or to take back.`;
  return `${has}: pay what payroll-delta.csv has, ${sides.join(', ')}.`;
}

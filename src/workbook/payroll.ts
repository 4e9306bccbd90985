/** The sheet Payroll: what payroll pays each rep for the pay period, and by when. */
import { payRowsOf } from '../closing/pay-history.js';
import { payrollRows } from '../closing/payroll.js';
import { type PeriodState, stateText } from '../closing/period-state.js';
import { type Day, findDay } from '../day.js';
import type { NamedPeriod } from '../engine/r11-closes/close.js';
import type { PostedResult } from '../engine/result.js';
import { formatMinor } from '../money.js';
import type { Column, RowSheet } from './sheet.js';

const COLUMNS: readonly Column[] = [
  { name: 'rep', heading: 'rep', kind: 'text' },
  { name: 'name', heading: 'name', kind: 'text' },
  { name: 'payPeriod', heading: 'pay period', kind: 'text' },
  { name: 'payBy', heading: 'pay by', kind: 'date' },
  { name: 'currency', heading: 'currency', kind: 'text' },
  { name: 'paid', heading: 'to pay', kind: 'money', total: 'sum' },
  { name: 'recovered', heading: 'recovered', kind: 'money', total: 'sum' },
  { name: 'owed', heading: 'still owed', kind: 'money', total: 'sum' },
];

/** The rows of `payroll.csv` as a close would write them, with names. */
export function payrollSheet(result: PostedResult, state: PeriodState): RowSheet {
  const { currency, people, terms, payPeriods } = result;
  const { name, to } = payPeriods.at(-1) as NamedPeriod;
  const payroll = payrollRows({
    period: { name, to: findDay(to) as Day },
    rows: payRowsOf(result),
    postings: result.postings,
    payWithin: terms.payWithin,
  });
  const money = (amount: bigint) => formatMinor(amount, currency.digits);
  const rows = payroll.map(({ repId, payPeriod, payBy, paid, recovered, owed }) => [
    repId,
    people.get(repId)?.name ?? '',
    payPeriod,
    payBy,
    currency.code,
    money(paid),
    money(recovered),
    money(owed),
  ]);
  const title = `${stateText(state).mark}. What to pay each rep for ${name}, in ${currency.code}, and by which day. Row 2 adds up the filtered rows.`;
  return { name: 'Payroll', title, columns: COLUMNS, rows: () => rows };
}

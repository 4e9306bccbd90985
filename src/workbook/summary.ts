/** The sheets Summary and Months: what every rep is paid, holds and owes, by period (R8.1, R8.2). */
import { type PeriodState, stateText } from '../closing/period-state.js';
import { isShown, type PayFigure, WRITTEN_FIGURES } from '../engine/r1-words/pay-figures.js';
import type { Result } from '../engine/result.js';
import { attainmentFinder } from '../explain/attainment.js';
import { monthsTable, quartersTable } from '../ledgers/tables.js';
import { formatMinor, type Minor } from '../money.js';
import { type Column, type RowSheet, sheetOf } from './sheet.js';

export function summarySheet(result: Result, state: PeriodState): RowSheet {
  const { asOf, currency, fiscalQuarter } = result;
  const title = `${stateText(state).mark}. Every rep and fiscal quarter up to ${asOf}, in ${currency.code}. ${totals(fiscalQuarter.name)}`;
  const last = { column: 'quarter', period: fiscalQuarter.name };
  const sheet = sheetOf({ name: 'Summary', title, last }, () => quartersTable(result, shownFigures(result)));
  return withWindows(sheet, result);
}

/** Beside attainment, the sales and the quota of its window, where a window is longer than the quarter (R4.2). */
function withWindows(sheet: RowSheet, result: Result): RowSheet {
  const { currency, quarters, attainments } = result;
  if (attainments.every(({ window }) => window === 'quarter')) return sheet;
  const findAttained = attainmentFinder(result);
  const at = sheet.columns.findIndex(({ name }) => name === 'attainment') + 1;
  const money = (amount: Minor | undefined) =>
    amount === undefined ? '' : formatMinor(amount, currency.digits);
  const columns: readonly Column[] = [
    { name: 'attained_in', heading: 'attained in', kind: 'text' },
    { name: 'bookings_then', heading: 'bookings then', kind: 'money' },
    { name: 'quota_then', heading: 'quota then', kind: 'money' },
  ];
  return {
    ...sheet,
    columns: sheet.columns.toSpliced(at, 0, ...columns),
    *rows() {
      let index = 0;
      for (const row of sheet.rows()) {
        const attained = findAttained(quarters[index] as Result['quarters'][number]);
        const cells = [attained?.name ?? '', money(attained?.bookings), money(attained?.quota)];
        yield row.toSpliced(at, 0, ...cells);
        index += 1;
      }
    },
  };
}

/** Only where pay is by the month. */
export function monthsSheet(result: Result, state: PeriodState): RowSheet {
  const { asOf, currency, payPeriod } = result;
  const title = `${stateText(state).mark}. Every rep and month up to ${asOf}, in ${currency.code}. ${totals(payPeriod)}`;
  const last = { column: 'month', period: payPeriod };
  return sheetOf({ name: 'Months', title, last }, () => monthsTable(result, shownFigures(result)));
}

/** The figures of features that are not used have no column. */
function shownFigures({ quarters, months }: Result): readonly PayFigure[] {
  const rows = [...quarters, ...months];
  return WRITTEN_FIGURES.filter((figure) => isShown(figure, rows));
}

function totals(period: string): string {
  return `Row 2 adds up the filtered rows; for held and owed, which are balances, only those of ${period}.`;
}

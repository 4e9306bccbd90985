/** The sheets Summary and Months: what every rep is paid, holds and owes, by period (R8.1, R8.2). */
import { type PeriodState, stateText } from '../closing/period-state.js';
import { isShown, type PayFigure, WRITTEN_FIGURES } from '../engine/r1-words/pay-figures.js';
import type { Result } from '../engine/result.js';
import { monthsTable, quartersTable } from '../ledgers/tables.js';
import { type RowSheet, sheetOf } from './sheet.js';

export function summarySheet(result: Result, state: PeriodState): RowSheet {
  const { asOf, currency, fiscalQuarter } = result;
  const title = `${stateText(state).mark}. Every rep and fiscal quarter up to ${asOf}, in ${currency.code}. ${totals(fiscalQuarter.name)}`;
  const last = { column: 'quarter', period: fiscalQuarter.name };
  return sheetOf({ name: 'Summary', title, last }, () => quartersTable(result, shownFigures(result)));
}

/** Only where pay is by the month. */
export function monthsSheet(result: Result, state: PeriodState): RowSheet {
  const { asOf, currency, payPeriod } = result;
  const title = `${stateText(state).mark}. Every rep and month up to ${asOf}, in ${currency.code}. ${totals(payPeriod)}`;
  const last = { column: 'month', period: payPeriod };
  return sheetOf({ name: 'Months', title, last }, () => monthsTable(result, shownFigures(result)));
}

/** The figures of features that are not used have no column. */
function shownFigures({ quarters }: Result): readonly PayFigure[] {
  return WRITTEN_FIGURES.filter((figure) => isShown(figure, quarters));
}

function totals(period: string): string {
  return `Row 2 adds up the filtered rows; for held and owed, which are balances, only those of ${period}.`;
}

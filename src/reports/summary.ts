/** What `comp calc` shows finance: first the answer, then the table that adds up to it, then what to review. */
import { payRowsOf } from '../closing/pay-history.js';
import type { PeriodState } from '../closing/period-state.js';
import { counted, verb } from '../counted.js';
import { isoOf } from '../day.js';
import { type PayRow, totalOf } from '../engine/r1-words/pay-figures.js';
import type { Result } from '../engine/result.js';
import { groupedBy } from '../grouped.js';
import type { Minor } from '../money.js';
import { firstVersions, type Plan, type Terms } from '../plans/plan.js';
import { netByPeriod } from './adjustments.js';
import { minorText } from './amounts.js';
import { controlsText } from './controls.js';
import { closingRows, figuresText, overall } from './figures.js';
import { findPayPeriodNote } from './pay-period-note.js';
import { stateLines } from './state-lines.js';
import type { ReportOptions, Style } from './style.js';
import { type TableColumn, tableText } from './table.js';

/**
 * The summary of a close as text.
 *
 * @param state - of the pay period that the result is as of
 * @param sinceClose - what there is to show once periods are closed
 */
export function summaryText(
  result: Result,
  state: PeriodState,
  options: ReportOptions,
  sinceClose: readonly string[] = [],
): string {
  const note = findPayPeriodNote(result.terms);
  const parts = [
    heading(result),
    ...stateLines(state, options),
    answer(result, options.style),
    '',
    ...figuresText(result, options),
    '',
    ...(sinceClose.length === 0 ? [] : [...sinceClose, '']),
    ...controlsText(result, options),
    ...(note === undefined ? [] : [note]),
  ];
  return `${parts.join('\n')}\n`;
}

function heading({ asOf, currency, quarters, controls, terms }: Result): string {
  const reps = new Set(quarters.map(({ repId }) => repId)).size;
  const used = controls.get('invoices');
  const invoices = used?.usedDocuments ?? used?.used.rows ?? 0;
  const plans = firstVersions(terms.plans).map((plan) => planText(plan, terms));
  const shown =
    plans.length <= 3 ? plans.join(', ') : `${plans.slice(0, 3).join(', ')} and ${plans.length - 3} more`;
  return `Close as of ${asOf} · ${currency.code} · ${counted(reps, 'rep')}, ${counted(invoices, 'invoice')} · ${verb(plans.length, 'plan', 'plans')} ${shown}`;
}

/** A plan with its level, and the days from which versions of it begin, with theirs where it is another. */
function planText({ id, level }: Plan, { plans }: Result['terms']): string {
  let before = level;
  const later = plans.flatMap((plan) => {
    if (plan.id !== id || plan.from === undefined) return [];
    const isSame = plan.level === before;
    before = plan.level;
    const what = isSame ? 'changed' : `level ${plan.level.number}, ${plan.level.name},`;
    return [`; ${what} from ${isoOf(plan.from)}`];
  });
  return `${id} (level ${level.number}, ${level.name}${later.join('')})`;
}

/** What to pay, what waits, what is owed: each with what a reader asks next. */
function answer(result: Result, style: Style): string {
  const { payPeriod, terms, currency, months, quarters } = result;
  const closing = closingRows(quarters);
  const periods: readonly PayRow[] = terms.payPeriod === 'month' ? closingRows(months) : closing;
  const paying = periods.filter(({ paid }) => paid > 0n);
  const money = (amount: Minor) => minorText(amount, currency);
  const [held, owed] = [totalOf(closing, 'held'), totalOf(closing, 'owed')];
  const [clawedBack, reinstated] = [totalOf(closing, 'clawedBack'), totalOf(closing, 'reinstated')];
  const waits = closing.filter((row) => row.held !== 0n).length;
  const owing = closing.filter((row) => row.owed > 0n).length;
  const lines: (readonly [string, string, string])[] = [
    [`To pay for ${payPeriod}`, money(totalOf(paying, 'paid')), counted(paying.length, 'rep')],
    ...adjusted(result, money),
    [
      'Held',
      money(held),
      held === 0n ? nothingHeld(terms) : `waits for customers' payments, ${counted(waits, 'rep')}`,
    ],
    [
      'Owed by reps',
      money(owed),
      owed === 0n ? nothingOwed(result, money) : `to be recovered from later pay, ${counted(owing, 'rep')}`,
    ],
  ];
  if (clawedBack !== 0n || reinstated !== 0n) {
    const quarter = closing[0]?.quarter ?? '';
    lines.push([`Clawed back in ${quarter}`, money(clawedBack), `${money(reinstated)} reinstated`]);
  }
  const columns: TableColumn[] = [
    { title: '', align: 'left' },
    { title: '', align: 'right' },
    { title: '', align: 'left' },
  ];
  return tableText(columns, lines, style).lines.slice(1).join('\n');
}

/** R11.2: how much of the pay belongs to closed periods. */
function adjusted(result: Result, money: (amount: Minor) => string): (readonly [string, string, string])[] {
  const [first] = result.adjustments;
  if (first?.period !== result.payPeriod) return [];
  const periods = [...netByPeriod(result)];
  const sum = periods.reduce((all, [, amount]) => all + amount, 0n);
  const parts = periods.map(([name, amount]) => `${name} ${money(amount)}`).join(', ');
  return [['  of which prior periods', money(sum), parts]];
}

function nothingHeld({ plans }: Terms): string {
  if (plans.some(({ level }) => level.earned === 'with-sale' && level.held !== 'none'))
    return 'nothing waits for cash';
  const levels = [...new Set(plans.map(({ level }) => level.number))].sort().join(' and ');
  return `nothing waits for cash at level ${levels}`;
}

function nothingOwed(result: Result, money: (amount: Minor) => string): string {
  const { quarters } = result;
  const times = [...groupedBy(payRowsOf(result), ({ period }) => period)].map(([period, own]) => {
    return { when: `at the end of ${period}`, owed: totalOf(own, 'owed') };
  });
  const start = { when: 'at the opening', owed: overall(quarters).owedOpening };
  const { when, owed: most } = times.reduce((a, b) => (b.owed > a.owed ? b : a), start);
  return most === 0n ? 'nothing was ever owed' : `at most ${money(most)}, ${when}; recovered since`;
}

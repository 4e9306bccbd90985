/** Questions on what is taken back: what is signed about it, and whether the customer still had time to pay. */
import { isoOf } from '../day.js';
import { planName } from '../plans/plan.js';
import { type Facts, type PlanAt, plansOf } from './facts.js';
import { countFigure, dateFigure, daysFigure } from './figures.js';
import type { Asked } from './question.js';

/** The questions on clawbacks, by plan. */
export function askOnClawbacks(facts: Facts): readonly Asked[] {
  return plansOf(facts).flatMap((one) => [
    ...askOnAdvance(facts, one),
    ...askOnDueDate(one),
    ...askOnEarly(facts, one),
  ]);
}

/** R5.6: what is paid before cash comes in, and taken back. */
function askOnAdvance({ sums, written }: Facts, { plan, path }: PlanAt): readonly Asked[] {
  if (plan.clawback === undefined) return [];
  const { advanced, clawedBack } = sums.of(plan);
  return [
    {
      code: 'clawback-without-advance',
      about: { plan: plan.id },
      path: [...path, 'clawback'],
      figures: [written.minorFigure('advanced', advanced), written.minorFigure('clawed_back', clawedBack)],
      sentence: `Plan ${planName(plan)} pays commission before cash comes in and claws it back: ${written.minor(advanced)} is advanced so far, and ${written.minor(clawedBack)} of it is taken back.`,
      advice:
        'Check that the signed plan calls it an advance and says when it is taken back. Ask counsel where reps are paid under several laws.',
    },
  ];
}

/** R5.6: no day of grace. */
function askOnDueDate({ plan, path, writes }: PlanAt): readonly Asked[] {
  if (plan.clawback?.pastDueDays !== 0 || !writes('clawback')) return [];
  return [
    {
      code: 'clawback-before-due',
      about: { plan: plan.id },
      path: [...path, 'clawback', 'pastDueDays'],
      figures: [daysFigure('past_due_days', 0)],
      sentence: `Plan ${planName(plan)} takes commission back at the end of the due date itself: a customer who pays one day late costs the rep the commission.`,
      advice: 'Set pastDueDays to the days that customers are given in practice, such as 30 or 60.',
    },
  ];
}

/** What write-offs took back while the customer still had time. */
function askOnEarly({ sums, written, lines }: Facts, { plan, path }: PlanAt): readonly Asked[] {
  const { early } = sums.of(plan);
  const { first } = early;
  if (first === undefined) return [];
  const invoice = lines.setting.books.invoices.ids.at(first.invoice);
  const others =
    early.count === 1 ? '' : `; with the others ${written.minor(early.amount)} on ${early.count} lines`;
  return [
    {
      code: 'clawback-before-due',
      about: { plan: plan.id, invoice },
      path: [...path, 'clawback', 'onWriteOff'],
      figures: [
        countFigure('lines', early.count),
        written.minorFigure('clawed_back', early.amount),
        dateFigure('clawed_back_on', first.day),
        dateFigure('due', first.due),
      ],
      sentence: `Plan ${planName(plan)}: a write-off of ${invoice} took commission back on ${isoOf(first.day)}, before the due date ${isoOf(first.due)}${others}.`,
      advice:
        'Check the date and the reason of the write-off. If write-offs should not take commission back, set onWriteOff: false.',
    },
  ];
}

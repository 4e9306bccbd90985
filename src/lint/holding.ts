/** Questions on what waits for cash: a hold of nothing or of everything, and commission that is earned but not paid. */
import { isoOf } from '../day.js';
import { planName } from '../plans/plan.js';
import { type Facts, plansOf } from './facts.js';
import { countFigure, dateFigure, percentFigure, percentText } from './figures.js';
import type { Asked } from './question.js';

/** The questions on holding, by plan. */
export function askOnHolding(facts: Facts): readonly Asked[] {
  return [...askOnHold(facts), ...askOnEarned(facts)];
}

/** R5.3: a hold that is none, or one that leaves no advance. */
function askOnHold(facts: Facts): readonly Asked[] {
  return plansOf(facts).flatMap(({ plan, path, writes }): Asked[] => {
    const { hold, level } = plan;
    if (!writes('hold') && !writes('level')) return [];
    const isNothing = hold.n === 0n;
    if (level.held !== 'part' || (!isNothing && hold.n !== hold.d)) return [];
    return [
      {
        code: 'hold-all-or-nothing',
        about: { plan: plan.id },
        path: [...path, 'hold'],
        figures: [percentFigure('hold', hold)],
        sentence: `Plan ${planName(plan)}, at level ${level.number}, holds ${percentText(hold)} of commission: ${isNothing ? 'nothing waits for cash.' : 'nothing is paid before cash comes in.'}`,
        advice: isNothing
          ? 'If nothing should wait for cash, say level 0, or level 1 with a clawback; else set the hold.'
          : 'If everything should wait for cash, say level 3; else set the hold.',
      },
    ];
  });
}

/** R5.4: commission that counts as earned when it is invoiced, and is paid only with cash. */
function askOnEarned(facts: Facts): readonly Asked[] {
  const { sums, written, result } = facts;
  return plansOf(facts).flatMap(({ plan, path }): Asked[] => {
    const { level } = plan;
    if (level.held !== 'all' || level.earned !== 'with-sale') return [];
    const { held, waiting, waitingSince } = sums.of(plan);
    const since = waitingSince === undefined ? '' : `, the oldest of it since ${isoOf(waitingSince)}`;
    return [
      {
        code: 'earned-not-paid',
        about: { plan: plan.id },
        path: [...path, 'level'],
        figures: [
          written.minorFigure('held', held),
          countFigure('lines', waiting),
          ...(waitingSince === undefined ? [] : [dateFigure('since', waitingSince)]),
        ],
        sentence: `Plan ${planName(plan)} earns commission at invoicing and pays it when the customer pays. As of ${result.asOf}, ${written.minor(held)} is earned and not paid${since}.`,
        advice:
          'Ask counsel whether it counts as wages once it is earned. At level 4 commission is not earned before cash comes in.',
      },
    ];
  });
}

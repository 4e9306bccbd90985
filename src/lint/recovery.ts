/** Questions on recovery: what it can take of a pay period, and debt that it will not bring back. */
import { payRowsOf, type RepPay } from '../closing/pay-history.js';
import { groupedBy } from '../grouped.js';
import { type Minor, max, min, roundDown } from '../money.js';
import type { RecoveryTerms } from '../plans/plan.js';
import type { TermsPath } from '../problems/place.js';
import type { Facts } from './facts.js';
import { countFigure, percentFigure, percentText } from './figures.js';
import type { Asked } from './question.js';

/** The questions on recovery: first that of the terms, then by rep. */
export function askOnRecovery(facts: Facts): readonly Asked[] {
  const rows = payRowsOf(facts.result);
  return [...askOnEmptyPay(facts, rows), ...askOnDebt(facts, rows)];
}

/** R23.1: nothing that recovery leaves. */
function askOnEmptyPay(facts: Facts, rows: readonly RepPay[]): readonly Asked[] {
  const { result, written } = facts;
  const { recovery, payPeriod } = result.terms;
  const { limit, keep, most } = recovery;
  if (limit.n < limit.d || keep > 0n || most !== undefined || !hasDebt(facts, rows)) return [];
  const emptied = rows.filter(({ paid, recovered }) => paid === 0n && recovered > 0n);
  const largest = emptied.reduce<RepPay | undefined>(
    (top, row) => (top === undefined || row.recovered > top.recovered ? row : top),
    undefined,
  );
  const seen =
    largest === undefined
      ? `It has not happened up to ${result.asOf}.`
      : `It happened ${emptied.length === 1 ? 'once:' : `${emptied.length} times, at most`} in ${largest.period}, when recovery took all of ${largest.repId}'s pay, ${written.minor(largest.recovered)}.`;
  return [
    {
      code: 'no-pay-left',
      about: largest === undefined ? {} : { rep: largest.repId },
      path: recoveryPath(facts),
      figures: [
        percentFigure('limit', limit),
        written.minorFigure('keep', keep),
        countFigure('periods_without_pay', emptied.length),
        written.minorFigure('most_recovered', largest?.recovered ?? 0n),
      ],
      sentence: `What a rep owes may take all the commission of a ${payPeriod}: recovery has no limit below ${percentText(limit)}, and keeps nothing back. ${seen}`,
      advice:
        'Set recovery.limit below 100%, or recovery.keep to what should be left. Ask counsel what has to be left of pay.',
    },
  ];
}

/** Whether anything can be owed: by a clawback, a draw, or because something was charged before. */
function hasDebt({ result, lines }: Facts, rows: readonly RepPay[]): boolean {
  const { draws } = lines.setting.books.plain;
  return (
    result.terms.plans.some(({ clawback }) => clawback !== undefined) ||
    draws.some(({ kind }) => kind !== 'guarantee') ||
    rows.some(({ charged, owed }) => charged > 0n || owed > 0n)
  );
}

/** Debt at the end that recovery would not bring back in a year like the last one. */
function askOnDebt(facts: Facts, rows: readonly RepPay[]): readonly Asked[] {
  const { result, written } = facts;
  const { recovery, payPeriod } = result.terms;
  const inAYear = payPeriod === 'month' ? 12 : 4;
  return [...groupedBy(rows, ({ repId }) => repId)].flatMap(([rep, own]): Asked[] => {
    const owed = own.at(-1)?.owed ?? 0n;
    // What a rep who began lately will be paid is not known.
    if (owed === 0n || own.length < inAYear) return [];
    const year = own.slice(-inAYear);
    const allowed = year.reduce((sum, row) => sum + allowedOf(row, recovery), 0n);
    if (owed <= allowed) return [];
    const left = result.people.get(rep)?.left;
    return [
      {
        code: 'debt-beyond-recovery',
        size: owed,
        about: { rep },
        path: recoveryPath(facts),
        figures: [
          written.minorFigure('owed', owed),
          written.minorFigure('recoverable_in_the_last_year', allowed),
          written.minorFigure(
            'recovered_in_the_last_year',
            year.reduce((sum, row) => sum + row.recovered, 0n),
          ),
          percentFigure('limit', recovery.limit),
        ],
        sentence: `${rep} owes ${written.minor(owed)}, but of the pay of the last ${inAYear} ${payPeriod}s, recovery could take no more than ${written.minor(allowed)}.${left === undefined ? '' : ` ${rep} left on ${left}.`}`,
        advice:
          'Decide whether the debt is repaid, waived (entries) or recovered on other terms, and what it is worth in the books.',
      },
    ];
  });
}

/** The key that says it: `recoveryLimit` is short for `recovery.limit`. */
function recoveryPath({ given }: Facts): TermsPath {
  return given.terms.recoveryLimit === undefined ? ['recovery'] : ['recoveryLimit'];
}

/** R23.1: what recovery could take of a period, whatever was owed. */
function allowedOf(row: RepPay, { limit, keep, most }: RecoveryTerms): Minor {
  const before = row.paid + row.carried - row.carriedOpening + row.recovered - row.guaranteed - row.drawn;
  const share = roundDown(limit.n * max(before, 0n), limit.d);
  const allowed = min(share, max(before - keep, 0n));
  return most === undefined ? allowed : min(allowed, most);
}

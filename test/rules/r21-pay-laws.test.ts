/** Laws of the pay account on random workspaces: closing period by period changes nothing, and neutral terms change no pay. */
import { expect, test } from 'vitest';
import { totalOf } from '../../src/engine/r1-words/pay-figures.js';
import type { Close } from '../../src/engine/r11-closes/close.js';
import { closeOrThrow } from '../../src/library/or-throw.js';
import { dressedIn, GROUPS } from '../../src/testing/features.js';
import { forAll } from '../support/property.js';
import { filesOf, resultOf, type Workspace } from '../support/run.js';

/** The rows of pay and entries, without the columns that only closes have. */
function payOf(workspace: Workspace, closes: readonly Close[] = []) {
  const files = filesOf(resultOf(workspace, { closes }));
  const entries = (files['entries.csv'] ?? []).map(({ event_date: _, adjusts, ...row }) => {
    expect(adjusts ?? '').toBe('');
    return row;
  });
  return { quarters: files['quarters.csv'], months: files['months.csv'], entries };
}

test('R11.1, R21.7 closing every period in time changes no pay', () => {
  forAll(
    dressedIn(GROUPS.pay),
    ({ history: workspace, features }, meet) => {
      const whole = resultOf(workspace);
      const closes: Close[] = [];
      for (const { to } of whole.payPeriods) {
        if (to >= workspace.asOf) break;
        closes.push(closeOrThrow(resultOf({ ...workspace, asOf: to }, { closes })));
      }
      expect(payOf(workspace, closes)).toEqual(payOf(workspace));
      if (closes.length > 1) for (const feature of features) meet(feature);
    },
    { entries: 0.05, caps: 0.05, draws: 0.05, recovery: 0.05, 'least payout': 0.05 },
    { isSlow: true },
  );
});

test('R21.7 entries that become known late are adjusted: all that is adjusted and repaid adds up to the same', () => {
  forAll(
    dressedIn(['entries']),
    ({ history: workspace }, meet) => {
      const whole = resultOf(workspace);
      const { entries = [] } = workspace.ledgers;
      const known = {
        ...workspace,
        ledgers: { ...workspace.ledgers, entries: entries.filter((_, at) => at % 2 === 0) },
      };
      const closes: Close[] = [];
      for (const { to } of whole.payPeriods) {
        if (to >= workspace.asOf) break;
        closes.push(closeOrThrow(resultOf({ ...known, asOf: to }, { closes })));
      }
      const late = resultOf(workspace, { closes });
      const sums = ({ quarters }: typeof whole) => [
        totalOf(quarters, 'adjusted'),
        totalOf(quarters, 'repaid'),
      ];
      expect(sums(late)).toEqual(sums(whole));
      if (late.entries.some(({ adjusts }) => adjusts !== '')) meet('adjusted');
    },
    { adjusted: 0.05 },
    { isSlow: true },
  );
});

test('R25.1 a cap above all amounts, no limit of recovery and no least payout change no pay', () => {
  forAll(dressedIn(['entries', 'draws']), ({ history: workspace }) => {
    const terms = workspace.terms as { readonly plans: readonly object[] };
    const plans = terms.plans.map((plan, at) => {
      const per = ['pay-period', 'quarter', 'year'][at % 3];
      return { ...plan, cap: { amount: '100000000000', per } };
    });
    const neutral = { ...terms, plans, recovery: { keep: '0' }, payout: { least: '0' } };
    expect(payOf({ ...workspace, terms: neutral })).toEqual(payOf(workspace));
  });
});

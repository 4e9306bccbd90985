/** The pay account: entries, caps, recovery, draws and guarantees, the least payout (R21 to R24, R29). */
import { addDays } from '../days.js';
import { REPS } from '../limits.js';
import { type Dressing, ledgerOf, MANAGERS, salesOf, someDay } from './dressing.js';

/** R21.1. */
export const addEntries: Dressing = (draft, dice) => {
  for (let at = 3 + dice.upTo(12); at > 0; at -= 1) {
    const kind = dice.pick(['bonus', 'waiver', 'repayment', 'bonus']);
    const size = dice.pick(['50', '400', '1', '2500', '120']);
    ledgerOf(draft, 'entries').push({
      entry_id: `E${dice.pick(['a', 'Z', '9'])}${at}`,
      rep_id: dice.pick([...REPS, ...REPS, ...MANAGERS]),
      date: someDay(draft, dice),
      kind,
      amount: kind === 'bonus' && dice.chance(1, 3) ? `-${size}` : size,
      invoice_id: dice.pick(['', salesOf(draft)[0]?.['invoice_id'] ?? '', 'nowhere']),
      reason: dice.pick(['SPIF', '', 'agreed, in writing']),
    });
  }
};

/** R22.1. */
export const addCaps: Dressing = (draft, dice) => {
  for (const plan of draft.terms.plans) {
    if (!dice.chance(3, 4)) continue;
    const per = dice.pick(['pay-period', 'quarter', 'year']);
    plan['cap'] = { amount: dice.pick([100, '20', 500, '4000', '0']), per };
  }
};

/** R23.1. */
export const addRecovery: Dressing = (draft, dice) => {
  delete draft.terms['recoveryLimit'];
  draft.terms['recovery'] = {
    ...(dice.chance(2, 3) ? { limit: dice.pick(['50%', '25%', '100%']) } : {}),
    ...(dice.chance(2, 3) ? { keep: dice.pick(['20', 100, '500']) } : {}),
    most: dice.pick(['60', 1000, '5']),
  };
};

/** R24.1: rows of one rep and kind do not overlap. */
export const addDraws: Dressing = (draft, dice) => {
  for (const rep_id of [...REPS, 'M1']) {
    for (const kind of ['', 'guarantee']) {
      if (!dice.chance(1, 2)) continue;
      let from = someDay(draft, dice);
      for (let count = dice.upTo(2); count >= 0; count -= 1) {
        const to = count === 0 ? dice.pick(['', addDays(from, 50)]) : addDays(from, dice.upTo(120));
        ledgerOf(draft, 'draws').push({
          rep_id,
          from,
          to,
          amount: dice.pick(['100', '999', '30', '250']),
          kind,
        });
        if (to !== '') from = addDays(to, 1 + dice.upTo(30));
      }
    }
  }
};

/** R29.1. */
export const addLeastPayout: Dressing = (draft, dice) => {
  draft.terms['payout'] = { least: dice.pick(['25', '500', '100', 1]) };
};

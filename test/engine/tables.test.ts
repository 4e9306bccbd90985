/** The tables of amounts and causes, and the hot code that names their entries one by one. */
import { describe, expect, test } from 'vitest';
import { IN_BIGINTS, IN_NUMBERS } from '../../src/amount.js';
import {
  CAUSES,
  causeOf,
  effectOf,
  findCause,
  KINDS,
  kindOf,
  kindOfNumber,
  numberOf,
  timingAfter,
} from '../../src/engine/r1-words/causes.js';
import {
  EARNED_PARTS,
  LINE_ACCOUNT_NAMES,
  LINE_ACCOUNTS,
  lineAmounts,
  movesPay,
  netOf,
} from '../../src/engine/r1-words/line-accounts.js';
import {
  addedUp,
  BALANCES,
  gainsOf,
  HELD_SUM,
  isShown,
  PAID_SUM,
  PAY_FIGURE_NAMES,
  PAY_FIGURES,
  PAY_STEP_NAMES,
  PAY_STEPS,
  type PayRow,
  payRow,
  shownTerms,
  stepTerms,
  sumOf,
  sumText,
  together,
  UNPOSTED,
  WRITTEN_FIGURES,
  withDerived,
} from '../../src/engine/r1-words/pay-figures.js';
import {
  addEvent,
  clearTargets,
  isNothing,
  noTargets,
  setDifference,
  sizeOfChange,
} from '../../src/engine/r5-targets/targets.js';
import { CHANGES } from '../../src/engine/r6-postings/posting-table.js';

/** 1, 2, 4, … by their order: any sum says which of them are in it. */
const powers = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(names.map((name, at) => [name, 1n << BigInt(at)])) as Record<Name, bigint>;

describe('the accounts of a line', () => {
  const each = powers(LINE_ACCOUNT_NAMES);

  test('R8.3 are in the order of the columns of postings.csv', () => {
    expect(LINE_ACCOUNT_NAMES.map((name) => LINE_ACCOUNTS[name].column).join(', ')).toBe(
      'earned, advanced, released, held, forfeited, clawed_back',
    );
  });

  test('R6.3 the parts of earned, and R7.2 the net', () => {
    expect(EARNED_PARTS.join(' + ')).toBe('advanced + released + held + forfeited');
    expect(netOf(lineAmounts((name) => each[name]))).toBe(each.advanced + each.released - each.clawedBack);
    for (const name of LINE_ACCOUNT_NAMES) {
      const alone = lineAmounts((one) => (one === name ? 1n : 0n));
      expect([name, movesPay(alone)]).toEqual([name, ['advanced', 'released', 'clawedBack'].includes(name)]);
    }
  });

  test.each([IN_NUMBERS, IN_BIGINTS])('R6.1 are all in the differences of the hot fold', (counting) => {
    const { minor, zero } = counting;
    const target = lineAmounts((name) => minor(each[name] * 3n));
    const posted = lineAmounts((name) => minor(each[name]));
    const difference = noTargets(counting);
    setDifference(difference, target, posted);
    expect(difference).toEqual(lineAmounts((name) => minor(each[name] * 2n)));
    for (const name of LINE_ACCOUNT_NAMES) {
      const alone = lineAmounts((one) => minor(one === name ? 1n : 0n));
      expect([name, isNothing(alone, counting)]).toEqual([name, false]);
    }
    expect(sizeOfChange(difference)).toBe(2 * (2 ** LINE_ACCOUNT_NAMES.length - 1));
    clearTargets(difference, counting);
    expect(difference).toEqual(lineAmounts(() => zero));
    expect(isNothing(difference, counting)).toBe(true);
  });

  test('R6.3 are all but earned in a posting, in the order that the table of postings counts on', () => {
    expect(CHANGES).toEqual(['advanced', 'released', 'held', 'forfeited', 'clawedBack']);
  });
});

describe('the figures of a pay row', () => {
  const each = payRow((figure) => powers(PAY_FIGURE_NAMES)[figure]);

  test('R8.1, R21.6, R29.1 are in the order of the columns of quarters.csv', () => {
    expect(WRITTEN_FIGURES.map((name) => PAY_FIGURES[name].column).join(', ')).toBe(
      'earned, advanced, released, forfeited, held_opening, held, payable, clawed_back, reinstated, ' +
        'owed_opening, charged, cancelled, recovered, paid, owed, ' +
        'adjusted, capped, waived, repaid, guaranteed, drawn, carried',
    );
  });

  test('R6.3, R21.3, R29.1 the two sums, as they compute and as they read', () => {
    expect(sumOf(HELD_SUM, each)).toBe(
      each.heldOpening + each.earned - each.advanced - each.released - each.forfeited,
    );
    expect(sumOf(PAID_SUM, each)).toBe(
      each.payable -
        each.clawedBack +
        each.reinstated +
        each.adjusted -
        each.capped +
        each.waived +
        each.repaid +
        each.guaranteed -
        each.owedOpening +
        each.owed +
        each.carriedOpening -
        each.carried,
    );
    expect(sumText(HELD_SUM)).toBe('held before + earned − advanced − released − forfeited');
    expect(sumText(PAID_SUM)).toBe(
      'payable − clawed back + reinstated + adjusted − capped + waived + repaid + guaranteed − owed before ' +
        '+ carried before + owed after − carried after',
    );
  });

  test('R21.6 a sum shows the figures of a feature only where some row uses it', () => {
    const plain = payRow((figure) => (figure === 'adjusted' ? 0n : each[figure]));
    const terms = (rows: readonly PayRow[]) => shownTerms(PAID_SUM, rows).map(({ figure }) => figure);
    const without = payRow(() => 0n);
    expect(sumText(shownTerms(PAID_SUM, [without]))).toBe(
      'payable − clawed back + reinstated − owed before + owed after',
    );
    expect(terms([without, plain])).toEqual(
      PAID_SUM.map(({ figure }) => figure).filter((figure) => figure !== 'adjusted'),
    );
    expect(isShown('recovered', [without])).toBe(true);
  });

  test('R21.2, R29.1 what no file has follows from what files have', () => {
    const row = { ...each, owed: 0n, paid: 0n };
    row.owed = row.owedOpening + sumOf(stepTerms('owed'), row);
    row.paid = sumOf(PAID_SUM, row);
    expect(withDerived({ ...row, settled: 0n, carriedOpening: 0n })).toEqual(row);
  });

  test('R8.2 of consecutive periods: the first opening, the last closing, and the flows added up', () => {
    const [first, last] = [each, payRow((figure) => each[figure] * 1000n)];
    const whole = together([first, last]);
    for (const figure of PAY_FIGURE_NAMES) {
      const expected = ['heldOpening', 'owedOpening', 'carriedOpening'].includes(figure)
        ? first[figure]
        : ['held', 'owed', 'carried'].includes(figure)
          ? last[figure]
          : first[figure] + last[figure];
      expect([figure, whole[figure]]).toEqual([figure, expected]);
    }
    expect(addedUp([first, last])).toEqual(payRow((figure) => first[figure] + last[figure]));
    expect(() => together([])).toThrow('This is a bug in comp');
  });

  test('R7.2, R21.2, R29.1 the steps: what each does to what is paid and what is owed', () => {
    expect(PAY_STEP_NAMES.map((step) => [step, PAY_STEPS[step].paid, PAY_STEPS[step].owed])).toEqual([
      ['gains', 1, 0],
      ['charged', 0, 1],
      ['cancelled', -1, -1],
      ['waived', 0, -1],
      ['settled', 0, -1],
      ['recovered', -1, -1],
      ['guaranteed', 1, 0],
      ['drawn', 1, 1],
      ['carriedOpening', 1, 0],
      ['carried', -1, 0],
    ]);
  });

  test('R21.3 what is paid is gains less charges, and the steps to paid and owed', () => {
    const posted = PAY_FIGURE_NAMES.filter((name) => PAY_FIGURES[name].isPosted);
    const inPaid = PAID_SUM.filter(({ figure }) => posted.includes(figure));
    expect(sumText([...inPaid, ...UNPOSTED])).toBe(
      'payable − clawed back + reinstated + adjusted − capped + repaid − settled by repayments',
    );
    const brought = sumOf([...inPaid, ...UNPOSTED], each);
    const owed = each.owedOpening + sumOf(stepTerms('owed'), each);
    const paid = brought + each.charged + sumOf(stepTerms('paid'), each);
    expect(paid).toBe(sumOf(PAID_SUM, { ...each, owed }));
    expect(gainsOf({ ...each, paid })).toBe(brought + each.charged);
  });

  test('the journal leaves what is paid in payable, and what is owed in recoverable', () => {
    const credits = (role: string, figure: keyof typeof PAY_FIGURES) =>
      PAY_FIGURES[figure].moves.reduce(
        (sum, { debit, credit }) => sum + Number(credit === role) - Number(debit === role),
        0,
      );
    // Postings credit payable with what is payable, and book what is clawed back or reinstated in recoverable.
    const byPostings = { payable: 1, clawedBack: 0, reinstated: 0 } as Readonly<Record<string, number>>;
    for (const { figure, sign } of [...PAID_SUM, { figure: 'paid', sign: -1 } as const]) {
      if (PAY_FIGURES[figure].kind !== 'flow') continue;
      const payable = (byPostings[figure] ?? 0) + credits('payable', figure);
      expect([figure, payable]).toEqual([figure, figure === 'paid' ? 1 : 0]);
      const isBooked = figure === 'clawedBack' || figure === 'reinstated';
      expect([figure, credits('recoverable', figure)]).toEqual([figure, isBooked ? 0 : sign]);
    }
  });

  test('R8.1 every balance opens with what it closed with', () => {
    for (const [closing, opening] of Object.entries(BALANCES)) {
      expect(PAY_FIGURES[closing as keyof typeof BALANCES].kind).toBe('closing');
      expect(PAY_FIGURES[opening].kind).toBe('opening');
    }
    const kinds = PAY_FIGURE_NAMES.map((name) => PAY_FIGURES[name].kind).filter((kind) => kind !== 'flow');
    expect(kinds).toHaveLength(2 * Object.keys(BALANCES).length);
  });
});

describe('causes', () => {
  test('R5.8 the order of a day', () => {
    // R20.1: `timing` follows its event, and is by itself with payments.
    const order = ['re-rated', 'booked invoiced', 'credited', 'collected timing', 'refunded'];
    const byKind = Array.from({ length: KINDS }, (_, kind) =>
      CAUSES.filter((cause) => kindOf(cause) === kind).join(' '),
    );
    expect(byKind).toEqual(['', ...order, 'written-off write-off-reversed', 'past-due', 'left']);
  });

  test('R6.2 have numbers and names', () => {
    for (const [number, cause] of CAUSES.entries()) {
      expect(numberOf(cause)).toBe(number);
      expect(causeOf(number)).toBe(cause);
      expect(findCause(cause)).toBe(cause);
    }
    expect(findCause('vanished')).toBeUndefined();
    expect(findCause('toString')).toBeUndefined();
    for (const cause of CAUSES) {
      expect(causeOf(timingAfter(numberOf(cause)))).toBe('timing');
      expect(kindOfNumber(timingAfter(numberOf(cause)))).toBe(kindOf(cause));
    }
    expect(() => causeOf(2 * CAUSES.length)).toThrow('This is a bug in comp');
  });

  test('R5 move what they are about, and nothing else', () => {
    const { zero, units } = IN_NUMBERS;
    const moved = CAUSES.map((cause) => {
      const sums = { memos: units(0n), cash: units(0n), writtenOff: units(0n) };
      addEvent(sums, cause, units(5n));
      return [
        cause,
        effectOf(cause),
        ...Object.entries(sums).flatMap(([name, sum]) => (sum === zero ? [] : [name])),
      ];
    });
    expect(moved).toEqual([
      ['re-rated', 'rate'],
      ['booked', 'earning'],
      ['invoiced', 'earning'],
      ['credited', 'credited', 'memos'],
      ['collected', 'cash', 'cash'],
      ['refunded', 'cash', 'cash'],
      ['written-off', 'written-off', 'writtenOff'],
      ['write-off-reversed', 'written-off', 'writtenOff'],
      ['past-due', 'past-due'],
      ['left', 'leaving'],
      ['timing', 'timing'],
    ]);
    // @ts-expect-error no cause of that name
    expect(() => addEvent({ memos: zero, cash: zero, writtenOff: zero }, 'vanished', zero)).toThrow('bug');
  });
});

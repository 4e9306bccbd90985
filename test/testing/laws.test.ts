/** Every law of the kit finds a calculation that breaks it, says which law it is, and where. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as kit from '../../src/testing/index.js';
import { BROKEN } from '../support/broken-calculations.js';
import { SEED } from '../support/depth.js';

type Law = (calculate: kit.Calculate, inputs: Parameters<kit.Calculate>[0], pick: number) => void;

const LAWS: Readonly<Record<string, Law>> = {
  'R10.1 conservation': kit.conservation,
  'R21.3 pay account': kit.payAccount,
  'R10.4 history': kit.history,
  'R10.9 as-of prefix': kit.asOfPrefix,
  'R10.6 split payment': kit.splitPayment,
  'R10.7 order': kit.order,
  'R10.7 renaming': kit.renaming,
  'R10.8 scale': kit.scale,
  'R10.2 paid up': kit.paidUp,
  'R10.3 order of the levels': kit.levelOrder,
  'R25.1 neutral terms': kit.neutral,
  'R25.3 team of one': kit.teamOfOne,
  'R25.4 collected cash': kit.collectedCash,
  'R25.5 items': kit.itemSplit,
};

const histories = kit.histories({
  currency: 'USD',
  nonNegative: true,
  plainClawback: true,
  plainRelease: true,
});

/** What a law breaks on, or nothing. */
function findBreach(law: Law, calculate: kit.Calculate): unknown {
  const property = fc.property(histories, fc.nat(), (inputs, pick) => law(calculate, inputs, pick));
  return fc.check(property, { numRuns: 200, seed: SEED, endOnFailure: true }).errorInstance;
}

describe('a law finds what breaks it', () => {
  test.each(Object.keys(LAWS))('%s', (name) => {
    const [law, calculate] = [LAWS[name], BROKEN[name]];
    if (law === undefined || calculate === undefined) throw new Error(`no calculation breaks ${name}`);
    const breach = findBreach(law, calculate);
    expect(breach).toBeInstanceOf(kit.LawBroken);
    if (!(breach instanceof kit.LawBroken)) return;
    expect(breach.law).toBe(name);
    expect(breach.because).not.toBe('');
    expect(breach.rep ?? '').not.toBe('');
    for (const { expected, found } of Object.values(breach.figures)) expect(found).not.toBe(expected);
    expect(breach.message).toContain(`rep ${breach.rep}`);
  });

  test('and checkLaws finds each of them', () => {
    for (const [name, calculate] of Object.entries(BROKEN)) {
      expect(findBreach(kit.checkLaws, calculate), name).toBeInstanceOf(kit.LawBroken);
    }
  });
});

describe('options of histories', () => {
  const sample = (options: kit.HistoryOptions) =>
    fc.sample(kit.histories(options), { numRuns: 50, seed: SEED });
  const rowsOf = (inputs: Parameters<kit.Calculate>[0], name: 'invoices' | 'quotas') => {
    const rows: Readonly<Record<string, unknown>>[] = [];
    inputs.ledgers[name]?.rows.forEach((row) => {
      rows.push(row);
    });
    return rows;
  };
  const terms = { currency: 'USD', plans: [{ id: 'a', level: 0, rate: '5%' }] } as const;

  test('from: nothing is booked before it, and something in its year', () => {
    for (const options of [{ terms }, {}, { features: kit.FEATURE_NAMES }, { corners: true }]) {
      const days = sample({ ...options, from: '2026-04-01' }).flatMap((inputs) =>
        rowsOf(inputs, 'invoices')
          .filter((row) => !row['reverses'])
          .map((row) => String(row['booking_date'] || row['invoice_date'])),
      );
      expect(days.every((day) => day >= '2026-03-01')).toBe(true);
      expect(days.some((day) => day.startsWith('2026-'))).toBe(true);
    }
    const changes = fc.sample(kit.planChanges(undefined, { from: '2026-04-01' }), 20);
    expect(changes.every(({ on }) => on > '2026-04-01' && on < '2027-01-01')).toBe(true);
  });

  test('quota: quotas are of about this size', () => {
    for (const options of [{ terms }, {}]) {
      const quotas = sample({ ...options, quota: 100_000 }).flatMap((inputs) =>
        rowsOf(inputs, 'quotas').map(({ quota }) => Number(quota)),
      );
      expect(quotas.filter((quota) => quota >= 20_000 && quota <= 200_000).length).toBeGreaterThan(
        quotas.length / 2,
      );
    }
  });
});

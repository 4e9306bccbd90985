/** Arbitrary plans of every level. */
import fc from 'fast-check';
import type { Limits } from './limits.js';
import { type RateDrawn, rateSketches } from './rates.js';

export interface Plan {
  readonly level: string | number;
  readonly basis?: string;
  readonly tolerance?: string | number;
  readonly clawback?: { readonly pastDueDays?: number };
  readonly rate: RateDrawn;
}

export function planSketches(limits: Limits): fc.Arbitrary<Plan> {
  const { plainClawback, plainRelease } = limits;
  const tolerance = fc.constantFrom('1.00', 0.01, 0, '100', '0.005');
  const earnOn = plainRelease ? fc.constant('invoice') : fc.constantFrom('booking', 'booking', 'invoice');
  const release = plainRelease
    ? fc.constant('pro-rata')
    : fc.constantFrom('paid-in-full', 'paid-in-full', 'pro-rata');
  const hold = fc.constantFrom('50%', 0.25, '33.333%', '0%', '100%');
  const clawback = fc.record(
    {
      pastDueDays: fc.constantFrom(30, 0, 60, 90),
      onWriteOff: fc.constantFrom(true, false, true),
      scope: plainClawback ? fc.constant('unpaid') : fc.constantFrom('unpaid', 'whole'),
      reinstate: plainClawback ? fc.constant(true) : fc.constantFrom(true, false, false),
    },
    { requiredKeys: [] },
  );
  const level = fc.oneof(
    fc.record({ level: fc.constantFrom(0, 'no-linkage'), earnOn }, { requiredKeys: ['level'] }),
    fc.record(
      { level: fc.constantFrom(1, 'clawback'), earnOn, tolerance, clawback },
      { requiredKeys: ['level', 'clawback'] },
    ),
    fc.record(
      { level: fc.constantFrom(2, 'partial-hold'), earnOn, tolerance, hold, release, clawback },
      { requiredKeys: ['level'] },
    ),
    fc.record(
      { level: fc.constantFrom(3, 'pay-on-collection'), earnOn, tolerance, release },
      { requiredKeys: ['level'] },
    ),
    fc.record({ level: fc.constantFrom(4, 'earn-on-collection'), tolerance }, { requiredKeys: ['level'] }),
  );
  const common = fc.record(
    {
      basis: fc.constantFrom('gross-profit', 'revenue'),
      quotaOn: fc.constantFrom('basis', 'revenue'),
      creditsReduceQuota: fc.constantFrom(true, false),
      rate: rateSketches(),
    },
    { requiredKeys: ['rate'] },
  );
  return fc.tuple(level, common).map(([ofLevel, ofAll]) => ({ ...ofLevel, ...ofAll }) as Plan);
}

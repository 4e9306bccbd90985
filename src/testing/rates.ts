/** Arbitrary rates: flat, and in bands by quota or by amount, whose thresholds round amounts meet exactly. */
import fc from 'fast-check';
import { choice } from './choices.js';

export interface Band {
  readonly from?: string;
  readonly fromAmount?: string | number;
  readonly rate: string | number;
}

export interface RateTable {
  readonly attainment?: string;
  readonly tiers?: string;
  readonly table: readonly Band[];
}

/** A flat rate, or a table. */
export type RateDrawn = string | number | RateTable;

const rates = choice<string | number>(
  [2, fc.constantFrom('10%', '5%', 0.02, '12.5%', '8%')],
  [1, fc.constantFrom(0.1, '7.77%', '33.3333%', '150%', '0%', '0.125%')],
);

export function rateSketches(): fc.Arbitrary<RateDrawn> {
  const tiers = fc.constantFrom('marginal', 'retroactive', 'retroactive');
  const attainment = fc.constantFrom('quarter', 'year-to-date', 'year');
  const bandRates = fc.array(rates, { minLength: 5, maxLength: 5 });
  const quotaBands = bandsOf(['25%', '50%', '100%', '120%'], bandRates, '0%', (from) => ({ from }));
  const amountBands = bandsOf(['1000', 2500.5, '5000', '10000.00'], bandRates, 0, (fromAmount) => ({
    fromAmount,
  }));
  const byQuota = fc.record(
    { attainment, tiers, table: quotaBands },
    { requiredKeys: ['attainment', 'table'] },
  );
  const byAmount = fc.record({ attainment, tiers, table: amountBands }, { requiredKeys: ['table'] });
  return choice<RateDrawn>([3, rates], [6, byQuota], [3, byAmount]);
}

function bandsOf<From>(
  thresholds: From[],
  bandRates: fc.Arbitrary<readonly (string | number)[]>,
  first: From,
  named: (from: From) => Omit<Band, 'rate'>,
): fc.Arbitrary<readonly Band[]> {
  // One band is drawn now and then: a table of percentages that needs no quota.
  return fc
    .tuple(
      choice<From[]>(
        [5, fc.subarray(thresholds, { minLength: 1 })],
        [4, fc.constant(thresholds)],
        [1, fc.constant([])],
      ),
      bandRates,
    )
    .map(([above, paid]) =>
      [first, ...above].map((from, at) => ({ ...named(from), rate: paid[at] ?? '1%' })),
    );
}

/** At what rate a line's commission was computed: one answer for every report. */
import { unreachable } from '../../problems/problem.js';
import { compare, type Ratio } from '../../ratio.js';
import type { LineExplanation, RateExplanation } from '../lines.js';

/**
 * The rates of a line on a day, each once, in the order of its booking's slices.
 *
 * @param date - `YYYY-MM-DD`; a day before the booking has the rate of the booking
 * @returns none for a commission that the invoice ledger states (it was never priced at a rate), and for a booking that no
 * rate applies to
 * @example ratesOn(line, '2025-03-20') // 5% and 8%
 */
export function ratesOn({ rate }: Pick<LineExplanation, 'rate'>, date: string): readonly Ratio[] {
  return allRatesOn(rate, date).filter(
    (one, at, all) => all.findIndex((other) => compare(one, other) === 0) === at,
  );
}

/** `5% and 8%`; empty if there is no rate. */
export function ratesText(rates: readonly Ratio[], rateText: (rate: Ratio) => string): string {
  return rates.map((rate) => rateText(rate)).join(' and ');
}

function allRatesOn(rate: RateExplanation, date: string): readonly Ratio[] {
  switch (rate.kind) {
    case 'flat':
      return [rate.rate];
    case 'stated':
      return [];
    case 'marginal':
      return rate.slices.map((slice) => slice.rate);
    case 'retroactive': {
      const step = rate.steps.findLast((one) => one.date <= date) ?? rate.steps[0];
      return step === undefined ? [] : [step.rate];
    }
    case 'items':
      return rate.items.flatMap((item) =>
        item.rate === undefined ? item.slices.map((slice) => slice.rate) : [item.rate],
      );
    default:
      return unreachable(rate);
  }
}

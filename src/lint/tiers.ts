/** Questions on rate tables: pay that falls or jumps at a threshold, rates that fall, and thresholds out of reach. */
import type { AttainmentRow } from '../engine/r8-results/results.js';
import { type Minor, max, round } from '../money.js';
import { planName } from '../plans/plan.js';
import { compare, minus, type Ratio, ratio, sum, times, ZERO } from '../ratio.js';
import type { Facts } from './facts.js';
import { countFigure, percentFigure, percentText } from './figures.js';
import type { Asked, Figure } from './question.js';
import { type ComparedSales, smallestHistory } from './smallest-history.js';
import {
  largestQuota,
  type PlanTable,
  type Step,
  stepsOf,
  tablesOf,
  thresholdOf,
  windowsSeen,
  windowText,
} from './tables.js';

/** The questions on rate tables, by plan and key. */
export function askOnTiers(facts: Facts): readonly Asked[] {
  return [...stepsOf(facts).flatMap((step) => askOnStep(facts, step)), ...askOnReach(facts)];
}

function askOnStep(facts: Facts, step: Step): readonly Asked[] {
  const order = compare(step.band.rate, step.below.rate);
  const seen = windowsSeen(facts, step);
  const quota = step.table.thresholds === 'amount' ? 0n : findQuota(facts, step, seen);
  if (order === 0 || quota === undefined) return [];
  const { digits } = facts.result.currency;
  const threshold = thresholdOf(step, step.band.from, quota, digits);
  // Where the band below ends before its first minor unit, there is nothing to compare.
  if (threshold <= 1n) return [];
  if (step.table.tiers === 'marginal') return order < 0 ? [fallingRate(facts, step, threshold, quota)] : [];
  return [jump(facts, step, { threshold, quota, seen })];
}

/** The largest quota of the plan's windows; of the ledger, where nobody was measured by the plan yet; undefined without any. */
function findQuota(facts: Facts, { plan }: Step, seen: readonly AttainmentRow[]): Minor | undefined {
  const largest = largestQuota(seen);
  if (largest > 0n) return largest;
  const { quotas } = facts.lines.setting.books;
  const most = quotas.reduce(
    (sum, { quota, credit }) => (credit === plan.credit ? max(sum, quota) : sum),
    0n,
  );
  const { scale, currency, terms } = facts.result;
  return most === 0n ? undefined : round(most, 10n ** BigInt(scale - currency.digits), terms.rounding);
}

/** R4.6, R27.2: what was sold before is paid at the new rate, or the whole booking is. */
function jump(
  facts: Facts,
  step: Step,
  {
    threshold,
    quota,
    seen,
  }: { readonly threshold: Minor; readonly quota: Minor; readonly seen: readonly AttainmentRow[] },
): Asked {
  const { written, result } = facts;
  const { below, band, plan, table } = step;
  const earn = (amount: Minor, rate: Ratio) => round(amount * rate.n, rate.d, result.terms.rounding);
  const isWhole = table.tiers === 'whole';
  const pair: ComparedSales = {
    before: [threshold - 1n],
    after: isWhole ? [threshold] : [threshold - 1n, 1n],
    earns: {
      before: earn(threshold - 1n, below.rate),
      after: isWhole ? earn(threshold, band.rate) : earn(threshold - 1n, band.rate) + earn(1n, band.rate),
    },
  };
  const change = pair.earns.after - pair.earns.before;
  const size = change < 0n ? -change : change;
  const reached = reachOf(seen, step, result.currency.digits);
  const where = `${thresholdText(facts, step, threshold)}, ${isWhole ? 'the whole sale is paid' : `all sales of the ${windowText(step)} are paid`} at ${percentText(band.rate)} in place of ${percentText(below.rate)}`;
  const what = isWhole
    ? `a sale of ${written.minor(threshold)} earns ${written.minor(pair.earns.after)}, and one that is ${written.minor(1n)} smaller ${written.minor(pair.earns.before)}`
    : `one more sale of ${written.minor(1n)} takes commission from ${written.minor(pair.earns.before)} to ${written.minor(pair.earns.after)}`;
  const lowers = change < 0n;
  return {
    code: lowers ? 'tier-lowers-pay' : 'tier-jumps',
    about: aboutOf(step),
    path: step.bandPath,
    figures: [
      written.minorFigure('threshold', threshold),
      ...quotaFigures(facts, step, quota),
      percentFigure('rate_below', below.rate),
      percentFigure('rate', band.rate),
      written.minorFigure('commission_below', pair.earns.before),
      written.minorFigure('commission_at', pair.earns.after),
      written.minorFigure('change', change),
      ...reached.figures,
    ],
    sentence: `Plan ${planName(plan)}: from ${where}; ${what}: ${written.minor(size)} ${lowers ? 'less' : 'more'}.${reached.text}`,
    advice: lowers
      ? `Let rates rise from band to band, or use tiers: marginal, where each part of a sale keeps the rate of its own band.`
      : `If the jump is not meant, use tiers: marginal: only what lies above the threshold is paid at the new rate.`,
    history: smallestHistory(facts, step, quota, pair),
  };
}

/** R4.5: what lies above the threshold is paid less. */
function fallingRate(facts: Facts, step: Step, threshold: Minor, quota: Minor): Asked {
  const { written, result } = facts;
  const { below, band, plan } = step;
  const { digits } = result.currency;
  const next = step.table.bands[step.table.bands.indexOf(band) + 1];
  const room = next && thresholdOf(step, next.from, quota, digits) - 1n - threshold;
  const hundred = 100n * 10n ** BigInt(digits);
  // No further than the band goes.
  const more = room === undefined || room > hundred ? hundred : max(room, 1n);
  const earn = (rate: Ratio) => round(more * rate.n, rate.d, result.terms.rounding);
  const [lower, upper] = [earn(below.rate), earn(band.rate)];
  const reaching = marginalUpTo(facts, step, threshold, quota);
  return {
    code: 'falling-rate',
    about: aboutOf(step),
    path: step.bandPath,
    figures: [
      written.minorFigure('threshold', threshold),
      ...quotaFigures(facts, step, quota),
      percentFigure('rate_below', below.rate),
      percentFigure('rate', band.rate),
      written.minorFigure('commission_below', lower),
      written.minorFigure('commission_above', upper),
    ],
    sentence: `Plan ${planName(plan)}: above ${thresholdText(facts, step, threshold)}, the rate falls from ${percentText(below.rate)} to ${percentText(band.rate)}: of the next ${written.minor(more)}, a rep earns ${written.minor(upper)} in place of ${written.minor(lower)}.`,
    advice:
      'If a limit is meant, a cap or perInvoice.most says so. If it is not, let rates rise from band to band.',
    history: smallestHistory(facts, step, quota, {
      before: [threshold],
      after: [threshold, more],
      earns: { before: reaching, after: reaching + upper },
    }),
  };
}

/** R4.5: what one sale up to a threshold earns, each part at the rate of its own band. */
function marginalUpTo({ result }: Facts, step: Step, threshold: Minor, quota: Minor): Minor {
  const { bands } = step.table;
  const unit = step.table.thresholds === 'amount' ? 10n ** BigInt(result.currency.digits) : quota;
  const startOf = (at: number): Ratio => {
    const { from } = bands[at] ?? step.band;
    return times(from, { n: unit, d: 1n });
  };
  const top = bands.indexOf(step.band);
  const parts = bands.slice(0, top).map(({ rate }, at) => times(minus(startOf(at + 1), startOf(at)), rate));
  const rest = times(minus({ n: threshold, d: 1n }, startOf(top)), step.band.rate);
  const { n, d } = sum([...parts, rest]);
  return round(n, d, result.terms.rounding);
}

function thresholdText({ written }: Facts, { band, table }: Step, threshold: Minor): string {
  return table.thresholds === 'amount'
    ? written.minor(threshold)
    : `${percentText(band.from)} of quota (${written.minor(threshold)} at the largest quota seen)`;
}

function quotaFigures({ written }: Facts, { table }: Step, quota: Minor): readonly Figure[] {
  return table.thresholds === 'amount' ? [] : [written.minorFigure('quota', quota)];
}

function aboutOf({ plan, category }: PlanTable): Asked['about'] {
  return category === '' ? { plan: plan.id } : { plan: plan.id, category };
}

/** How often the threshold was reached, and by how little. */
function reachOf(
  seen: readonly AttainmentRow[],
  step: Step,
  digits: number,
): { readonly figures: readonly Figure[]; readonly text: string } {
  const rows = seen.flatMap(({ windowBookings, windowQuota = 0n }) => {
    const threshold = thresholdOf(step, step.band.from, windowQuota, digits);
    return windowBookings === undefined || threshold <= 0n ? [] : [{ booked: windowBookings, threshold }];
  });
  if (rows.length === 0) return { figures: [], text: '' };
  const reached = rows.filter(({ booked, threshold }) => booked >= threshold);
  const barely = reached.filter(({ booked, threshold }) => booked * 20n < threshold * 21n);
  return {
    figures: [
      countFigure('windows_seen', rows.length),
      countFigure('windows_at_or_above', reached.length),
      countFigure('windows_above_by_less_than_5_percent', barely.length),
    ],
    text: ` Reps ended ${reached.length} of ${rows.length} windows at or above it, ${barely.length} of them by less than 5%.`,
  };
}

/** The fewest windows from which it is said that nobody reaches a threshold. */
const LEAST_WINDOWS = 4;

/** Thresholds that nobody comes near: only the lowest of a table, since those above it are no nearer. */
function askOnReach(facts: Facts): readonly Asked[] {
  return tablesOf(facts).flatMap((one) => {
    const seen = windowsSeen(facts, one).filter(({ windowBookings }) => windowBookings !== undefined);
    // A quarter shows one of its months only.
    if (one.table.window === 'month' || seen.length < LEAST_WINDOWS) return [];
    const at = one.table.bands.findIndex(
      ({ from }, index) => index > 0 && isOutOfReach(facts, one, seen, from),
    );
    return at < 0 ? [] : [outOfReach(facts, one, seen, at)];
  });
}

function isOutOfReach(
  { result }: Facts,
  { table }: PlanTable,
  seen: readonly AttainmentRow[],
  from: Ratio,
): boolean {
  if (table.thresholds === 'share-of-quota') {
    const best = bestAttainment(seen);
    return best !== undefined && compare(from, times(best, { n: 2n, d: 1n })) > 0;
  }
  const threshold = thresholdOf({ table }, from, 0n, result.currency.digits);
  return seen.every(
    ({ windowBookings = 0n, windowQuota = 0n }) => windowBookings < threshold && windowQuota < threshold,
  );
}

/** The highest share of quota that was booked in a window; undefined where no window has a quota. */
function bestAttainment(seen: readonly AttainmentRow[]): Ratio | undefined {
  let best: Ratio | undefined;
  for (const { windowBookings = 0n, windowQuota = 0n } of seen) {
    if (windowQuota <= 0n) continue;
    const own = ratio(windowBookings, windowQuota);
    if (best === undefined || compare(own, best) > 0) best = own;
  }
  return best;
}

function outOfReach(facts: Facts, one: PlanTable, seen: readonly AttainmentRow[], at: number): Asked {
  const { written, result } = facts;
  const { plan, table, path } = one;
  const band = table.bands[at] as RateBand;
  const booked = seen.reduce((most, { windowBookings = 0n }) => max(most, windowBookings), 0n);
  const best = bestAttainment(seen) ?? ZERO;
  const isAmount = table.thresholds === 'amount';
  const threshold = isAmount ? thresholdOf(one, band.from, 0n, result.currency.digits) : undefined;
  const name = threshold === undefined ? `${percentText(band.from)} of quota` : written.minor(threshold);
  const most = isAmount
    ? `the most that a rep booked in a ${windowText(one)} is ${written.minor(booked)}, and no quota is as high`
    : `the best attainment is ${percentText(best)}`;
  return {
    code: 'threshold-out-of-reach',
    about: aboutOf(one),
    path: [...path, 'table', at],
    figures: [
      threshold === undefined
        ? percentFigure('threshold', band.from)
        : written.minorFigure('threshold', threshold),
      percentFigure('rate', band.rate),
      countFigure('windows_seen', seen.length),
      ...(isAmount
        ? [
            written.minorFigure('most_booked', booked),
            written.minorFigure('largest_quota', largestQuota(seen)),
          ]
        : [percentFigure('best_attainment', best)]),
    ],
    sentence: `Plan ${planName(plan)}: the rate of ${percentText(band.rate)} starts at ${name}, but in ${seen.length} windows ${most}.`,
    advice: 'Check the threshold against the window of the table, and against the quotas that reps have.',
  };
}

type RateBand = PlanTable['table']['bands'][number];

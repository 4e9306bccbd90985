/** How the text of a line shows what it is priced at: rate, table, items and limits. */
import { isoOf } from '../day.js';
import { displayed } from '../displayed.js';
import type {
  EventExplanation,
  ItemExplanation,
  LineExplanation,
  RateExplanation,
} from '../explain/lines.js';
import { formatDecimal, formatPercent, type Minor, type Units } from '../money.js';
import type { Plan } from '../plans/plan.js';
import { unreachable } from '../problems/problem.js';
import { compare, ONE, over, plus, type Ratio, times, ZERO } from '../ratio.js';
import { shareText } from './exact.js';
import { droppedText } from './folded-sum.js';
import type { Surroundings, Words } from './line-words.js';
import { fittingTable, spread } from './table.js';

/** How the line came to its commission. */
export function rateText(line: LineExplanation, words: Words, surroundings: Surroundings): string[] {
  const { style, width } = surroundings;
  const { rate, base, basis, events } = line;
  const first = events.find(({ isEarned }) => isEarned) ?? events[0];
  const commission = first === undefined ? '' : ` ${words.money(commissionAtFirst(line))}`;
  const of = basis === 'revenue' ? 'revenue' : 'gross profit';
  const whole = measureOf(line);
  // The currency's rate is no share of the rep's (R15.2).
  const { currencyRate } = line;
  const converted = times({ n: whole, d: 1n }, currencyRate?.rate ?? ONE);
  const unit = currencyRate === undefined ? '' : ` ${displayed(currencyRate.currency)}`;
  const share = compare(base, converted) === 0 ? '' : `, the rep's share of ${words.units(whole)}${unit}`;
  const paidOn = `paid on ${of} of ${words.exact(base)}${share}`;
  const head = (how: string, rules: string) => spread(`COMMISSION${commission}, ${how}`, rules, width, style);
  switch (rate.kind) {
    case 'flat':
      return [
        head(
          `${paidOn} at the plan's rate of ${formatPercent(rate.rate)}${fromText(line.plan)}`,
          line.plan.from === undefined ? 'R4.8' : 'R4.8 R31.1',
        ),
        `  ${words.exact(base)} × ${formatPercent(rate.rate)} = ${words.exact(times(base, rate.rate))}`,
      ];
    case 'stated':
      return [
        head('stated in the invoice ledger: the sale was booked before the opening', 'R11'),
        ...statedText(line, rate, words),
      ];
    case 'retroactive': {
      const quota = quotaText(rate.quota, words);
      const rows = rate.steps.map(({ date, sourceId, attained, rate: one }) => {
        const of =
          rate.quota === undefined || rate.quota.sum === 0n
            ? ''
            : `  ${shareText({ n: attained.n, d: attained.d * rate.quota.sum })} of quota`;
        return `  ${date}  ${words.exact(attained)} booked (${displayed(sourceId)}): ${formatPercent(one)} of ${words.exact(base)} = ${words.exact(times(base, one))}${of}`;
      });
      return [
        head(`${paidOn} at the single rate for its quarter`, 'R4.2 R4.6 R4.8'),
        ...versionText(line),
        ...quota,
        ...rows,
      ];
    }
    case 'marginal': {
      if (rate.slices.length === 0) return [head('nothing was booked that a rate applies to', 'R4.5')];
      return [
        head(`fixed by the booking${words.inQuarter(line.booked)}`, 'R4.2 R4.5 R4.7 R4.8'),
        ...versionText(line),
        ...quotaText(rate.quota, words),
        ...slicesText(line, words, surroundings),
      ];
    }
    case 'items':
      return [
        head(`${paidOn} item by item`, 'R13.3 R4.8'),
        ...versionText(line),
        ...itemsText(rate, words, surroundings),
      ];
    default:
      return unreachable(rate);
  }
}

/** Since when the rates of a version apply; nothing for a plan as first written. */
export function fromText({ from }: Pick<Plan, 'from'>): string {
  return from === undefined ? '' : ` from ${isoOf(from)}`;
}

/** R31.1: which version of the plan the rates are from. */
function versionText({ plan }: LineExplanation): string[] {
  return plan.from === undefined ? [] : [`  at the rates${fromText(plan)} (R31.1)`];
}

/** R14.1: what a sale may earn; nothing where the plan has no limits. */
export function limitsText({ limits, share }: LineExplanation, words: Words): string[] {
  const { most, least } = limits ?? {};
  const bounds = [
    ...(least === undefined ? [] : [`at least ${words.exactMinor(least)}`]),
    ...(most === undefined ? [] : [`at most ${words.exactMinor(most)}`]),
  ];
  if (bounds.length === 0) return [];
  const of = compare(share, ONE) === 0 ? '' : ` for a share of ${formatPercent(share)}`;
  return [`  kept to ${bounds.join(' and ')}${of} (R14.1)`];
}

/** The rep's part of a commission that is stated for the whole invoice; nothing if it is all the rep's. */
function statedText(
  line: LineExplanation,
  { commission: stated, part }: Extract<LineExplanation['rate'], { kind: 'stated' }>,
  words: Words,
): string[] {
  const { share, currencyRate, credit } = line;
  if (compare(part, ONE) === 0 && currencyRate === undefined) return [];
  const [own, all] = [formatPercent(share), formatPercent(over(share, part))];
  const unit = currencyRate === undefined ? '' : ` ${displayed(currencyRate.currency)}`;
  const converted = currencyRate === undefined ? '' : ` × ${formatDecimal(currencyRate.rate)}`;
  const whose = credit === 'team' ? "the invoice's managers" : 'the invoice';
  const commission = words.money(commissionAtFirst(line));
  return [
    `  ${words.units(stated)}${unit} stated for ${whose}; the rep's share is ${own} of ${all}${converted} = ${commission}`,
  ];
}

/** What the invoice comes to in the measure that commission is paid on. */
function measureOf({ basis, amount, cost }: LineExplanation): Units {
  return basis === 'revenue' ? amount : amount - (cost ?? 0n);
}

/** `C` before anything is credited. */
export function commissionAtFirst({ events }: LineExplanation): Minor {
  const uncredited = events.find(({ credited }) => credited === 0n);
  return (uncredited ?? (events[0] as EventExplanation)).commission;
}

function quotaText(
  quota: { readonly window: string; readonly sum: Units } | undefined,
  words: Words,
): string[] {
  return quota === undefined ? [] : [`  quota of ${quota.window}: ${words.units(quota.sum)}`];
}

/** A column of the slices of a booking. */
type SliceColumn = 'from' | 'to' | 'base' | 'rate' | 'amount' | 'quota';

/** From all columns to those of the product that a slice is. */
const SLICE_SHAPES: readonly [readonly SliceColumn[], ...(readonly SliceColumn[])[]] = [
  ['from', 'to', 'base', 'rate', 'amount', 'quota'],
  ['from', 'to', 'base', 'rate', 'amount'],
  ['to', 'base', 'rate', 'amount'],
  ['base', 'rate', 'amount'],
];

const SLICE_TITLES: Readonly<Record<SliceColumn, string>> = {
  from: 'bookings from',
  to: 'to',
  base: 'base',
  rate: 'rate',
  amount: 'amount',
  quota: '',
};

/** A column of the items of a booking. */
type ItemColumn = 'item' | 'category' | 'base' | 'rate' | 'amount';

/** From all columns to those of the product that an item is. */
const ITEM_SHAPES: readonly [readonly ItemColumn[], ...(readonly ItemColumn[])[]] = [
  ['item', 'category', 'base', 'rate', 'amount'],
  ['item', 'base', 'rate', 'amount'],
  ['base', 'rate', 'amount'],
];

/** The items of a booking, which add up to its commission; what is re-rated has its sum on each day. */
function itemsText(
  { items, sums }: Extract<RateExplanation, { kind: 'items' }>,
  words: Words,
  surroundings: Surroundings,
): string[] {
  const rows = items.flatMap((item) => itemRows(item, words));
  const [only, ...later] = sums;
  const total = later.length === 0 && only !== undefined ? words.exact(only.amount) : undefined;
  const { text } = fittingTable(
    ITEM_SHAPES,
    (shown) => ({
      columns: [
        { title: '', align: 'left' },
        ...shown.map((one) => ({
          title: one,
          align: one === 'item' || one === 'category' ? ('left' as const) : ('right' as const),
        })),
      ],
      rows: [
        ...rows.map((row) => ['', ...shown.map((one) => row[one])]),
        ...(total === undefined ? [] : [['', ...shown.map((one) => (one === 'amount' ? total : ''))]]),
      ],
    }),
    surroundings,
  );
  const byDay = sums.map(
    ({ date, sourceId, amount }) => `  ${date}  ${words.exact(amount)} after ${displayed(sourceId)}`,
  );
  return [...text.lines, ...(later.length === 0 ? [] : byDay)];
}

/** The rows of an item: one for each slice of it. */
function itemRows(
  { itemId, category, base, slices, rate, amount }: ItemExplanation,
  words: Words,
): readonly Readonly<Record<ItemColumn, string>>[] {
  const [item, of] = [displayed(itemId ?? 'all'), displayed(category)];
  if (slices.length > 0) {
    return slices.map((slice, at) => ({
      item: at === 0 ? item : '',
      category: at === 0 ? of : '',
      base: words.exact(slice.base),
      rate: `× ${formatPercent(slice.rate)} =`,
      amount: words.exact(slice.amount),
    }));
  }
  const waits = amount === undefined ? 're-rated with its quarter' : '';
  const how = rate === undefined ? waits : `× ${formatPercent(rate)} =`;
  const sum = amount === undefined ? '' : words.exact(amount);
  return [{ item, category: of, base: words.exact(base), rate: how, amount: sum }];
}

/** The slices of a booking, which add up to its commission. */
function slicesText({ rate, base }: LineExplanation, words: Words, surroundings: Surroundings): string[] {
  if (rate.kind !== 'marginal') return [];
  const { quota, slices } = rate;
  const hasQuota = quota !== undefined && quota.sum !== 0n;
  const ofQuota = (amount: Ratio) => (hasQuota ? shareText({ n: amount.n, d: amount.d * quota.sum }) : '');
  const rows = slices.map(
    (slice): Readonly<Record<SliceColumn, string>> => ({
      from: words.exact(slice.from),
      to: words.exact(slice.to),
      base: words.exact(slice.base),
      rate: `× ${formatPercent(slice.rate)} =`,
      amount: words.exact(slice.amount),
      quota: hasQuota ? `${ofQuota(slice.from)} to ${ofQuota(slice.to)} of quota` : '',
    }),
  );
  const sum = slices.reduce<Ratio>((all, { amount }) => plus(all, amount), ZERO);
  const total: Readonly<Partial<Record<SliceColumn, string>>> = {
    base: words.exact(base),
    amount: words.exact(sum),
    quota: 'rounded once',
  };
  const [widest] = SLICE_SHAPES;
  const { shape, text } = fittingTable(
    SLICE_SHAPES,
    (shown) => ({
      columns: [
        { title: '', align: 'left' },
        ...shown.map((one) => ({
          title: one === 'to' && !shown.includes('from') ? 'bookings to' : SLICE_TITLES[one],
          align: one === 'quota' ? ('left' as const) : ('right' as const),
        })),
      ],
      rows: [
        ...rows.map((row) => ['', ...shown.map((one) => row[one])]),
        { ruleFrom: shown.indexOf('base') + 1 },
        ['', ...shown.map((one) => total[one] ?? '')],
      ],
    }),
    surroundings,
  );
  const dropped = widest.filter((one) => !shape.includes(one) && (one !== 'quota' || hasQuota));
  const titles = dropped.map((one) => (one === 'quota' ? 'share of the quota' : SLICE_TITLES[one]));
  return [...text.lines, ...droppedText([], titles).map((note) => `  ${note}`)];
}

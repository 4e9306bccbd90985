/** A line as text: the booking and its rate, every event with its arithmetic, and what is left of it. */
import { displayed } from '../displayed.js';
import {
  EARNED_PARTS,
  LINE_ACCOUNT_NAMES,
  LINE_ACCOUNTS,
  type LineAccountName,
} from '../engine/r1-words/line-accounts.js';
import type { Result } from '../engine/result.js';
import { comebackOf } from '../explain/comeback.js';
import { ratesOn, ratesText } from '../explain/line-history/rates.js';
import type {
  EventExplanation,
  ItemExplanation,
  LineExplanation,
  RateExplanation,
  TimedExplanation,
} from '../explain/lines.js';
import { addAll } from '../largest.js';
import { formatDecimal, formatPercent, type Minor, type Units } from '../money.js';
import { unreachable } from '../problems/problem.js';
import { compare, minus, negative, ONE, plus, type Ratio, times, ZERO } from '../ratio.js';
import { shareText } from './exact.js';
import { droppedText, type SumColumn, sumCell, sumColumns } from './folded-sum.js';
import { Words } from './line-words.js';
import type { TextOptions } from './style.js';
import { fittingTable, spread, type Table, type TableRow } from './table.js';

/** What the text of a line needs in addition to its facts. */
export interface Surroundings extends TextOptions {
  readonly result: Result;
}

/** What each level does, in a rep's words. */
const LEVEL_WORDS = [
  'not linked to cash',
  'clawed back if unpaid',
  'a part held until paid',
  'paid on collection',
  'earned on collection',
] as const;

/** A line from its booking on, as lines of text. */
export function lineText(line: LineExplanation, surroundings: Surroundings): string[] {
  const words = new Words(surroundings.result);
  return [
    ...headingOf(line, words),
    '',
    ...rateText(line, words, surroundings),
    ...limitsText(line, words),
    '',
    ...eventsText(line, words, surroundings),
    ...closingText(line, words),
    ...adjustmentsText(line, words, surroundings),
  ];
}

function headingOf(line: LineExplanation, words: Words): string[] {
  const { invoiceId, customerId, repId, planId, level, amount, total, booked, invoiced, due } = line;
  const who = [invoiceId, customerId, repId].map(displayed).join(' · ');
  const taxed = total === amount ? '' : ` (${words.units(total)} to collect)`;
  const dates = [`booked ${booked}`, `invoiced ${invoiced}`, ...(due === undefined ? [] : [`due ${due}`])];
  const currency = line.currencyRate?.currency ?? words.currency;
  return [
    `${who} · plan ${displayed(planId)}, level ${level.number} (${LEVEL_WORDS[level.number]})`,
    `${words.units(amount)} ${displayed(currency)}${taxed} · ${dates.join(' · ')}`,
    ...teamText(line),
    ...currencyText(line, words),
    ...dueText(line, words),
  ];
}

/** When the parts of the invoice are due, the days that do not count, and until when cash does (R16, R19). */
function dueText({ instalments, disputes, lastDay }: LineExplanation, words: Words): string[] {
  const parts = instalments.map(({ due, amount }) => `${words.units(amount)} on ${due}`);
  const days = disputes.map(({ from, to }) => (to === undefined ? `since ${from}` : `${from} to ${to}`));
  return [
    ...(parts.length === 0 ? [] : [`Due in ${parts.length} instalments: ${parts.join(', ')} (R16.2)`]),
    ...(days.length === 0 ? [] : [`Disputed ${days.join(', ')}: these days do not count (R16.5)`]),
    ...(lastDay === undefined ? [] : [`Cash counts for the rep up to ${lastDay} (R19.1)`]),
  ];
}

/** R12.3: whose sale a manager is credited with, and through which shares. */
function teamText({ credit, team, share }: LineExplanation): string[] {
  if (credit !== 'team') return [];
  const parts = team.map(({ repId, share: own, part }) => {
    const factors = [own, part].filter((one) => compare(one, ONE) !== 0).map((one) => formatPercent(one));
    return `${displayed(repId)} ${factors.length === 0 ? '100%' : factors.join(' × ')}`;
  });
  const sum = parts.length === 1 ? '' : ` = ${formatPercent(share)}`;
  return [`Team credit from ${parts.join(' + ')}${sum} (R12.3)`];
}

/** R15.1: at which currency rate, and since when it holds. */
function currencyText({ currencyRate, base }: LineExplanation, words: Words): string[] {
  if (currencyRate === undefined) return [];
  const { currency, date, rate } = currencyRate;
  const at = formatDecimal(rate);
  return [
    `1 ${displayed(currency)} = ${at} ${words.currency}, the rate of ${date}, fixed by the booking: ${words.exact(base)} ${words.currency} for this line (R15.1)`,
  ];
}

/** How the line came to its commission. */
function rateText(line: LineExplanation, words: Words, surroundings: Surroundings): string[] {
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
        head(`${paidOn} at the plan's rate of ${formatPercent(rate.rate)}`, 'R4.8'),
        `  ${words.exact(base)} × ${formatPercent(rate.rate)} = ${words.exact(times(base, rate.rate))}`,
      ];
    case 'stated':
      return [
        head('stated in the invoice ledger: the sale was booked before the opening', 'R11'),
        ...statedText(line, rate.commission, words),
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
      return [head(`${paidOn} at the single rate for its quarter`, 'R4.2 R4.6 R4.8'), ...quota, ...rows];
    }
    case 'marginal': {
      if (rate.slices.length === 0) return [head('nothing was booked that a rate applies to', 'R4.5')];
      return [
        head(`fixed by the booking${words.inQuarter(line.booked)}`, 'R4.2 R4.5 R4.7 R4.8'),
        ...quotaText(rate.quota, words),
        ...slicesText(line, words, surroundings),
      ];
    }
    case 'items':
      return [head(`${paidOn} item by item`, 'R13.3 R4.8'), ...itemsText(rate, words, surroundings)];
    default:
      return unreachable(rate);
  }
}

/** R14.1: what a sale may earn; nothing where the plan has no limits. */
function limitsText({ limits, share }: LineExplanation, words: Words): string[] {
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
function statedText(line: LineExplanation, stated: Units, words: Words): string[] {
  const whole = measureOf(line);
  if (compare(line.base, { n: whole, d: 1n }) === 0) return [];
  const [share, all] = [words.exact(line.base), words.units(whole)];
  const commission = words.money(commissionAtFirst(line));
  return [
    `  ${words.units(stated)} stated for the invoice; the rep's share is ${share} of ${all} = ${commission}`,
  ];
}

/** What the invoice comes to in the measure that commission is paid on. */
function measureOf({ basis, amount, cost }: LineExplanation): Units {
  return basis === 'revenue' ? amount : amount - (cost ?? 0n);
}

/** `C` before anything is credited. */
function commissionAtFirst({ events }: LineExplanation): Minor {
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

/** What the table of events has room for. */
interface EventShape {
  readonly columns: readonly SumColumn<LineAccountName>[];
  readonly others: readonly LineAccountName[];
  /** Whether an event has a line of its own, with the balances after it below. */
  readonly isAbove: boolean;
}

/** The parts of what is earned that share a column first. */
const SHARING_ORDER: readonly LineAccountName[] = ['forfeited', 'advanced', 'released', 'held'];

/** From all columns to what is earned, and the parts that it has. */
function eventShapes(used: readonly LineAccountName[]): readonly [EventShape, ...EventShape[]] {
  const parts = EARNED_PARTS.filter((account) => used.includes(account));
  const others = used.filter((account) => LINE_ACCOUNTS[account].earned === 'none');
  const [each, ...sharing] = sumColumns(
    parts.map((name) => ({ name, title: LINE_ACCOUNTS[name].title, sign: 1 })),
    SHARING_ORDER,
  );
  return [
    { columns: each, others, isAbove: false },
    { columns: each, others, isAbove: true },
    ...sharing.map((columns) => ({ columns, others, isAbove: true })),
    { columns: sharing.at(-1) ?? each, others: [], isAbove: true },
  ];
}

/** Every event with the balances after it, and below it how they were computed. */
function eventsText(line: LineExplanation, words: Words, surroundings: Surroundings): string[] {
  const { events } = line;
  const used = LINE_ACCOUNT_NAMES.filter(
    (account) => account === 'earned' || events.some(({ after }) => after[account] !== 0n),
  );
  const money = (amount: Minor) => (amount === 0n ? '–' : words.money(amount));
  const tableOf = ({ columns, others, isAbove }: EventShape): Table => ({
    columns: [
      { title: 'EVENTS', align: 'left' },
      ...(isAbove ? [] : [{ title: '', align: 'left' } as const]),
      { title: LINE_ACCOUNTS.earned.title, align: 'right' },
      ...columns.map(({ title }) => ({ title, align: 'right' }) as const),
      ...others.map((account) => ({ title: LINE_ACCOUNTS[account].title, align: 'right' }) as const),
    ],
    rows: events.flatMap((event, index): TableRow[] => {
      const { after } = event;
      const balances = [
        money(after.earned),
        ...columns.map((column) => money(sumCell(column, after))),
        ...others.map((account) => money(after[account])),
      ];
      const sums = arithmeticOf(line, index, words).map((sum) => ({ line: `            ${sum}` }));
      const text = eventText(event, words);
      if (!isAbove) return [[event.date, text, ...balances], ...sums];
      return [{ line: `${event.date}  ${text}` }, ...sums, ['', ...balances]];
    }),
  });
  const { shape, text } = fittingTable(eventShapes(used), tableOf, surroundings);
  const unused = LINE_ACCOUNT_NAMES.filter((account) => !used.includes(account)).map(
    (account) => LINE_ACCOUNTS[account].title,
  );
  const dropped = used.filter(
    (account) => LINE_ACCOUNTS[account].earned === 'none' && !shape.others.includes(account),
  );
  return [
    ...text.lines,
    ...droppedText(
      shape.columns,
      dropped.map((account) => LINE_ACCOUNTS[account].title),
    ),
    ...(unused.length === 0 ? [] : [`${unused.join(', ')}: always ${words.money(0n)}`]),
  ];
}

function eventText({ cause, amount, sourceId }: EventExplanation, words: Words): string {
  const title = cause.replace(/-/g, ' ');
  if (cause === 'invoiced' || cause === 'booked' || cause === 'past-due' || cause === 'left') return title;
  const size = amount === 0n ? '' : ` ${words.units(amount < 0n ? -amount : amount)}`;
  return `${title}${size} (${displayed(sourceId)})`;
}

/** How each amount that an event changed was computed (R5), or why it changed nothing. */
function arithmeticOf(line: LineExplanation, index: number, words: Words): string[] {
  const event = line.events[index] as EventExplanation;
  const before = line.events[index - 1];
  const { change, after } = event;
  if (!event.isEarned) return [`before the earn date ${line.earnsOn}: it counts from then on (R5.2)`];
  if (change === undefined) return ['no change'];
  const sums: string[] = [];
  if (before !== undefined && before.commission !== event.commission && before.isEarned) {
    sums.push(commissionSum(line, event, words));
  }
  if (event.cause === 'timing') return [timingSum(line, event, change.released, words)];
  const less = (account: LineAccountName) => {
    const { title } = LINE_ACCOUNTS[account];
    // What early and late cash adds is posted by itself.
    const now = account === 'released' ? after.released - event.premium : after[account];
    const posted = now - change[account];
    if (posted === 0n) return `${words.money(now)} ${title}`;
    return `${words.money(now)}, less ${words.money(posted)} before = ${words.signed(change[account])} ${title}`;
  };
  const counted = event.counted ?? event.collected;
  const share = (of: Minor, part: Units) => partText(of, part, event, words);
  if (line.level.earned === 'with-cash') {
    if (change.released !== 0n)
      sums.push(
        `${share(event.commission, counted)} = ${less('released')} (${event.counted === undefined ? 'R5.5' : 'R5.5 R19.2'})`,
      );
    return sums;
  }
  if (change.advanced !== 0n) {
    const held = event.waiting === 0n ? '' : ` − ${words.money(event.waiting)} that waits for cash`;
    const staged = event.staged === 0n ? '' : ` − ${words.money(event.staged)} that waits for the invoice`;
    const all = held + staged === '' ? 'all of it: ' : `${words.money(event.commission)}${held}${staged} = `;
    sums.push(`${all}${less('advanced')} (${staged === '' ? 'R5.3' : 'R5.3 R18.1'})`);
  }
  const isWaitingForAll = line.plan.release === 'paid-in-full' && event.closed < event.due;
  if (change.released !== 0n) {
    const how = isWaitingForAll ? 'nothing until paid in full' : share(event.waiting, counted);
    sums.push(`${how} = ${less('released')} (${event.counted === undefined ? 'R5.4' : 'R5.4 R19.2'})`);
  }
  if (change.forfeited !== 0n) {
    const released = words.money(after.released - event.premium);
    const ofAll =
      event.counted === undefined ? undefined : `${words.money(event.waiting)} that waited for cash`;
    const settled = ofAll ?? (isWaitingForAll ? words.money(0n) : share(event.waiting, event.closed));
    const rule = ofAll === undefined ? 'R5.4' : 'R19.2';
    sums.push(`${settled} − ${released} released = ${less('forfeited')} (${rule})`);
  }
  if (change.held !== 0n && change.released === 0n && change.forfeited === 0n) {
    const { staged } = event;
    if (after.held - staged !== 0n) sums.push(`${words.money(after.held - staged)} waits for cash (R5.4)`);
    if (staged !== 0n) sums.push(`${words.money(staged)} waits for the invoice (R18.1)`);
  }
  if (change.clawedBack !== 0n) addAll(sums, clawbackSums(line, index, less('clawedBack'), words));
  return sums;
}

/** R17.2: what early and late cash adds, and what of it is new. */
function timingSum({ plan }: LineExplanation, event: EventExplanation, change: Minor, words: Words): string {
  const { commission, timed = [], due, closed, premium } = event;
  const pieces = timed.filter(({ factor }) => compare(factor, ONE) !== 0);
  const exact = pieces.reduce<Ratio>(
    (sum, { amount, factor }) => plus(sum, times(minus(factor, ONE), { n: amount * commission, d: due })),
    ZERO,
  );
  const before = premium - change;
  const less = before === 0n ? '' : `, less ${words.money(before)} before = ${words.signed(change)}`;
  const result = `${words.money(premium)}${less} (R17.2)`;
  if (pieces.length === 0) return `no cash is early or late: ${result}`;
  if (plan.release === 'paid-in-full' && closed < due) return `nothing until paid in full: ${result}`;
  const sum = `${words.money(commission)} × (${pieces.map((piece, at) => weightText(piece, at, words)).join('')}) ÷ ${words.units(due)}`;
  const off = minus(exact, { n: premium, d: 1n });
  const isKept = off.n >= off.d || -off.n >= off.d;
  return isKept ? `${sum}, but a line never pays less than nothing: ${result}` : `${sum} = ${result}`;
}

/** A stretch of cash and what its factor adds: `10% × 4,000.00 (8 days early)`; a later one with its sign before it. */
function weightText({ amount, days, factor }: TimedExplanation, at: number, words: Words): string {
  const when = days < 0 ? `${-days} days early` : days === 0 ? 'on time' : `${days} days late`;
  const weight = minus(factor, ONE);
  const size = formatPercent(weight.n < 0n ? negative(weight) : weight);
  const sign = weight.n < 0n ? '−' : '+';
  const lead = at === 0 ? (weight.n < 0n ? '−' : '') : ` ${sign} `;
  return `${lead}${size} × ${words.units(amount)} (${when})`;
}

/** `C` after a credit memo or at another rate (R4.6, R4.8). */
function commissionSum(line: LineExplanation, event: EventExplanation, words: Words): string {
  const { total } = line;
  if (event.takenBack !== undefined) {
    const back = formatPercent(event.takenBack);
    return `commission on what is not taken back: ${words.money(event.commission)}, with ${back} of the sale taken back (R26.2)`;
  }
  if (line.limits !== undefined && event.cause !== 're-rated') {
    return `commission on what is not credited, within its limits: ${words.money(event.commission)} (R4.8 R14.1)`;
  }
  if (event.cause !== 're-rated') {
    const whole = commissionAtFirst(line);
    return `commission on what is not credited: ${words.money(event.commission)}, of ${words.money(whole)} × (${words.units(total)} − ${words.units(event.credited)}) ÷ ${words.units(total)} (R4.8)`;
  }
  return `commission at the new rate: ${words.money(event.commission)} (R4.6)`;
}

/** A share of an amount as a product; where nothing is due, all of it (R5.1). */
function partText(of: Minor, part: Units, { due }: EventExplanation, words: Words): string {
  return due === 0n ? words.money(of) : `${words.money(of)} × ${words.units(part)} ÷ ${words.units(due)}`;
}

/** The due date of the instalment that becomes late with an event (R16.4). */
function newlyLate({ events }: LineExplanation, index: number): string | undefined {
  return events[index]?.late[events[index - 1]?.late.length ?? 0];
}

/** What is taken back or given back, and why (R5.6, R5.7). */
function clawbackSums(line: LineExplanation, index: number, less: string, words: Words): string[] {
  const event = line.events[index] as EventExplanation;
  const { advanced, clawedBack } = event.after;
  const kept = event.kept ?? event.due;
  const isWhole = line.plan.clawback?.scope === 'whole' && kept < event.due;
  const how = isWhole
    ? `all of ${words.money(advanced)}`
    : `${words.money(advanced)} − ${partText(advanced, kept, event, words)}`;
  const rule = (event.change?.clawedBack ?? 0n) < 0n ? 'R5.7' : 'R5.6';
  const cited = rule === 'R5.6' && line.instalments.length > 0 ? 'R16.4' : rule;
  const lines = [`${how} = ${less} (${cited})`];
  const due = newlyLate(line, index) ?? line.due;
  if (event.cause === 'past-due' && due !== undefined) {
    const days = line.plan.clawback?.pastDueDays ?? 0;
    const counted = line.disputes.length === 0 ? 'days' : 'undisputed days';
    const of = line.instalments.length === 0 ? '' : 'the instalment of ';
    const short =
      event.kept === undefined || of === '' ? event.due - event.collected : event.due - event.kept;
    lines.push(
      `${days} ${counted} after ${of}${due}, ${words.units(short)} of ${words.units(event.due)} not paid`,
    );
  }
  if (clawedBack > 0n && rule === 'R5.6') {
    const first = line.events.find(({ change }) => change !== undefined && change.advanced !== 0n);
    if (first !== undefined) {
      const when = `${first.date}${words.inQuarter(first.date)}`;
      const rates = ratesText(ratesOn(line, first.date), formatPercent);
      const at = rates === '' ? '' : ` at ${rates}`;
      lines.push(`first posted ${when}: ${words.money(first.after.advanced)}${at}`);
    }
  }
  return lines;
}

/** What the line has come to, as a sum, and what can still change. */
function closingText(line: LineExplanation, words: Words): string[] {
  const last = line.events.at(-1);
  if (last === undefined) return ['Nothing has happened by the as-of date: commission is not earned yet.'];
  const { earned, held, clawedBack } = last.after;
  const parts = EARNED_PARTS.filter((account) => last.after[account] !== 0n).map(
    (account) => `${LINE_ACCOUNTS[account].title} ${words.money(last.after[account])}`,
  );
  const lines = [
    '',
    `Earned ${words.money(earned)} = ${parts.length === 0 ? words.money(0n) : parts.join(' + ')}.`,
  ];
  const open = last.due - last.closed;
  if (held > 0n && open > 0n) {
    lines.push(
      `Held: ${words.money(held)} waits for ${words.units(open)} that ${displayed(line.customerId)} still owes.`,
    );
  }
  if (clawedBack > 0n) {
    lines.push(
      `Still clawed back: ${words.money(clawedBack)}. ${reinstatementText(line, last, words)}`.trimEnd(),
    );
  }
  return lines;
}

function reinstatementText(line: LineExplanation, last: EventExplanation, words: Words): string {
  const { clawback } = line.plan;
  if (clawback?.reinstate === false) {
    return `Under plan ${displayed(line.planId)}, commission that was taken back is not given back.`;
  }
  const comeback = comebackOf(line);
  if (comeback === undefined) return '';
  const { first, rest } = comeback;
  const step =
    clawback?.scope === 'whole' ? undefined : STEPS.map((one) => words.whole(one)).find((one) => one <= rest);
  if (step === undefined) return 'It comes back once the invoice is paid in full.';
  const each = words.units(step);
  const customer = displayed(line.customerId);
  const back = words.exactMinor({ n: last.after.advanced * step, d: last.due });
  return first === 0n
    ? `Each further ${each} that ${customer} pays reinstates ${back}.`
    : `The next ${words.units(first)} that ${customer} pays reinstates nothing, each ${each} after that ${back}.`;
}

/** Round payments in the currency: the text shows the first that is no more than what is still to come. */
const STEPS = [100n, 10n, 1n];

/** What adjusts closed periods: events posted later than they happened (R11.2). */
function adjustmentsText(
  { invoiceId, repId }: LineExplanation,
  words: Words,
  surroundings: Surroundings,
): string[] {
  const { result } = surroundings;
  const own = result.adjustments.filter((one) => one.invoiceId === invoiceId && one.repId === repId);
  if (result.closedPeriods.length === 0 || own.length === 0) return [];
  const used = LINE_ACCOUNT_NAMES.filter(
    (account) => account === 'earned' || own.some((posting) => posting[account] !== 0n),
  );
  const change = (amount: Minor) => (amount === 0n ? '–' : words.signed(amount));
  const tableOf = ({ columns, others, isAbove }: EventShape): Table => ({
    columns: [
      { title: 'ADJUSTS', align: 'left' },
      ...(isAbove ? [] : ['posted', 'for', ''].map((title) => ({ title, align: 'left' }) as const)),
      { title: LINE_ACCOUNTS.earned.title, align: 'right' },
      ...columns.map(({ title }) => ({ title, align: 'right' }) as const),
      ...others.map((account) => ({ title: LINE_ACCOUNTS[account].title, align: 'right' }) as const),
    ],
    rows: own.flatMap((posting): TableRow[] => {
      const { adjusts, date, eventDate, cause, sourceId } = posting;
      const changes = [
        change(posting.earned),
        ...columns.map((column) => change(sumCell(column, posting))),
        ...others.map((account) => change(posting[account])),
      ];
      const what = `${cause} (${displayed(sourceId)})`;
      if (!isAbove) return [[adjusts, date, eventDate, what, ...changes]];
      return [{ line: `${adjusts}  posted ${date} for ${eventDate}  ${what}` }, ['', ...changes]];
    }),
  });
  const { shape, text } = fittingTable(eventShapes(used), tableOf, surroundings);
  const dropped = used.filter(
    (account) => LINE_ACCOUNTS[account].earned === 'none' && !shape.others.includes(account),
  );
  const titles = dropped.map((account) => LINE_ACCOUNTS[account].title);
  return ['', ...text.lines, ...droppedText(shape.columns, titles)];
}

/** `payroll-lines.csv`: what is paid by when it was earned, and what is recovered by when it was first paid. */
import { netOf } from '../engine/r1-words/line-accounts.js';
import {
  gainsOf,
  OPTIONAL_FIGURES,
  payRow,
  sumOf as sumOfTerms,
  UNPOSTED,
} from '../engine/r1-words/pay-figures.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import { netLineOf } from '../engine/r7-pay/net-line.js';
import { addAll } from '../largest.js';
import { type Minor, max, min } from '../money.js';
import { byCodeUnit } from '../order.js';
import { invariant } from '../problems/problem.js';
import { type DebtKind, Debts, type SettledDebt } from './debts.js';
import {
  type Earned,
  type FirstPaid,
  type LineParts,
  NOTHING,
  sumOf,
  takeNewest,
  takeOldest,
  withEarned,
  withoutEarned,
  withPaid,
} from './line-parts.js';
import { dayOf, type Opening, type PayPeriod, Receipts, type RepPay, yearOf } from './pay-history.js';

/** A part of what a rep is paid, or of what is recovered; the amount is above 0, in the currency's minor unit. */
export interface PayrollLine {
  readonly repId: string;
  readonly payPeriod: string;
  readonly kind: PayrollLineKind;
  /** The pay period in which a part of `paid` was earned; empty for other kinds: a draw is earned in none (R24). */
  readonly earnedIn: string;
  /** The calendar year in which what is recovered was first paid; empty for other kinds, and for what was never paid. */
  readonly firstPaidIn: string;
  readonly amount: Minor;
}

/** The kinds of payroll lines: what is paid, then what is recovered. */
export const PAYROLL_LINE_KINDS = [
  'paid',
  'drawn',
  'recovered',
  'recovered-draw',
  'recovered-deduction',
] as const;

export type PayrollLineKind = (typeof PAYROLL_LINE_KINDS)[number];

/** What is recovered: commission that was taken back, a draw, or a deduction. */
export type RecoveredKind = Exclude<PayrollLineKind, 'paid' | 'drawn'>;

const RECOVERED: Readonly<Record<DebtKind, RecoveredKind>> = {
  commission: 'recovered',
  'never-paid': 'recovered',
  draw: 'recovered-draw',
  deduction: 'recovered-deduction',
};

/** What `payroll-lines.csv` is made from: everything up to the end of the period that closes. */
export interface PayrollHistory {
  /** The pay periods in order, without gaps, from the first one with a posting to the one that closes. */
  readonly periods: readonly PayPeriod[];
  /** The pay rows of all these periods (with an opening, of those after its day). */
  readonly rows: Iterable<RepPay>;
  /** The postings in effect (frozen, adjusting and new), each once, in order of date. They are read once. */
  readonly postings: Iterable<Posting>;
  readonly payWithin: number;
  readonly opening?: Opening | undefined;
}

/**
 * The lines of the last period, by rep id; what is paid before what is recovered, each from the oldest. For every rep they add
 * up to what is paid and recovered in the pay row (R7.2).
 *
 * A line of commission is a rep's on an invoice. Per pay period and line, in this order:
 *
 * 1. What it earned is summed by the period it was earned in: that which the posting adjusts, or else its own. Sums
 *    above 0 are added to what is earned and not paid.
 * 2. A net (R7.2) below 0 is a charge. It takes back what was paid last, and what is taken back is earned and not paid
 *    again. What goes beyond all that was ever paid on the line was never paid: it has no year.
 * 3. Sums of earned below 0 take from what is earned and not paid: the newest first, up to the period they belong to, and
 *    then the newest of all. It takes no more than there is (a sale below 0).
 * 4. A net above 0 is a gain. It is taken from what is earned and not paid, the oldest first; what goes beyond it counts
 *    as earned in the current pay period.
 *
 * Then per rep:
 *
 * 5. Charges become debts, those first paid in the oldest period first, then by invoice id.
 * 6. What a reinstatement cancels (R7.2) is neither paid nor recovered, and is taken from the oldest earned part of its
 *    line's gain: first from the debts of the reinstated lines themselves, then from the rep's oldest. Such a part of the
 *    gain keeps the period in which the debt was first paid: that money was never given back.
 * 7. `recovered` is taken from the oldest debts, and `paid` from the oldest earned of what is left of the gains. All that is
 *    left of the gains, whether paid or set off against debts, counts as first paid in the current pay period; but what is set
 *    off against a debt that was never paid is not paid either.
 *
 * A period's payment is of the calendar year of the day it is paid by, or of the day after its last day if that is later.
 *
 * What no posting makes (R21–R24, R29): a bonus, a guarantee and what is repaid beyond the debt are earned in their period; a
 * deduction is a debt of no line. What goes beyond a cap comes off the newest earned of the gains, and what no longer does off the
 * newest charges. Waivers and repayments settle the oldest debts. A draw is earned in no period, and a debt once it is drawn. What
 * is too little to be paid out keeps the period in which it was earned.
 *
 * With an opening, postings dated up to its day move lines but neither debts nor pay, and count as paid no later than in
 * its year; what was owed is the oldest debt, first paid in that year.
 *
 * @throws if rows and postings do not belong together, which is a bug in the caller
 * @example
 * // 2025-Q1 earned 100.00, held; 2025-Q2 earned 50.00 more; the cash comes in 2025-Q3:
 * // { kind: 'paid', earnedIn: '2025-Q1', amount: 10000n }, { kind: 'paid', earnedIn: '2025-Q2', amount: 5000n }
 */
export function payrollLines({ periods, rows, postings, payWithin, opening }: PayrollHistory): PayrollLine[] {
  const places = new Map(periods.map(({ name }, place) => [name, place]));
  const pay = rowsByRep(rows);
  const reps = new Map<string, RepHistory>();
  const repOf = (repId: string): RepHistory => {
    let rep = reps.get(repId);
    if (rep === undefined) {
      rep = new RepHistory(repId, opening);
      reps.set(repId, rep);
    }
    return rep;
  };
  const unposted = unpostedByPeriod(pay);
  let moved = new Set<RepHistory>();
  let current: Stretch = { place: -1, isBrought: false };
  const lines: PayrollLine[] = [];
  const settle = (): void => {
    const period = periods[current.place];
    if (period === undefined) return;
    if (!current.isBrought) for (const repId of unposted.get(period.name) ?? []) moved.add(repOf(repId));
    const isLast = current.place === periods.length - 1;
    for (const rep of [...moved].sort((a, b) => byCodeUnit(a.repId, b.repId))) {
      const time = { ...current, period, payWithin, opening };
      const parts = rep.settle(time, pay.get(rep.repId)?.get(period.name));
      if (isLast && parts !== undefined) addAll(lines, linesOf(rep.repId, parts, periods, period.name));
    }
    moved = new Set();
  };
  const moveTo = (next: Stretch): void => {
    settle();
    for (let place = current.place + 1; place < next.place; place += 1) {
      current = { place, isBrought: false };
      settle();
    }
    current = next;
  };
  for (const posting of postings) {
    const place = places.get(posting.period);
    invariant(
      place !== undefined && place >= current.place,
      () => `a posting of ${posting.period} is out of order`,
    );
    const isBrought = opening !== undefined && posting.date <= opening.date;
    if (place !== current.place || isBrought !== current.isBrought) moveTo({ place, isBrought });
    const rep = repOf(posting.repId);
    moved.add(rep);
    const earnedIn = posting.adjusts === '' ? place : places.get(posting.adjusts);
    invariant(earnedIn !== undefined, () => `a posting adjusts ${posting.adjusts}, which is no period`);
    rep.add(posting, earnedIn);
  }
  moveTo({ place: periods.length, isBrought: false });
  return lines;
}

/** The current pay period, or the part of it before the opening. */
interface Stretch {
  readonly place: number;
  readonly isBrought: boolean;
}

interface Time extends Stretch {
  readonly period: PayPeriod;
  readonly payWithin: number;
  readonly opening: Opening | undefined;
}

/** What happens to a line in a pay period. */
interface Movement {
  /** What it earned, by period: nearly always one. */
  readonly earned: { readonly earnedIn: number; amount: Minor }[];
  net: Minor;
  reinstated: Minor;
}

/** A line with a gain, and the parts of the gain that are neither paid nor set off yet, the oldest earned first. */
interface Gain {
  readonly invoice: string;
  line: LineParts;
  left: readonly Earned[];
  /** What its reinstatement may cancel (R7.2). */
  back: Minor;
}

interface Charge extends FirstPaid {
  readonly invoice: string;
  readonly of: 'commission' | 'never-paid';
}

/** The parts of what a rep is paid, and of what is recovered. */
interface Parts {
  readonly paid: readonly Earned[];
  readonly drawn: Minor;
  readonly recovered: readonly SettledDebt[];
}

const NO_PARTS: Parts = { paid: [], drawn: 0n, recovered: [] };

/** What is carried to the next period. */
interface Carried {
  readonly earned: readonly Earned[];
  readonly drawn: Minor;
}

/** What a rep's period brings, and the row that it must come to. */
interface Settlement {
  readonly gains: readonly Gain[];
  readonly charges: Charge[];
  readonly row: RepPay | undefined;
  readonly place: number;
  readonly year: number;
}

/** The place of the unknown period in which something was first paid before the opening. */
const BEFORE = -1;

/** A rep's lines and debts so far. */
class RepHistory {
  readonly repId: string;
  readonly #lines = new Map<string, LineParts>();
  readonly #debts = new Debts();
  #owed: Minor = 0n;
  /** What was too little to be paid out: by the period it was earned in, and of draws (R29.1). */
  #carried: Carried = { earned: [], drawn: 0n };
  /** What happens in the current period, by line. */
  #movements = new Map<string, Movement>();
  #receipts = new Receipts();

  constructor(repId: string, opening: Opening | undefined) {
    this.repId = repId;
    const owed = opening?.owed.get(repId) ?? 0n;
    if (opening === undefined || owed === 0n) return;
    this.#debts.charge({ paidIn: BEFORE, year: yearOf(dayOf(opening.date)), amount: owed }, 'commission');
    this.#owed = owed;
  }

  /** Takes a posting of the current period. */
  add(posting: Posting, earnedIn: number): void {
    const { earned, clawedBack } = posting;
    const line = netLineOf(posting);
    let movement = this.#movements.get(line);
    if (movement === undefined) {
      movement = { earned: [], net: 0n, reinstated: 0n };
      this.#movements.set(line, movement);
    }
    if (earned !== 0n) {
      const known = movement.earned.find((one) => one.earnedIn === earnedIn);
      if (known === undefined) movement.earned.push({ earnedIn, amount: earned });
      else known.amount += earned;
    }
    movement.net += netOf(posting);
    if (clawedBack < 0n) movement.reinstated -= clawedBack;
    this.#receipts.add(posting);
  }

  /** Ends the current period; undefined if it is before the opening, so that nothing of it is paid here. */
  settle(time: Time, row: RepPay | undefined): Parts | undefined {
    const year = this.#yearOf(time);
    const { gains, charges } = this.#moveLines(time.place, year);
    const parts = time.isBrought ? undefined : this.#pay({ gains, charges, row, place: time.place, year });
    for (const { invoice, line, left } of gains) this.#keep(invoice, paidNow(line, left, time.place, year));
    this.#movements = new Map();
    this.#receipts = new Receipts();
    return parts;
  }

  /** Steps 1 to 4, line by line. */
  #moveLines(place: number, year: number): { readonly gains: readonly Gain[]; readonly charges: Charge[] } {
    const gains: Gain[] = [];
    const charges: Charge[] = [];
    for (const [invoice, { earned, net, reinstated }] of this.#movements) {
      const before = this.#lines.get(invoice) ?? NOTHING;
      let unpaid = earned.filter(({ amount }) => amount > 0n).reduce(withEarned, before.unpaid);
      let { paid } = before;
      if (net < 0n) {
        const { taken, left } = takeNewest(paid, -net);
        const beyond = -net - sumOf(taken);
        paid = left;
        unpaid = taken.map(({ earnedIn, amount }) => ({ earnedIn, amount })).reduce(withEarned, unpaid);
        charges.push(
          ...taken.map(
            ({ paidIn, year: first, amount }): Charge => ({
              ...{ invoice, paidIn, year: first, amount, of: 'commission' },
            }),
          ),
        );
        if (beyond > 0n) charges.push({ invoice, paidIn: place, year, amount: beyond, of: 'never-paid' });
      }
      unpaid = earned
        .filter(({ amount }) => amount < 0n)
        .sort((a, b) => b.earnedIn - a.earnedIn)
        .reduce((left, { earnedIn, amount }) => withoutEarned(left, { earnedIn, amount: -amount }), unpaid);
      if (net <= 0n) {
        this.#keep(invoice, { unpaid, paid });
        continue;
      }
      const { taken, left } = takeOldest(unpaid, net);
      const gained = withEarnedNow(taken, net, place);
      gains.push({ invoice, line: { unpaid: left, paid }, left: gained, back: min(net, reinstated) });
    }
    return { gains, charges };
  }

  /** Steps 5 to 7, for the rep as a whole. */
  #pay({ gains, charges, row = this.#nothing(), place, year }: Settlement): Parts {
    const debts = this.#debts;
    const { gained, charged } = unpostedIn(row, gains, charges);
    this.#charge(charges, charged, place, year);
    const reinstated = gains.filter(({ back }) => back > 0n).sort((a, b) => byCodeUnit(a.invoice, b.invoice));
    let cancelled = 0n;
    for (const find of [
      ({ invoice }: Gain, most: Minor) => debts.settleOf(invoice, most),
      (_: Gain, most: Minor) => debts.settle(most),
    ]) {
      for (const gain of reinstated)
        cancelled += cancel(gain, find(gain, min(gain.back, row.cancelled - cancelled)));
    }
    const forgiven = this.#forgive(row, place, year);
    const recovered = debts.settle(row.recovered);
    const own = earnedIn(gains, gained, place);
    leaveUnpaid(gains, sumOf(recovered.filter(({ of }) => of === 'never-paid')));
    const left = takeOldest(own, gainsOf(row) - row.cancelled - row.recovered);
    if (row.drawn > 0n) debts.charge({ paidIn: place, year, amount: row.drawn }, 'draw');
    const due = {
      earned: [...this.#carried.earned, ...withAmountNow(left.taken, row.guaranteed, place)],
      drawn: this.#carried.drawn + row.drawn,
    };
    const isPaid = row.carried === 0n;
    this.#carried = isPaid ? { earned: [], drawn: 0n } : due;
    this.#owed += sumOf(charges) + charged - cancelled - forgiven - sumOf(recovered) + row.drawn;
    invariant(
      gained - charged === sumOfTerms(UNPOSTED, row) &&
        cancelled === row.cancelled &&
        sumOf(recovered) === row.recovered &&
        sumOf(left.left) === row.recovered &&
        sumOf(due.earned) + due.drawn === row.paid + row.carried &&
        this.#owed === row.owed,
      () => `the pay of ${this.repId} is not what its postings come to (R7.2)`,
    );
    return isPaid ? { paid: byPeriod(due.earned), drawn: due.drawn, recovered } : { ...NO_PARTS, recovered };
  }

  /** A row of nothing, where the rep has none. */
  #nothing(): RepPay {
    return { ...payRow(() => 0n), repId: this.repId, period: '', owedOpening: this.#owed, owed: this.#owed };
  }

  /** Charges become debts; what no longer goes beyond a cap was never paid, so the newest charges are none. */
  #charge(charges: Charge[], charged: Minor, place: number, year: number): void {
    charges.sort((a, b) => a.paidIn - b.paidIn || byCodeUnit(a.invoice, b.invoice));
    const own = charged < 0n ? takeNewest(charges, -charged).left : charges;
    for (const charge of own) this.#debts.charge(charge, charge.of, charge.invoice);
    if (charged > 0n) this.#debts.charge({ paidIn: place, year, amount: charged }, 'deduction');
  }

  /** R21.2: waivers and repayments settle debts; one that is taken back later is owed again (R21.7). */
  #forgive({ waived, settled }: RepPay, place: number, year: number): Minor {
    const amount = waived + settled;
    if (amount < 0n) this.#debts.charge({ paidIn: place, year, amount: -amount }, 'deduction');
    else this.#debts.settle(amount);
    return amount;
  }

  #yearOf({ period, payWithin, isBrought, opening }: Time): number {
    const year = this.#receipts.yearPaid(period, payWithin);
    return isBrought && opening !== undefined ? Math.min(year, yearOf(dayOf(opening.date))) : year;
  }

  /** Forgets a line that has no parts left. */
  #keep(invoice: string, line: LineParts): void {
    if (line.unpaid.length === 0 && line.paid.length === 0) this.#lines.delete(invoice);
    else this.#lines.set(invoice, line);
  }
}

/** What a row has beside its lines, which no posting makes; below 0 where a cap takes it off. */
function unpostedIn(
  row: RepPay,
  gains: readonly Gain[],
  charges: readonly Charge[],
): { readonly gained: Minor; readonly charged: Minor } {
  const ofLines = gains.reduce((sum, { left }) => sum + sumOf(left), 0n);
  return { gained: gainsOf(row) - ofLines, charged: row.charged - sumOf(charges) };
}

/** What is left of gains, with what no posting makes: earned now, or off the newest where a cap takes it. */
function earnedIn(gains: readonly Gain[], gained: Minor, place: number): readonly Earned[] {
  const ofLines = byPeriod(gains.flatMap(({ left }) => left));
  return gained < 0n ? takeNewest(ofLines, -gained).left : withAmountNow(ofLines, gained, place);
}

/** What is set off against what was never paid is not paid either: the newest earned, from the last of the lines on. */
function leaveUnpaid(gains: readonly Gain[], amount: Minor): void {
  let rest = amount;
  for (const gain of gains.toSorted((a, b) => byCodeUnit(b.invoice, a.invoice))) {
    const { taken, left } = takeNewest(gain.left, rest);
    gain.left = left;
    rest -= sumOf(taken);
  }
}

/** Earned amounts with one more that is earned now. */
function withAmountNow(earned: readonly Earned[], amount: Minor, place: number): readonly Earned[] {
  return amount === 0n ? earned : withEarned(earned, { earnedIn: place, amount });
}

/** Amounts added up by the period in which they were earned, oldest first. */
function byPeriod(parts: readonly Earned[]): readonly Earned[] {
  const sums = new Map<number, Minor>();
  for (const { earnedIn, amount } of parts) sums.set(earnedIn, (sums.get(earnedIn) ?? 0n) + amount);
  return [...sums].sort(([a], [b]) => a - b).map(([earnedIn, amount]) => ({ earnedIn, amount }));
}

/** A gain by the periods in which it was earned; what goes beyond the known parts counts as earned now. */
function withEarnedNow(taken: readonly Earned[], net: Minor, place: number): readonly Earned[] {
  const beyond = max(net - sumOf(taken), 0n);
  return beyond === 0n ? taken : withEarned(taken, { earnedIn: place, amount: beyond });
}

/** Sets the oldest parts of a gain off against debts: those parts count as paid when the debts were first paid, if they were. */
function cancel(gain: Gain, debts: readonly SettledDebt[]): Minor {
  for (const { paidIn, year, amount, of } of debts) {
    const { taken, left } = takeOldest(gain.left, amount);
    const paid = (of === 'never-paid' ? [] : taken)
      .map(({ earnedIn, amount: part }) => ({ earnedIn, paidIn, year, amount: part }))
      .reduce(withPaid, gain.line.paid);
    gain.line = { ...gain.line, paid };
    gain.left = left;
    gain.back -= amount;
  }
  return sumOf(debts);
}

/** The line once what is left of its gain is paid. */
function paidNow(line: LineParts, left: readonly Earned[], paidIn: number, year: number): LineParts {
  const paid = left
    .map(({ earnedIn, amount }) => ({ earnedIn, paidIn, year, amount }))
    .reduce(withPaid, line.paid);
  return { ...line, paid };
}

function linesOf(
  repId: string,
  { paid, drawn, recovered }: Parts,
  periods: readonly PayPeriod[],
  payPeriod: string,
): PayrollLine[] {
  const line = { repId, payPeriod, earnedIn: '', firstPaidIn: '' };
  return [
    ...paid.map(({ earnedIn, amount }): PayrollLine => {
      const { name } = periods[earnedIn] as PayPeriod;
      return { ...line, kind: 'paid', earnedIn: name, amount };
    }),
    ...(drawn > 0n ? [{ ...line, kind: 'drawn', amount: drawn } as const] : []),
    ...DEBT_KINDS.flatMap((kind) => recoveredLines(line, kind, recovered)),
  ];
}

const DEBT_KINDS = Object.keys(RECOVERED) as readonly DebtKind[];

/** What is recovered of one kind of debt, by the year in which it was first paid, if it was. */
function recoveredLines(
  line: Omit<PayrollLine, 'kind' | 'amount'>,
  of: DebtKind,
  recovered: readonly SettledDebt[],
): PayrollLine[] {
  const byYear = new Map<string, Minor>();
  for (const debt of recovered) {
    if (debt.of !== of) continue;
    const firstPaidIn = of === 'deduction' || of === 'never-paid' ? '' : `${debt.year}`;
    byYear.set(firstPaidIn, (byYear.get(firstPaidIn) ?? 0n) + debt.amount);
  }
  return [...byYear]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([firstPaidIn, amount]) => ({ ...line, kind: RECOVERED[of], firstPaidIn, amount }));
}

/** The reps with pay that no posting makes, by period. */
function unpostedByPeriod(
  pay: ReadonlyMap<string, ReadonlyMap<string, RepPay>>,
): ReadonlyMap<string, readonly string[]> {
  const byPeriod = new Map<string, string[]>();
  for (const [repId, rows] of pay) {
    for (const [period, row] of rows) {
      // A bonus and a deduction may add up to nothing: what is charged tells.
      if (row.charged === 0n && OPTIONAL_FIGURES.every((figure) => row[figure] === 0n)) continue;
      const own = byPeriod.get(period);
      if (own === undefined) byPeriod.set(period, [repId]);
      else own.push(repId);
    }
  }
  return byPeriod;
}

function rowsByRep(rows: Iterable<RepPay>): Map<string, Map<string, RepPay>> {
  const byRep = new Map<string, Map<string, RepPay>>();
  for (const row of rows) {
    const own = byRep.get(row.repId) ?? new Map<string, RepPay>();
    own.set(row.period, row);
    byRep.set(row.repId, own);
  }
  return byRep;
}

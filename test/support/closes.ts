/** Histories of closes for tests: period after period, as of its last day, with all rows known in time or some too late. */

import type { PayPeriod, RepPay } from '../../src/closing/pay-history.js';
import { dayOf } from '../../src/closing/pay-history.js';
import { addDays, isoOf } from '../../src/day.js';
import { calculate, type Inputs } from '../../src/engine/calculate.js';
import { findPeriodEnd } from '../../src/engine/period-end.js';
import { payRow } from '../../src/engine/r1-words/pay-figures.js';
import type { Posting } from '../../src/engine/r6-postings/posting-table.js';
import type { Terms } from '../../src/plans/plan.js';
import { inputsOf, type TestResult, type Workspace } from './run.js';

/** Closes of pay periods in order, and what they came to. */
export interface Closes {
  readonly periods: readonly PayPeriod[];
  readonly rows: readonly RepPay[];
  /** In order of date. */
  readonly postings: readonly Posting[];
  readonly terms: Terms;
}

/** The closes of every period that is over as of the inputs' date; all rows were known in time. */
export function closesOf(inputs: Inputs): Closes {
  const whole = resultOf(inputs);
  const periods = periodsOf(inputs, whole);
  const last = periods.at(-1);
  if (last === undefined) return { periods, rows: [], postings: [], terms: whole.terms };
  const result = resultOf({ ...inputs, asOf: isoOf(last.to) });
  return { periods, rows: rowsOf(result), postings: result.postings, terms: result.terms };
}

/** The pay rows of a result, by the pay period. */
export function rowsOf({ terms, months, quarters }: TestResult): RepPay[] {
  return terms.payPeriod === 'month'
    ? months.map((row) => ({ ...row, period: row.month }))
    : quarters.map((row) => ({ ...row, period: row.quarter }));
}

/** The same where some rows become known one or two closes late: differences adjust the closed periods (R11.2). */
export function lateClosesOf(workspace: Workspace, seed: number): Closes {
  const inputs = inputsOf(workspace);
  const whole = resultOf(inputs);
  const periods = periodsOf(inputs, whole);
  const places = new Map(periods.map(({ name }, place) => [name, place]));
  const postings: Posting[] = [];
  const posted = new Map<string, Posting>();
  periods.forEach(({ name, to }, place) => {
    const known = knownBy(workspace, periods, place, seed);
    const recomputed = new Map<string, Posting>();
    for (const one of resultOf({ ...inputsOf(known), asOf: isoOf(to) }).postings) {
      const key = keyOf(one);
      recomputed.set(key, plus(recomputed.get(key) ?? nothing(one), one, 1n));
    }
    const before = periods[place - 1];
    const first = before === undefined ? isoOf(to) : isoOf(addDays(before.to, 1));
    const news = [...new Set([...posted.keys(), ...recomputed.keys()])].flatMap((key): Posting[] => {
      const [now, then] = [recomputed.get(key), posted.get(key)];
      const like = (now ?? then) as Posting;
      const change = plus(now ?? nothing(like), then ?? nothing(like), -1n);
      if (AMOUNTS.every((amount) => change[amount] === 0n)) return [];
      const own = periodOf(periods, like.eventDate);
      const adjusts = own !== name && (places.get(own) ?? -1) < place;
      return [
        { ...change, date: adjusts ? first : like.eventDate, period: name, adjusts: adjusts ? own : '' },
      ];
    });
    for (const one of news) posted.set(keyOf(one), plus(posted.get(keyOf(one)) ?? nothing(one), one, 1n));
    postings.push(...news.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)));
  });
  return { periods, rows: payOf(periods, postings, whole.terms), postings, terms: whole.terms };
}

/** The closes up to a place among the periods. */
export function upTo({ periods, rows, postings, terms }: Closes, place: number): Closes {
  const names = new Set(periods.slice(0, place + 1).map(({ name }) => name));
  return {
    periods: periods.slice(0, place + 1),
    rows: rows.filter(({ period }) => names.has(period)),
    postings: postings.filter(({ period }) => names.has(period)),
    terms,
  };
}

const AMOUNTS = ['earned', 'advanced', 'released', 'held', 'forfeited', 'clawedBack'] as const;

function keyOf({ repId, invoiceId, cause, sourceId, eventDate }: Posting): string {
  return JSON.stringify([repId, invoiceId, cause, sourceId, eventDate]);
}

function nothing(posting: Posting): Posting {
  return { ...posting, ...Object.fromEntries(AMOUNTS.map((amount) => [amount, 0n])) };
}

function plus(sum: Posting, one: Posting, times: bigint): Posting {
  const added = AMOUNTS.map((amount) => [amount, sum[amount] + times * one[amount]]);
  return { ...sum, ...Object.fromEntries(added) };
}

function periodOf(periods: readonly PayPeriod[], date: string): string {
  return periods.find(({ to }) => dayOf(date) <= to)?.name ?? '';
}

const DATES: Readonly<Record<string, string>> = {
  invoices: 'invoice_date',
  payments: 'payment_date',
  writeOffs: 'write_off_date',
  creditMemos: 'credit_date',
};

/** What is known at a close: a quarter of the rows comes a close late, a quarter two. */
function knownBy(
  workspace: Workspace,
  periods: readonly PayPeriod[],
  place: number,
  seed: number,
): Workspace {
  const ledgers = Object.entries(workspace.ledgers).map(([name, rows]) => {
    const date = DATES[name];
    if (date === undefined) return [name, rows];
    const isKnown = (row: Readonly<Record<string, string | undefined>>) => {
      const delay = Math.max(0, (hashOf(JSON.stringify(row)) ^ seed) % 4) % 3;
      const known = periods[place - delay];
      return delay === 0 || (known !== undefined && (row[date] ?? '') <= isoOf(known.to));
    };
    return [name, rows.filter(isKnown)];
  });
  return { ...workspace, ledgers: Object.fromEntries(ledgers) };
}

function hashOf(text: string): number {
  let hash = 7;
  for (let at = 0; at < text.length; at += 1) hash = (hash * 31 + text.charCodeAt(at)) % 1_000_003;
  return hash;
}

/** R7.2, R7.3, told once more and plainly. */
export function payOf(
  periods: readonly PayPeriod[],
  postings: readonly Posting[],
  { recovery: { limit: recoveryLimit } }: Terms,
): RepPay[] {
  const reps = [...new Set(postings.map(({ repId }) => repId))];
  return reps.flatMap((repId) => {
    let [heldOpening, owedOpening] = [0n, 0n];
    return periods.map(({ name }): RepPay => {
      const own = postings.filter((one) => one.repId === repId && one.period === name);
      const sum = (of: (one: Posting) => bigint, among = own) =>
        among.reduce((all, one) => all + of(one), 0n);
      const negative = (of: bigint) => (of < 0n ? -of : 0n);
      let [gains, charged, back] = [0n, 0n, 0n];
      for (const invoice of new Set(own.map(({ invoiceId }) => invoiceId))) {
        const line = own.filter(({ invoiceId }) => invoiceId === invoice);
        const net = sum(({ advanced, released, clawedBack }) => advanced + released - clawedBack, line);
        const reinstated = sum(({ clawedBack }) => negative(clawedBack), line);
        if (net > 0n) {
          gains += net;
          back += net < reinstated ? net : reinstated;
        } else {
          charged -= net;
        }
      }
      const debt = owedOpening + charged;
      const cancelled = back < debt ? back : debt;
      const most = (recoveryLimit.n * (gains - cancelled)) / recoveryLimit.d;
      const recovered = debt - cancelled < most ? debt - cancelled : most;
      const row: RepPay = {
        repId,
        period: name,
        ...payRow(() => 0n),
        earned: sum(({ earned }) => earned),
        advanced: sum(({ advanced }) => advanced),
        released: sum(({ released }) => released),
        forfeited: sum(({ forfeited }) => forfeited),
        heldOpening,
        held: heldOpening + sum(({ held }) => held),
        payable: sum(({ advanced, released }) => advanced + released),
        clawedBack: sum(({ clawedBack }) => (clawedBack > 0n ? clawedBack : 0n)),
        reinstated: sum(({ clawedBack }) => negative(clawedBack)),
        owedOpening,
        charged,
        cancelled,
        recovered,
        paid: gains - cancelled - recovered,
        owed: debt - cancelled - recovered,
      };
      [heldOpening, owedOpening] = [row.held, row.owed];
      return row;
    });
  });
}

/** The pay periods from the first one with a row up to the last that is over. */
function periodsOf({ terms, ledgers, asOf }: Inputs, result: TestResult): PayPeriod[] {
  const names = [...new Set(rowsOf(result).map(({ period }) => period))].sort();
  return names
    .map((name) => ({ name, to: findPeriodEnd(terms, ledgers, name) ?? '' }))
    .filter(({ to }) => to <= asOf)
    .map(({ name, to }) => ({ name, to: dayOf(to) }));
}

function resultOf(inputs: Inputs): TestResult {
  const outcome = calculate(inputs);
  if (outcome.kind === 'refused') throw new Error(`refused: ${JSON.stringify(outcome.faults)}`);
  return outcome.result;
}

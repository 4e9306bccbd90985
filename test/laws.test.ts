/** The laws of the rules (R10), one property each, on random histories. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordsOf } from '../src/ledgers/records.js';
import { appliedTable } from '../src/ledgers/tables.js';
import type { LevelNumber } from '../src/plans/levels.js';
import type { TermsInput } from '../src/plans/schema.js';
import { atLevel } from '../src/plans/terms.js';
import { histories } from '../src/testing/histories.js';
import { addDays, type Day } from './auditor/calendar.js';
import { forAll } from './support/property.js';
import { resultOf, type TestResult, type Workspace } from './support/run.js';

type Row = Readonly<Record<string, string | undefined>>;
type Result = TestResult;
type Posting = Result['postings'][number];
type PayRow = Result['quarters'][number] | Result['months'][number];

const LEVELS: readonly LevelNumber[] = [0, 1, 2, 3, 4];
const AMOUNTS = ['earned', 'advanced', 'released', 'held', 'forfeited', 'clawedBack'] as const;
type Balance = Readonly<Record<(typeof AMOUNTS)[number], bigint>>;

const anyNumber = fc.nat(9_999);

test('R10.1 conservation: what is earned is somewhere, and pay and debt add up to the postings', () => {
  forAll(
    histories(),
    (workspace, meet) => {
      const result = resultOf(workspace);
      for (const balance of [...byLine(result.postings).values()].flatMap(running)) {
        const { earned, advanced, released, held, forfeited, clawedBack } = balance;
        holds(earned === advanced + released + held + forfeited, 'what is earned is somewhere');
        holds(between(clawedBack, advanced), 'no more is clawed back than was advanced');
        holds(between(held, earned), 'no more is held than was earned');
        if (clawedBack > 0n) meet('clawed back');
        if (held > 0n) meet('held');
        if (forfeited > 0n) meet('forfeited');
        if (earned < 0n) meet('below zero');
      }
      const paidBy: readonly PayRow[] = result.terms.payPeriod === 'month' ? result.months : result.quarters;
      for (const [rep, rows] of byRep(paidBy)) {
        const own = result.postings.filter((posting) => posting.repId === rep);
        let [held, owed] = [0n, 0n];
        for (const row of rows) {
          const period = 'month' in row ? row.month : row.quarter;
          const during = own.filter((posting) => posting.period === period);
          expect(flowsOf(row)).toEqual(flowsOfPostings(during));
          expect(row.paid - row.owed).toBe(row.payable - row.clawedBack + row.reinstated - row.owedOpening);
          expect([row.heldOpening, row.owedOpening]).toEqual([held, owed]);
          expect(row.held).toBe(held + sum(during, 'held'));
          holds(row.paid >= 0n && row.owed >= 0n, 'paid and owed are not below 0');
          [held, owed] = [row.held, row.owed];
          if (owed > 0n) meet('owed');
          if (row.cancelled > 0n) meet('cancelled');
        }
        expect(netOf(rows)).toBe(sum(own, 'advanced') + sum(own, 'released') - sum(own, 'clawedBack'));
      }
      // Paid by the month, a quarter has the balances and flows of its months (R8.2).
      for (const [rep, rows] of byRep(result.quarters)) {
        const own = result.postings.filter((posting) => posting.repId === rep);
        expect(total(rows.map(flowsOf))).toEqual(total([flowsOfPostings(own)]));
        expect(netOf(rows)).toBe(netOf(byRep(paidBy).get(rep) ?? []));
        if (own.length > 0) meet('postings');
      }
    },
    {
      postings: 0.7,
      'clawed back': 0.15,
      held: 0.2,
      forfeited: 0.1,
      'below zero': 0.2,
      owed: 0.25,
      cancelled: 0.001,
    },
  );
});

test('R10.2 paid up: once all is collected, every level has paid the same', () => {
  forAll(
    histories({ paidUp: true, plainClawback: true }),
    (workspace, meet) => {
      const paid = (result: Result) => [...byRep(result.quarters)].map(([rep, rows]) => [rep, netOf(rows)]);
      // As written, plans of several levels stand side by side.
      const expected = paid(resultOf(workspace));
      const ways = new Set<string>();
      for (const level of LEVELS) {
        const result = resultOf(leveled(workspace, level));
        expect(paid(result), `level ${level}`).toEqual(expected);
        ways.add(result.postings.map(({ date, cause }) => `${date} ${cause}`).join());
        if (result.postings.some(({ clawedBack }) => clawedBack < 0n)) meet('reinstated');
      }
      if (expected.some(([, net]) => net !== 0n)) meet('something paid');
      if (ways.size >= 3) meet('by different ways');
    },
    { 'something paid': 0.8, 'by different ways': 0.6, reinstated: 0.3 },
  );
});

test('R17.3 R10.2 holds where early and late cash is paid differently', () => {
  const timed = (workspace: Workspace): Workspace => {
    const table = [{ days: 20, factor: '110%' }, { days: 60, factor: '100%' }, { factor: '37.5%' }];
    const terms = workspace.terms as TermsInput;
    const plans = terms.plans.map((plan) => ({ ...plan, timing: { from: 'invoice' as const, table } }));
    return { ...workspace, terms: { ...terms, plans } };
  };
  forAll(
    histories({ paidUp: true, plainClawback: true }),
    (workspace, meet) => {
      const paid = (result: Result) => [...byRep(result.quarters)].map(([rep, rows]) => [rep, netOf(rows)]);
      const expected = paid(resultOf(timed(leveled(workspace, 0))));
      for (const level of LEVELS) {
        expect(paid(resultOf(timed(leveled(workspace, level)))), `level ${level}`).toEqual(expected);
      }
      const plain = paid(resultOf(leveled(workspace, 0)));
      if (!isDeepStrictEqual(expected, plain)) meet('paid differently');
    },
    { 'paid differently': 0.6 },
  );
});

test('R10.3 order of the levels: the closer to cash, the later is paid', () => {
  forAll(
    histories({ nonNegative: true, plainClawback: true, plainRelease: true }),
    (workspace, meet) => {
      const levels = LEVELS.map((level) => byLine(resultOf(leveled(workspace, level)).postings));
      for (const line of new Set(levels.flatMap((level) => [...level.keys()]))) {
        const postings = levels.map((level) => level.get(line) ?? []);
        for (const date of new Set(postings.flat().map((posting) => posting.date))) {
          const [none, clawback, partial, collected, earned] = postings.map((own) =>
            balanceOf(own.filter((posting) => posting.date <= date)),
          ) as [Balance, Balance, Balance, Balance, Balance];
          const kept = payable(clawback) - clawback.clawedBack;
          const at = `${line} on ${date}: level`;
          holds(payable(none) >= payable(partial), `${at} 0 ≥ 2`);
          holds(payable(partial) >= payable(collected), `${at} 2 ≥ 3`);
          holds(payable(collected) === payable(earned), `${at} 3 = 4`);
          holds(kept >= payable(collected), `${at} 1 ≥ 3`);
          holds(kept <= payable(none), `${at} 1 ≤ 0`);
          if (payable(none) > payable(partial) && payable(partial) > payable(collected)) meet('0 > 2 > 3');
          if (payable(none) > kept && kept > payable(collected)) meet('0 > 1 > 3');
        }
      }
    },
    { '0 > 2 > 3': 0.6, '0 > 1 > 3': 0.1 },
  );
});

test('R10.4 history: an event changes no posting dated before it', () => {
  forAll(
    fc.record({ workspace: histories(), ledger: anyNumber, pick: anyNumber, posts: fc.boolean() }),
    ({ workspace, ledger, pick, posts }, meet) => {
      const whole = resultOf(workspace);
      const { postings: all } = whole;
      const sources = new Set(all.map(({ sourceId }) => sourceId));
      const events = eventsOf(workspace);
      const ledgers = [...new Set(events.map((event) => event.ledger))];
      const inLedger = events.filter((event) => event.ledger === ledgers[ledger % ledgers.length]);
      // Events that post by themselves on one half of the cases, all of them on the other.
      const loud = inLedger.filter(({ id }) => posts && sources.has(id));
      const among = loud.length > 0 ? loud : inLedger;
      const event = among[pick % among.length];
      if (event === undefined) return;
      const without = withLedger(workspace, event.ledger, (rows) => rows.filter((row) => row !== event.row));
      const shorter = resultOf(without);
      const { postings: rest } = shorter;
      const before = (postings: readonly Posting[]) => postings.filter(({ date }) => date < event.day);
      expect(before(rest)).toEqual(before(all));
      // As text: the decimals that a run counts in are those of all its rows.
      const appliedBefore = (result: Result) =>
        recordsOf(appliedTable(result)).filter(({ applied_date: on }) => on !== '' && (on ?? '') < event.day);
      expect(appliedBefore(shorter)).toEqual(appliedBefore(whole));
      if (appliedBefore(whole).length > 0) meet('cash applied before');
      if (before(all).length > 0) meet('postings before');
      if (!isDeepStrictEqual(all, rest)) meet(`changed by ${event.ledger}`);
    },
    {
      'postings before': 0.4,
      'cash applied before': 0.05,
      'changed by invoices': 0.1,
      'changed by payments': 0.02,
      'changed by writeOffs': 0.01,
      'changed by creditMemos': 0.02,
    },
  );
});

test('R10.5 plan change: moving a rep to another plan changes no line booked before', () => {
  forAll(
    fc.record({
      workspace: histories({ minPlans: 2, alwaysOnPlan: true }),
      pick: anyNumber,
      plan: anyNumber,
      later: fc.constantFrom(0, 1, 20),
    }),
    ({ workspace, pick, plan, later }, meet) => {
      const { postings } = resultOf(workspace);
      const one = postings[pick % postings.length];
      if (one === undefined) return;
      const bookings = bookingDays(workspace);
      const day = addDays(bookings.get(one.invoiceId) ?? '', later);
      const moved = resultOf(movedTo(workspace, one.repId, day, plan)).postings;
      const isEarlier = ({ invoiceId }: Posting) => (bookings.get(invoiceId) ?? '') < day;
      expect(moved.filter(isEarlier)).toEqual(postings.filter(isEarlier));
      const own = postings.filter((posting) => posting.repId === one.repId && isEarlier(posting));
      if (own.some(({ date }) => date >= day)) meet('an earlier line lives on');
      if (own.some(({ date, cause }) => date >= day && cause === 're-rated'))
        meet('an earlier line re-rated');
      const others = postings.filter((posting) => !isEarlier(posting));
      const changes = moved.filter((posting) => !isEarlier(posting));
      if (others.some((posting, at) => posting.planId !== changes[at]?.planId)) meet('a later line moves');
    },
    { 'an earlier line lives on': 0.3, 'an earlier line re-rated': 0.002, 'a later line moves': 0.4 },
  );
});

test('R10.6 splitting a payment in two changes no balance at the end of the day', () => {
  forAll(
    fc.record({
      workspace: histories(),
      pick: anyNumber,
      share: fc.constantFrom(0.5, 0.333, 0.0001, 0.9),
      name: fc.constantFrom('!', '~'),
    }),
    ({ workspace, pick, share, name }, meet) => {
      const whole = resultOf(workspace);
      // Payments that post, by choice: on others there is nothing to see.
      const posting = new Set(whole.postings.map(({ sourceId, invoiceId }) => `${sourceId} ${invoiceId}`));
      const applied = new Set(whole.applied.map(({ ledger, sourceId }) => `${ledger} ${sourceId}`));
      const payments = workspace.ledgers['payments'] ?? [];
      const isApplied = (row: Row) =>
        row['invoice_id'] === '' && applied.has(`payments ${row['payment_id']}`);
      const seen = payments.filter(
        (row) => isApplied(row) || posting.has(`${row['payment_id']} ${row['invoice_id']?.trim()}`),
      );
      const among = seen.length > 0 ? seen : payments;
      const payment = among[pick % among.length];
      if (payment === undefined) return;
      const cut = withLedger(workspace, 'payments', (rows) =>
        rows.flatMap((row) => (row === payment ? inTwo(row, share, name) : [row])),
      );
      const parts = resultOf(cut);
      expect(endsOfDays(parts.postings)).toEqual(endsOfDays(whole.postings));
      expect(parts.quarters).toEqual(whole.quarters);
      expect(parts.months).toEqual(whole.months);
      if (seen.length > 0) meet('a payment that posts');
      if (isApplied(payment)) meet('a payment on account');
      if (parts.postings.length > whole.postings.length) meet('a posting more');
    },
    { 'a payment that posts': 0.25, 'a payment on account': 0.02, 'a posting more': 0.1 },
  );
});

test('R10.7 neither the order of rows nor names that keep their order change anything', () => {
  // In order of code unit; the last but one is two units long.
  const symbols = ['"', '-', '0', '=', 'A', 'a', 'é', '中', '\u{1F600}', '\uFF21'];
  forAll(
    fc.record({
      workspace: histories(),
      seed: anyNumber,
      alphabet: fc.subarray(symbols, { minLength: 2 }),
    }),
    ({ workspace, seed, alphabet }, meet) => {
      const names = renames(workspace, alphabet);
      const given = renamed(workspace, names);
      const shuffled = shuffle(given, seed);
      const [expected, result] = [resultOf(workspace), resultOf(shuffled)];
      const called = (id: string) => names.get(id) ?? id;
      const postings = expected.postings.map((posting) => ({
        ...posting,
        repId: called(posting.repId),
        invoiceId: called(posting.invoiceId),
        customerId: called(posting.customerId),
        planId: called(posting.planId),
        sourceId: called(posting.sourceId),
      }));
      const applied = expected.applied.map((row) => ({
        ...row,
        sourceId: called(row.sourceId),
        customerId: called(row.customerId),
        invoiceId: row.invoiceId && called(row.invoiceId),
      }));
      const calledRep = <R extends PayRow>(row: R) => ({ ...row, repId: called(row.repId) });
      expect(result.postings).toEqual(postings);
      expect(result.applied).toEqual(applied);
      expect(result.controls).toEqual(expected.controls);
      expect(result.quarters).toEqual(expected.quarters.map(calledRep));
      expect(result.months).toEqual(expected.months.map(calledRep));
      expect(result.exceptions.map(({ code, ledger, id }) => [code, ledger, id])).toEqual(
        expected.exceptions.map(({ code, ledger, id }) => [code, ledger, called(id)]),
      );
      if (postings.length > 1) meet('several postings');
      if (postings.some(({ cause }) => cause === 're-rated')) meet('re-rated');
      if (applied.length > 1) meet('cash applied');
      if (!isDeepStrictEqual(given, shuffled)) meet('rows in another order');
    },
    { 'several postings': 0.6, 're-rated': 0.03, 'cash applied': 0.05, 'rows in another order': 0.9 },
  );
});

test('R10.8 scale: ten times the amounts is ten times the exact commission', () => {
  // A dinar has three decimals, a dollar two: ten times the amount comes to as many of the minor unit, and every
  // exact commission is rounded at the same place.
  forAll(
    histories({ currency: 'KWD' }),
    (workspace, meet) => {
      const [fils, cents] = [resultOf(workspace), resultOf(tenfold(workspace, 'USD'))];
      expect([fils.currency.digits, cents.currency.digits]).toEqual([3, 2]);
      expect(cents.postings).toEqual(fils.postings);
      expect(cents.quarters).toEqual(fils.quarters);
      expect(cents.months).toEqual(fils.months);
      if (fils.postings.some(({ earned }) => earned % 10n !== 0n)) meet('an odd commission');
    },
    { 'an odd commission': 0.4 },
  );
});

test('R10.9 as-of prefix: an earlier as-of date gives the earlier postings', () => {
  forAll(
    fc.record({ workspace: histories(), pick: anyNumber, before: fc.boolean() }),
    ({ workspace, pick, before }, meet) => {
      const { postings, applied } = resultOf(workspace);
      const bookings = [...bookingDays(workspace).values()].filter((day) => day <= workspace.asOf).sort();
      const dates = [...postings.map(({ date }) => date), ...bookings];
      const date = dates[pick % dates.length] ?? workspace.asOf;
      const first = bookings[0] ?? date;
      // The day before the first booking may lie outside the calendar.
      const asOf = before && date > first ? addDays(date, -1) : date;
      const expected = postings.filter((posting) => posting.date <= asOf);
      const prefix = resultOf({ ...workspace, asOf });
      expect(prefix.postings).toEqual(expected);
      const appliedBy = applied.filter((row) => row.appliedDate <= asOf);
      expect(prefix.applied).toEqual(appliedBy);
      if (appliedBy.length > 0 && appliedBy.length < applied.length) meet('cash applied before and after');
      if (expected.length > 0 && expected.length < postings.length) meet('some before and some after');
    },
    { 'some before and some after': 0.4, 'cash applied before and after': 0.02 },
  );
});

/** An `expect` that costs nothing where it holds. */
function holds(condition: boolean, what: string): void {
  if (!condition) throw new Error(`does not hold: ${what}`);
}

// ---- sums

function byLine(postings: readonly Posting[]): ReadonlyMap<string, readonly Posting[]> {
  return grouped(postings, ({ invoiceId, repId }) => `${invoiceId} of ${repId}`);
}

function byRep<R extends PayRow>(rows: readonly R[]): ReadonlyMap<string, readonly R[]> {
  return grouped(rows, ({ repId }) => repId);
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function sum(postings: readonly Posting[], amount: (typeof AMOUNTS)[number]): bigint {
  return postings.reduce((all, posting) => all + posting[amount], 0n);
}

function balanceOf(postings: readonly Posting[]): Balance {
  return Object.fromEntries(AMOUNTS.map((amount) => [amount, sum(postings, amount)])) as unknown as Balance;
}

/** The balance after each posting. */
function running(postings: readonly Posting[]): readonly Balance[] {
  return postings.map((_, at) => balanceOf(postings.slice(0, at + 1)));
}

/** The balances of every line at the end of each day on which one changes. */
function endsOfDays(postings: readonly Posting[]): ReadonlyMap<string, Balance> {
  const ends = new Map<string, Balance>();
  for (const [line, own] of byLine(postings)) {
    for (const { date } of own) {
      const before = balanceOf(own.filter((posting) => posting.date < date));
      const end = balanceOf(own.filter((posting) => posting.date <= date));
      if (AMOUNTS.some((amount) => before[amount] !== end[amount])) ends.set(`${line} on ${date}`, end);
    }
  }
  return ends;
}

function payable({ advanced, released }: Balance): bigint {
  return advanced + released;
}

/** Total paid less what is still owed. */
function netOf(rows: readonly PayRow[]): bigint {
  return rows.reduce((paid, row) => paid + row.paid, 0n) - (rows.at(-1)?.owed ?? 0n);
}

/** The columns of a row that are sums of postings (R8.1). */
function flowsOf(row: PayRow): readonly bigint[] {
  const { earned, advanced, released, forfeited, clawedBack, reinstated } = row;
  return [earned, advanced, released, forfeited, row.payable, clawedBack, reinstated];
}

function flowsOfPostings(postings: readonly Posting[]): readonly bigint[] {
  const { earned, advanced, released, forfeited } = balanceOf(postings);
  const clawed = postings.filter(({ clawedBack }) => clawedBack > 0n);
  const back = postings.filter(({ clawedBack }) => clawedBack < 0n);
  const payable = advanced + released;
  return [
    earned,
    advanced,
    released,
    forfeited,
    payable,
    sum(clawed, 'clawedBack'),
    -sum(back, 'clawedBack'),
  ];
}

function total(rows: readonly (readonly bigint[])[]): readonly bigint[] {
  return rows.reduce((all, row) => row.map((flow, at) => flow + (all[at] ?? 0n)), []);
}

/** Whether a part lies between 0 and the whole, on whichever side of 0 that is. */
function between(part: bigint, whole: bigint): boolean {
  return whole >= 0n ? part >= 0n && part <= whole : part <= 0n && part >= whole;
}

// ---- changed workspaces

function leveled(workspace: Workspace, level: LevelNumber): Workspace {
  return { ...workspace, terms: atLevel(workspace.terms as TermsInput, level).terms };
}

function withLedger(
  workspace: Workspace,
  ledger: string,
  change: (rows: readonly Row[]) => readonly Row[],
): Workspace {
  return {
    ...workspace,
    ledgers: { ...workspace.ledgers, [ledger]: change(workspace.ledgers[ledger] ?? []) },
  };
}

interface Event {
  readonly ledger: string;
  readonly id: string;
  readonly row: Row;
  readonly day: Day;
}

/**
 * Everything that happens on or before the as-of date, with its day: a booking for an invoice. Where cash is applied by
 * rule, an invoice takes a part from its invoice date, where that comes before its booking.
 */
function eventsOf({ terms, ledgers, asOf }: Workspace): readonly Event[] {
  const isCashApplied = (terms as TermsInput).applyCash === 'oldest-due-first';
  const dated = (ledger: string, id: string, dayOf: (row: Row) => string | undefined) =>
    (ledgers[ledger] ?? []).map((row) => ({ ledger, id: row[id] ?? '', row, day: dayOf(row) ?? '' }));
  return [
    ...dated('invoices', 'invoice_id', (row) => {
      const [booked, invoiced = ''] = [row['booking_date'] || row['invoice_date'], row['invoice_date']];
      return isCashApplied && booked !== undefined && invoiced < booked ? invoiced : booked;
    }),
    ...dated('payments', 'payment_id', (row) => row['payment_date']),
    ...dated('writeOffs', 'write_off_id', (row) => row['write_off_date']),
    ...dated('creditMemos', 'credit_memo_id', (row) => row['credit_date']),
  ].filter(({ day }) => day <= asOf);
}

function bookingDays({ ledgers }: Workspace): ReadonlyMap<string, Day> {
  const sales = (ledgers['invoices'] ?? []).filter((row) => row['reverses'] === undefined);
  return new Map(
    sales.map((row) => [row['invoice_id'] ?? '', row['booking_date'] || (row['invoice_date'] ?? '')]),
  );
}

/** R10.5: the rep is on another plan than before from a day on. */
function movedTo(workspace: Workspace, rep: string, day: Day, pick: number): Workspace {
  const ids = (workspace.terms as TermsInput).plans.map(({ id }) => String(id));
  return withLedger(workspace, 'assignments', (rows) => {
    const own = rows.filter((row) => row['rep_id'] === rep);
    const now = own.findLast(({ from = '' }) => from <= day);
    const other = (ids.indexOf(now?.['plan_id'] ?? '') + 1 + (pick % (ids.length - 1))) % ids.length;
    const until = own
      .filter(({ from = '' }) => from < day)
      .map((row) => (row['to'] === '' || (row['to'] ?? '') >= day ? { ...row, to: addDays(day, -1) } : row));
    const others = rows.filter((row) => row['rep_id'] !== rep);
    return [...others, ...until, { rep_id: rep, plan_id: ids[other], from: day, to: '' }];
  });
}

/** R10.6: one payment as two, of which the second sorts before or after whatever else came that day. */
function inTwo(row: Row, share: number, name: string): readonly Row[] {
  const whole = unitsOf(row['amount']);
  const part = Math.trunc(whole * share);
  return [
    { ...row, amount: textOf(whole - part) },
    { ...row, payment_id: `${name}${row['payment_id']}`, amount: textOf(part) },
  ];
}

const IDS = [
  'invoice_id',
  'customer_id',
  'rep_id',
  'plan_id',
  'payment_id',
  'write_off_id',
  'credit_memo_id',
  'reverses',
];

/** New names for all ids, in the order of the old ones by code unit, across all ledgers. */
function renames({ terms, ledgers }: Workspace, alphabet: readonly string[]): ReadonlyMap<string, string> {
  const named = Object.values(ledgers).flatMap((rows) =>
    rows.flatMap((row) => IDS.map((column) => row[column]?.trim() ?? '')),
  );
  const plans = (terms as TermsInput).plans.map(({ id }) => String(id));
  const ids = [...new Set([...named, ...plans])].filter((id) => id !== '').sort();
  const width = Math.ceil(Math.log(ids.length + 1) / Math.log(alphabet.length));
  const nameOf = (number: number): string =>
    Array.from({ length: width }, (_, place) => {
      const digit = Math.floor(number / alphabet.length ** (width - 1 - place)) % alphabet.length;
      return alphabet[digit];
    }).join('');
  return new Map(ids.map((id, at) => [id, nameOf(at)]));
}

function renamed({ terms, ledgers, asOf }: Workspace, names: ReadonlyMap<string, string>): Workspace {
  const { plans, ...others } = terms as TermsInput;
  return {
    terms: { ...others, plans: plans.map((plan) => ({ ...plan, id: names.get(String(plan.id)) ?? '' })) },
    ledgers: Object.fromEntries(
      Object.entries(ledgers).map(([ledger, rows]) => [ledger, rows.map((row) => renamedRow(row, names))]),
    ),
    asOf,
  };
}

function renamedRow(row: Row, names: ReadonlyMap<string, string>): Row {
  const cells = IDS.filter((column) => row[column] !== undefined);
  const said = cells.map((column) => [column, names.get(row[column]?.trim() ?? '') ?? '']);
  return { ...row, ...Object.fromEntries(said) };
}

/** Every ledger in an order that a seed fixes. */
function shuffle(workspace: Workspace, seed: number): Workspace {
  let state = seed + 1;
  const below = (bound: number): number => {
    state = (state * 48_271) % 0x7fffffff;
    return state % bound;
  };
  const ledgers = Object.entries(workspace.ledgers).map(([ledger, rows]) => {
    const left = [...rows];
    return [ledger, rows.flatMap(() => left.splice(below(left.length), 1))];
  });
  return { ...workspace, ledgers: Object.fromEntries(ledgers) };
}

/** R10.8: every amount, quota, fromAmount and tolerance times ten, in another currency. */
function tenfold({ terms, ledgers, asOf }: Workspace, currency: string): Workspace {
  const { plans, ...others } = terms as TermsInput;
  const ten = (amount: string | number | undefined) => textOf(unitsOf(String(amount)) * 10);
  const scaled = (row: Row): Row => {
    const amounts = ['amount', 'total', 'cost', 'quota'].filter((column) => (row[column] ?? '') !== '');
    const cells = amounts.map((column) => [column, ten(row[column])]);
    return { ...row, ...Object.fromEntries(cells), ...(row['currency'] === undefined ? {} : { currency }) };
  };
  return {
    terms: {
      ...others,
      currency,
      plans: plans.map((plan) => ({
        ...plan,
        ...(plan.tolerance === undefined ? {} : { tolerance: ten(plan.tolerance) }),
        rate: tenfoldRate(plan.rate, ten),
      })),
    },
    ledgers: Object.fromEntries(
      Object.entries(ledgers).map(([ledger, rows]) => [ledger, rows.map((row) => scaled(row))]),
    ),
    asOf,
  };
}

type RateInput = TermsInput['plans'][number]['rate'];

function tenfoldRate(rate: RateInput, ten: (amount: string | number) => string): RateInput {
  if (typeof rate !== 'object') return rate;
  return {
    ...rate,
    table: rate.table.map((band) =>
      band.fromAmount === undefined ? band : { ...band, fromAmount: ten(band.fromAmount) },
    ),
  };
}

/** An amount in ten-thousandths: histories have no finer ones, so the number is exact. */
function unitsOf(text: string | undefined): number {
  return Math.round(Number(text) * 10_000);
}

/** With no more decimals than it needs: how finely amounts are written must not matter either. */
function textOf(units: number): string {
  return String(units / 10_000);
}

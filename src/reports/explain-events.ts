/** How the text of a line shows its events, each with its arithmetic, and what adjusts closed periods. */
import { adjustedPeriod } from '../closing/adjusted-period.js';
import { displayed } from '../displayed.js';
import {
  EARNED_PARTS,
  LINE_ACCOUNT_NAMES,
  LINE_ACCOUNTS,
  type LineAccountName,
} from '../engine/r1-words/line-accounts.js';
import { ratesOn, ratesText } from '../explain/line-history/rates.js';
import type { EventExplanation, LineExplanation, TimedExplanation } from '../explain/lines.js';
import { addAll } from '../largest.js';
import { formatPercent, type Minor, type Units } from '../money.js';
import { compare, minus, negative, ONE, plus, type Ratio, times, ZERO } from '../ratio.js';
import { commissionAtFirst } from './explain-rates.js';
import { droppedText, type SumColumn, sumCell, sumColumns } from './folded-sum.js';
import type { Surroundings, Words } from './line-words.js';
import { fittingTable, type Table, type TableRow } from './table.js';

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
export function eventsText(line: LineExplanation, words: Words, surroundings: Surroundings): string[] {
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

/** What adjusts closed periods: events posted later than they happened (R11.2). */
export function adjustmentsText(
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
      const { date, eventDate, cause, sourceId } = posting;
      const adjusts = adjustedPeriod(posting.adjusts, result);
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

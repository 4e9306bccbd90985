/** A line as text: the booking and its rate, every event with its arithmetic, and what is left of it. */
import { displayed } from '../displayed.js';
import { EARNED_PARTS, LINE_ACCOUNTS } from '../engine/r1-words/line-accounts.js';
import { comebackOf } from '../explain/comeback.js';
import type { EventExplanation, LineExplanation } from '../explain/lines.js';
import { formatDecimal, formatPercent } from '../money.js';
import { compare, ONE } from '../ratio.js';
import { adjustmentsText, eventsText } from './explain-events.js';
import { fromText, limitsText, rateText } from './explain-rates.js';
import { type Surroundings, Words } from './line-words.js';

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
    `${who} · plan ${displayed(planId)}${fromText(line.plan)}, level ${level.number} (${LEVEL_WORDS[level.number]})`,
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

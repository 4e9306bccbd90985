/** The first screen: do the ledgers tie out, and five figures that each lead to their section. */
import { payRowsOf } from '../closing/pay-history.js';
import { addDays, type Day, findDay, isoOf } from '../day.js';
import type { PayRow } from '../engine/r1-words/pay-figures.js';
import type { Result } from '../engine/result.js';
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import { LEDGER_TITLES } from '../ledger-specs/ledgers.js';
import { groupThousands, type Minor } from '../money.js';
import { amountText, signedText, unitsText } from '../pages/figures.js';
import { type Html, html, type Interpolated } from '../pages/html.js';
import type { Movements } from './movements.js';
import type { Open } from './open.js';
import { counted, figuresOf, verb, whyNothingWaits } from './words.js';

/** So far ahead clawbacks are told on the first screen. */
const DAYS_AHEAD = 30;

/** The day up to which clawbacks count as coming soon. */
export function soonIn({ asOf }: Result): string {
  return isoOf(addDays(findDay(asOf) as Day, DAYS_AHEAD));
}

/** That all of it is what would have been, where plans were recomputed at another level. */
export function levelHtml(level: number | undefined): Html | undefined {
  if (level === undefined) return undefined;
  return html`<p class="lead"><strong>Every plan is recomputed at level ${`${level}`}:</strong> this is what would have been, not what is due.</p>\n`;
}

/** A sentence that says whether everything that was read is accounted for. */
export function tieOutHtml(result: Result): Html {
  const { controls, exceptions, asOf } = result;
  const read = [...controls].map(
    ([name, { read }]) => `${LEDGER_TITLES[name]} ${groupThousands(`${read.rows}`)}`,
  );
  const later = sumOf(result, 'later');
  const setAside = [...controls].filter(([, { setAside }]) => setAside.rows > 0);
  const aside = setAside.map(([name, { setAside }]): Interpolated => {
    const amount =
      LEDGER_COLUMNS[name].amount === undefined ? '' : ` of ${unitsText(setAside.amount, figuresOf(result))}`;
    return `${counted(setAside.rows, 'row')}${amount} of ${LEDGER_TITLES[name]}`;
  });
  const asideText =
    aside.length === 0
      ? exceptions.length === 0
        ? 'Nothing is set aside.'
        : html`Nothing is set aside; <a href="#needs-a-person">${counted(exceptions.length, 'exception')}</a> to look at.`
      : html`Set aside: ${joined(aside)}; <a href="#needs-a-person">see why</a>.`;
  const laterText =
    later === 0 ? '' : ` ${counted(later, 'row')} ${verb(later, 'is', 'are')} dated after ${asOf}.`;
  return html`<p class="ties-out"><span class="tick" aria-hidden="true">✓</span> <strong>The ledgers tie out.</strong> Every row read is accounted for: ${read.join(', ')}. ${asideText}${laterText}</p>\n`;
}

/** The five figures. */
export function stripHtml(result: Result, open: Open, movements: Movements): Html {
  const figures = figuresOf(result);
  const rows = payRowsOf(result);
  const now = rows.filter(({ period }) => period === result.payPeriod);
  const before = result.payPeriods.at(-2)?.name;
  const then = rows.filter(({ period }) => period === before);
  const change = (field: 'paid' | 'held' | 'owed'): string => {
    if (before === undefined) return 'the first period';
    const difference = total(now, field) - total(then, field);
    return difference === 0n ? `as in ${before}` : `${signedText(difference, figures)} against ${before}`;
  };
  const count = (field: 'paid' | 'held' | 'owed') => now.filter((row) => row[field] > 0n).length;
  const soon = open.upcoming.filter(({ clawbackOn }) => clawbackOn <= soonIn(result));
  const soonest = soon[0];
  const [paid, held, owed] = [total(now, 'paid'), total(now, 'held'), total(now, 'owed')];
  const { exceptions, terms } = result;
  const moved = movements.variance?.reps.length ?? 0;
  const people = exceptions.length + moved;
  const later = open.upcoming[soon.length];
  // The table of reps is by quarter: the pay of a month stands in the table of months.
  const whereFrom = terms.payPeriod === 'month' ? 'pay' : 'reps';
  return html`<ul class="strip">
${figure(whereFrom, `To pay for ${result.payPeriod}`, amountText(paid, figures), `to ${counted(count('paid'), 'rep')}`, change('paid'))}
${figure('waiting', 'Held', amountText(held, figures), held === 0n ? whyNothingWaits(terms) : `waits for cash, ${counted(count('held'), 'rep')}`, change('held'))}
${figure('pay', 'Owed by reps', amountText(owed, figures), owed === 0n ? 'nothing is left to recover' : `to be recovered, ${counted(count('owed'), 'rep')}`, change('owed'))}
${figure(
  'upcoming',
  `At risk within ${DAYS_AHEAD} days`,
  amountText(
    soon.reduce((sum, { atRisk }) => sum + atRisk, 0n),
    figures,
  ),
  soonest === undefined
    ? 'nothing will be clawed back by then'
    : `clawed back unless paid, ${counted(soon.length, 'line')}`,
  soonest === undefined
    ? later === undefined
      ? ''
      : html`more at the end of <span class="nowrap">${later.clawbackOn}</span>`
    : html`the first at the end of <span class="nowrap">${soonest.clawbackOn}</span>`,
)}
${figure('needs-a-person', 'Needs a person', groupThousands(`${people}`), people === 0 ? 'nothing to look at' : counted(exceptions.length, 'exception'), people === 0 ? '' : `${counted(moved, 'rep')} whose pay moved`)}
</ul>\n`;
}

function figure(section: string, name: string, amount: string, about: string, change: string | Html): Html {
  return html`<li><a href="#${section}">${name}</a><strong class="figure">${amount}</strong><span>${about}</span><span class="quiet">${change}</span></li>`;
}

function total(rows: readonly PayRow[], field: 'paid' | 'held' | 'owed'): Minor {
  return rows.reduce((sum, row) => sum + row[field], 0n);
}

function sumOf({ controls }: Result, fate: 'later' | 'setAside'): number {
  return [...controls.values()].reduce((sum, totals) => sum + totals[fate].rows, 0);
}

function joined(parts: readonly Interpolated[]): Interpolated[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [', ', part]));
}

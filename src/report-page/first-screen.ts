/** The first screen: whether the ledgers tie out, and five figures that each lead to their section. */
import { payRowsOf } from '../closing/pay-history.js';
import { counted, verb } from '../counted.js';
import { addedUp } from '../engine/r1-words/pay-figures.js';
import type { Result } from '../engine/result.js';
import { DAYS_AHEAD, soonAfter } from '../explain/forecast/soon.js';
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import { LEDGER_TITLES } from '../ledger-specs/ledgers.js';
import { groupThousands, type Minor } from '../money.js';
import { amountText, figuresOf, signedText, unitsText } from '../pages/figures.js';
import { type Html, html, type Interpolated } from '../pages/html.js';
import type { Movements } from './movements.js';
import type { Open } from './open.js';
import { whyNothingWaits } from './words.js';

/** The day up to which clawbacks count as coming soon. */
export function soonIn({ asOf }: Result): string {
  return soonAfter(asOf);
}

/** Where plans were recomputed at another level: that the page shows what would have been. */
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
  const asides = setAside.map(
    ([
      name,
      {
        setAside: { rows, amount },
      },
    ]): Interpolated => {
      const sum =
        LEDGER_COLUMNS[name].amount === undefined ? '' : ` (${unitsText(amount, figuresOf(result))})`;
      return `${counted(rows, 'row')} of ${LEDGER_TITLES[name]}${sum}`;
    },
  );
  const asideText =
    asides.length === 0
      ? exceptions.length === 0
        ? 'Nothing was set aside.'
        : html`Nothing was set aside; see <a href="#exceptions">${counted(exceptions.length, 'exception')}</a>.`
      : html`Set aside: ${joined(asides)}; <a href="#exceptions">see why</a>.`;
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
  const [sums, sumsThen] = [addedUp(now), addedUp(then)];
  const change = (field: 'paid' | 'held' | 'owed'): string => {
    if (before === undefined) return 'the first period';
    const difference = sums[field] - sumsThen[field];
    return difference === 0n ? `same as ${before}` : `${signedText(difference, figures)} vs. ${before}`;
  };
  const money = (amount: Minor) =>
    html`${amountText(amount, figures)} <span class="currency">${result.currency.code}</span>`;
  const count = (field: 'paid' | 'held' | 'owed') => now.filter((row) => row[field] > 0n).length;
  const soon = open.upcoming.filter(({ clawbackOn }) => clawbackOn <= soonIn(result));
  const soonest = soon[0];
  const { paid, held, owed, carried } = sums;
  const keptText = carried === 0n ? '' : `; ${amountText(carried, figures)} is too little to be paid out`;
  const { exceptions, terms } = result;
  const moved = movements.variance?.reps.length ?? 0;
  const people = exceptions.length + moved;
  const later = open.upcoming[soon.length];
  // The table of reps is by quarter: the pay of a month is in the table of months.
  const whereFrom = terms.payPeriod === 'month' ? 'pay' : 'reps';
  return html`<ul class="strip">
${figure(whereFrom, `To pay for ${result.payPeriod}`, money(paid), `to ${counted(count('paid'), 'rep')}${keptText}`, change('paid'))}
${figure('waiting', 'Held', money(held), held === 0n ? whyNothingWaits(terms) : `waiting for cash, ${counted(count('held'), 'rep')}`, change('held'))}
${figure('pay', 'Owed by reps', money(owed), owed === 0n ? 'nothing to recover' : `to be recovered, ${counted(count('owed'), 'rep')}`, change('owed'))}
${figure(
  'upcoming',
  `At risk within ${DAYS_AHEAD} days`,
  money(soon.reduce((sum, { atRisk }) => sum + atRisk, 0n)),
  soonest === undefined
    ? 'nothing will be clawed back by then'
    : `clawed back unless paid, ${counted(soon.length, 'line')}`,
  soonest === undefined
    ? later === undefined
      ? ''
      : html`more at the end of <span class="nowrap">${later.clawbackOn}</span>`
    : html`the first at the end of <span class="nowrap">${soonest.clawbackOn}</span>`,
)}
${figure(exceptions.length === 0 ? 'moved' : 'exceptions', 'Needs attention', groupThousands(`${people}`), people === 0 ? 'nothing to review' : counted(exceptions.length, 'exception'), people === 0 ? '' : `${counted(moved, 'rep')} whose pay moved`)}
</ul>\n`;
}

function figure(
  section: string,
  name: string,
  amount: Interpolated,
  about: string,
  change: string | Html,
): Html {
  return html`<li><a href="#${section}">${name}</a><strong class="figure">${amount}</strong><span>${about}</span><span class="quiet">${change}</span></li>`;
}

function sumOf({ controls }: Result, fate: 'later' | 'setAside'): number {
  return [...controls.values()].reduce((sum, totals) => sum + totals[fate].rows, 0);
}

function joined(parts: readonly Interpolated[]): Interpolated[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [', ', part]));
}

/** Sales against quota, and the rates that follow: what counts, how much of the quota it reaches, what each plan pays. */
import { isoOf } from '../day.js';
import type { QuarterRow } from '../engine/r8-results/results.js';
import { findDecimal, formatPercent, round } from '../money.js';
import { amountText, dayText, rateText, shareText } from '../pages/figures.js';
import { type Html, html, isolated } from '../pages/html.js';
import { type Measure, type Plan, windowOf } from '../plans/plan.js';
import type { Ratio } from '../ratio.js';
import { quotaBar } from './quota-bar.js';
import type { Statement } from './statement.js';

const WINDOWS = {
  sale: 'each sale',
  month: 'this month',
  quarter: 'this quarter',
  'year-to-date': 'the year so far',
  year: 'the whole year',
} as const;

/** On the first screen: how much of the quota is reached, drawn; nothing without a quota. */
export function quotaPanel(statement: Statement): Html | undefined {
  const { quarter, plans, attained, currency } = statement;
  const reached = quarter?.attainment === undefined ? undefined : findDecimal(quarter.attainment);
  if (reached === undefined) return undefined;
  const sum =
    attained?.quota === undefined
      ? undefined
      : html`: ${amountText(attained.bookings, currency)} of ${amountText(attained.quota, currency)}`;
  return html`<section class="panel" aria-labelledby="reached"><h2 id="reached">Sales against quota</h2>
${quotaBar(reached, plans)}
<p><strong>${shareText(reached)}</strong> of quota, ${windowText(statement)}${sum} <a class="screen" href="#quota">rates</a></p></section>`;
}

/** The section; its total is how much of the quota is reached. */
export function quotaSection(statement: Statement): {
  readonly id: string;
  readonly title: string;
  readonly total: string;
  readonly body: Html;
} {
  const { quarter, plans } = statement;
  const reached = quarter?.attainment === undefined ? undefined : findDecimal(quarter.attainment);
  const total = quarter === undefined ? '' : reached === undefined ? 'No quota' : shareText(reached);
  const facts =
    quarter === undefined
      ? html`<p>Sales and quota are in the quarter's statement.</p>`
      : html`<dl>${factsOf(statement, quarter).map(([title, text]) => html`<dt>${title}</dt><dd>${text}</dd>\n`)}</dl>`;
  const rates = plans.map((plan) => planHtml(plan, statement));
  const body = html`<div class="pair quota"><div>${facts}</div><div>${rates}</div></div>`;
  return { id: 'quota', title: 'Sales against quota, and your rates', total, body };
}

/** What attainment is measured in (R3.2). */
const MEASURES: Readonly<Record<Measure, string>> = { revenue: 'sales', 'gross-profit': 'gross profit' };

/**
 * Sales and quota of the window, which attainment is the quotient of; where the window is longer than the quarter, the
 * quarter's own too.
 */
function factsOf(statement: Statement, quarter: QuarterRow): (readonly [title: string, text: string])[] {
  const { attained, currency } = statement;
  const quotaText = (quota: bigint | undefined) =>
    quota === undefined ? 'No quota' : amountText(quota, currency);
  const share = quarter.attainment === undefined ? undefined : findDecimal(quarter.attainment);
  const reached =
    share === undefined ? [] : [[`Attainment, ${windowText(statement)}`, shareText(share)] as const];
  const own = [
    [countedText(statement, 'this quarter'), amountText(quarter.bookings, currency)],
    ['Quota for the quarter', quotaText(quarter.quota)],
  ] as const;
  if (attained === undefined || attained.window === 'quarter') return [...own, ...reached];
  const window = windowText(statement);
  return [
    [countedText(statement, `in ${window}`), amountText(attained.bookings, currency)],
    [`Quota for ${window}`, quotaText(attained.quota)],
    ...reached,
    ...own,
  ];
}

/** What counts towards the quota, in the measure of the rep's plan. */
function countedText({ plans, attained }: Statement, when: string): string {
  const measures = attained === undefined ? plans.map((plan) => plan.measure) : [attained.measure];
  const [measure, ...others] = new Set(measures);
  if (others.length > 0) return `Sales or gross profit that count ${when}`;
  return measure === 'gross-profit' ? `Gross profit that counts ${when}` : `Sales that count ${when}`;
}

/** Over which sales and quotas attainment is measured: the window of the plan. */
function windowText({ plans, attained }: Statement): string {
  if (attained !== undefined) return WINDOWS[attained.window];
  const windows = [...new Set(plans.map((plan) => WINDOWS[windowOf(plan)]))];
  return windows.length === 1 ? (windows[0] as string) : 'the period that each plan counts';
}

function planHtml(plan: Plan, { currency }: Statement): Html {
  const { rate, from: first } = plan;
  const since = first === undefined ? '' : ` from ${dayText(isoOf(first))}`;
  const what = plan.basis === 'gross-profit' ? 'gross profit' : 'sales';
  if (rate.kind === 'flat') {
    return html`<p>Plan ${isolated(plan.id)}${since} pays ${rateText(rate.rate)} of ${what}.</p>`;
  }
  const how =
    rate.tiers === 'marginal'
      ? 'each part of a sale at the rate of the band it falls into'
      : rate.tiers === 'whole'
        ? 'a whole sale at the rate of the band it reaches'
        : 'all sales of the quarter at the rate of the band reached';
  const from = (value: Ratio) =>
    rate.thresholds === 'amount'
      ? amountText(round(value.n * 10n ** BigInt(currency.digits), value.d, 'half-up'), currency)
      : formatPercent(value);
  const measure = MEASURES[plan.measure];
  const head = rate.thresholds === 'amount' ? `From ${measure} of` : 'From this share of quota';
  return html`<p>Plan ${isolated(plan.id)}${since} pays by ${measure} of ${WINDOWS[rate.window]}: ${how}.</p>
<table class="rates"><caption><span class="unseen">Rates of plan ${isolated(plan.id)}${since}</span></caption>
<thead><tr><th scope="col">${head}</th><th scope="col" class="number">Rate on ${what}</th></tr></thead>
<tbody>${rate.bands.map((band) => html`<tr><td>${from(band.from)}</td><td class="number">${rateText(band.rate)}</td></tr>`)}</tbody></table>`;
}

/** The two waterfalls of each quarter, beside those of the quarter before, and all of them as tables. */
import { PAY_FIGURES, type Term } from '../engine/r1-words/pay-figures.js';
import type { Result } from '../engine/result.js';
import type { Minor } from '../money.js';
import { amountText, type Figures, figureOf, figuresOf, signedText } from '../pages/figures.js';
import { type Html, html } from '../pages/html.js';
import { type Bar, type Bars, barsSvg, hasRoom, scaleOf } from './charts.js';
import { type Flow, type FlowName, flowText, monthFlows, moveOf, type PeriodFlows, sumsIn } from './flows.js';
import { tableHtml } from './table.js';
import { nothingWaits } from './words.js';

/** The newest quarters are drawn; all are in the table. */
const MOST_DRAWN = 8;

/** What waits for cash, quarter by quarter (R6.3). */
export function waitingSection(result: Result, flows: readonly PeriodFlows[]): Html {
  return html`<section id="waiting" aria-labelledby="waiting-heading">
<h2 id="waiting-heading">Waiting for cash</h2>
<p class="quiet">${flowText(sumsIn(result).held)}</p>
${figuresHtml(result, flows, 'held')}
${flowTables(result, flows, 'held')}
</section>\n`;
}

/** From payable to paid, quarter by quarter (R7.4). */
export function paySection(result: Result, flows: readonly PeriodFlows[]): Html {
  return html`<section id="pay" aria-labelledby="pay-heading">
<h2 id="pay-heading">From payable to paid</h2>
<p class="quiet">${flowText(sumsIn(result).pay)}</p>
${figuresHtml(result, flows, 'pay')}
${flowTables(result, flows, 'pay')}
</section>\n`;
}

function figuresHtml(result: Result, flows: readonly PeriodFlows[], name: FlowName): Html {
  const drawn = flows.slice(-MOST_DRAWN);
  const flow = sumsIn(result)[name];
  const bars = drawn.map((quarter) => barsOf(quarter, flow, figuresOf(result)));
  const scale = scaleOf(bars.flat().map(({ to }) => to));
  const [newest, before] = [drawn.at(-1), drawn.at(-2)];
  const charts = drawn.map((quarter, at): Bars => {
    const own = bars[at] as readonly Bar[];
    return {
      id: `${name}-${quarter.name}`,
      title: name === 'held' ? waitingFinding(result, quarter) : payFinding(result, quarter),
      description: own.map(({ label, text }) => `${label} ${text}`).join(', '),
      bars: own,
      scale,
      isConnected: true,
    };
  });
  const room = charts.every(hasRoom);
  return html`<div class="quarters">${drawn.map((quarter, at) => {
    const chart = charts[at] as Bars;
    const isShown = quarter === newest || quarter === before;
    const figure = html`<figcaption><strong>${quarter.name}</strong> ${chart.title}</figcaption>${barsSvg(chart, room)}`;
    return isShown
      ? html`<figure class="quarter" data-quarter="${quarter.name}">${figure}</figure>\n`
      : html`<figure class="quarter" data-quarter="${quarter.name}" hidden="">${figure}</figure>\n`;
  })}</div>`;
}

/** The first term from 0, each following one from where the sum is, and the total from 0. */
function barsOf({ sums }: PeriodFlows, { terms, total }: Flow, figures: Figures): readonly Bar[] {
  const balance = total === 'held' ? 'waiting' : 'total';
  let level = 0n;
  const bars = terms.map((term, at): Bar => {
    const from = level;
    const move = moveOf(term, sums);
    level += move;
    const label = PAY_FIGURES[term.figure].title;
    return at === 0
      ? { label, text: amountText(move, figures), from, to: level, fill: balance }
      : { label, text: signedText(move, figures), from, to: level, fill: move < 0n ? 'down' : 'up' };
  });
  const { title: label } = PAY_FIGURES[total];
  const to = sums[total];
  return [...bars, { label, text: amountText(to, figures), from: 0n, to, fill: balance }];
}

function waitingFinding(result: Result, { sums }: PeriodFlows): string {
  const money = (amount: Minor) => amountText(amount, figuresOf(result));
  if (sums.held === 0n && sums.released === 0n && sums.forfeited === 0n && sums.heldOpening === 0n)
    return nothingWaits(result.terms);
  const lost = sums.forfeited === 0n ? '' : `, ${money(sums.forfeited)} forfeited`;
  return `${money(sums.released)} released${lost}, ${money(sums.held)} still waits.`;
}

function payFinding(result: Result, { sums }: PeriodFlows): string {
  const textOf = (term: Term) =>
    `${amountText(sums[term.figure], figuresOf(result))} ${PAY_FIGURES[term.figure].title}`;
  const [payable, ...steps] = sumsIn(result).pay.terms as readonly [Term, ...Term[]];
  const moving = steps.filter(({ figure }) => sums[figure] !== 0n);
  const paid = `${amountText(sums.paid, figuresOf(result))} paid`;
  if (moving.length === 0) return `${paid}: all that became payable.`;
  return `${paid}: ${[payable, ...moving].map(textOf).join(', ')}.`;
}

/** All quarters, and all months where pay is by the month. */
function flowTables(result: Result, flows: readonly PeriodFlows[], name: FlowName): Html {
  const months = monthFlows(result);
  const ofMonths = months.length === 0 ? undefined : flowTable(result, months, name, 'month');
  return html`${flowTable(result, flows, name, 'quarter')}${ofMonths}`;
}

/** A row for each period, newest first: from left to right each row is the sum. */
function flowTable(
  result: Result,
  flows: readonly PeriodFlows[],
  name: FlowName,
  period: 'quarter' | 'month',
): Html {
  const figures = figuresOf(result);
  const { terms, total } = sumsIn(result)[name];
  const columns = [
    { title: period },
    ...terms.map(({ figure, sign }, at) => {
      const { title } = PAY_FIGURES[figure];
      return { title: at === 0 ? title : `${sign === 1 ? '+' : '−'} ${title}`, isNumber: true };
    }),
    { title: `= ${PAY_FIGURES[total].title}`, isNumber: true },
  ];
  const rows = flows
    .toReversed()
    .map(({ name: title, sums }) => [
      title,
      ...terms.map(({ figure }) => figureOf(sums[figure], figures)),
      html`<strong>${figureOf(sums[total], figures)}</strong>`,
    ]);
  const caption = `${name === 'held' ? 'Held commission' : 'From payable to paid'}, all reps, by ${period}, ${result.currency.code}`;
  return html`<details class="as-table"><summary>Show as table, all ${period}s</summary>${tableHtml({ caption, columns, rows }, caption)}</details>`;
}

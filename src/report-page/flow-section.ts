/** The two waterfalls of each quarter, beside those of the quarter before, and all of them as tables. */
import type { Result } from '../engine/result.js';
import type { Minor } from '../money.js';
import { amountText, type Figures, figureOf } from '../pages/figures.js';
import { type Html, html } from '../pages/html.js';
import { type Bar, type Bars, barsSvg, hasRoom, scaleOf } from './charts.js';
import { type Flow, monthFlows, moveOf, type PeriodFlows } from './flows.js';
import { tableHtml } from './table.js';
import { figuresOf, nothingWaits } from './words.js';

/** The newest quarters are drawn; all are in the table. */
const MOST_DRAWN = 8;

/** What waits for cash, quarter by quarter (R6.3). */
export function waitingSection(result: Result, flows: readonly PeriodFlows[]): Html {
  return html`<section id="waiting" aria-labelledby="waiting-heading">
<h2 id="waiting-heading">Waiting for cash</h2>
<p class="quiet">held before + earned − advanced − released − forfeited = held after</p>
${figuresHtml(result, flows, 'held')}
${flowTables(result, flows, 'held')}
</section>\n`;
}

/** From payable to paid, quarter by quarter (R7.4). */
export function paySection(result: Result, flows: readonly PeriodFlows[]): Html {
  return html`<section id="pay" aria-labelledby="pay-heading">
<h2 id="pay-heading">From payable to paid</h2>
<p class="quiet">payable − clawed back + reinstated − owed before + owed after = paid</p>
${figuresHtml(result, flows, 'pay')}
${flowTables(result, flows, 'pay')}
</section>\n`;
}

/** The amounts that a sum goes through, from 0: what its drawing must have room for. */
function* levelsOf({ opening, steps, closing }: Flow): Iterable<Minor> {
  let level = opening.amount;
  yield level;
  for (const step of steps) {
    level += moveOf(step);
    yield level;
  }
  yield closing.amount;
}

function figuresHtml(result: Result, flows: readonly PeriodFlows[], kind: Flow['kind']): Html {
  const figures = figuresOf(result);
  const drawn = flows.slice(-MOST_DRAWN);
  const scale = scaleOf(drawn.flatMap((quarter) => [...levelsOf(quarter[kind])]));
  const [newest, before] = [drawn.at(-1), drawn.at(-2)];
  const charts = drawn.map((quarter) => ({
    quarter,
    chart: chartOf(result, quarter, kind, scale, figures),
  }));
  const room = charts.every(({ chart }) => hasRoom(chart));
  return html`<div class="quarters">${charts.map(({ quarter, chart }) => {
    const isShown = quarter === newest || quarter === before;
    const figure = html`<figcaption><strong>${quarter.name}</strong> ${chart.title}</figcaption>${barsSvg(chart, room)}`;
    return isShown
      ? html`<figure class="quarter" data-quarter="${quarter.name}">${figure}</figure>\n`
      : html`<figure class="quarter" data-quarter="${quarter.name}" hidden="">${figure}</figure>\n`;
  })}</div>`;
}

function chartOf(
  result: Result,
  quarter: PeriodFlows,
  kind: Flow['kind'],
  scale: Bars['scale'],
  figures: Figures,
): Bars {
  const flow = quarter[kind];
  const balance = kind === 'held' ? 'waiting' : 'total';
  let level = flow.opening.amount;
  const bars: Bar[] = [
    { label: flow.opening.name, text: amountText(level, figures), from: 0n, to: level, fill: balance },
  ];
  for (const step of flow.steps) {
    const from = level;
    const move = moveOf(step);
    level += move;
    const text =
      step.amount === 0n
        ? amountText(0n, figures)
        : `${move < 0n ? '−' : '+'}${amountText(move < 0n ? -move : move, figures)}`;
    bars.push({ label: step.name, text, from, to: level, fill: move < 0n ? 'down' : 'up' });
  }
  const { closing } = flow;
  bars.push({
    label: closing.name,
    text: amountText(closing.amount, figures),
    from: 0n,
    to: closing.amount,
    fill: balance,
  });
  return {
    id: `${kind}-${quarter.name}`,
    title: kind === 'held' ? waitingFinding(result, quarter) : payFinding(result, quarter),
    description: bars.map(({ label, text }) => `${label} ${text}`).join(', '),
    bars,
    scale,
    isConnected: true,
  };
}

function waitingFinding(result: Result, { sums }: PeriodFlows): string {
  const money = (amount: Minor) => amountText(amount, figuresOf(result));
  if (sums.held === 0n && sums.released === 0n && sums.forfeited === 0n && sums.heldOpening === 0n)
    return nothingWaits(result.terms);
  const lost = sums.forfeited === 0n ? '' : `, ${money(sums.forfeited)} forfeited`;
  return `${money(sums.released)} released${lost}, ${money(sums.held)} still waits.`;
}

function payFinding(result: Result, { sums }: PeriodFlows): string {
  const money = (amount: Minor) => amountText(amount, figuresOf(result));
  const parts = [
    sums.clawedBack === 0n ? [] : [`${money(sums.clawedBack)} clawed back`],
    sums.reinstated === 0n ? [] : [`${money(sums.reinstated)} reinstated`],
    sums.owedOpening === 0n ? [] : [`${money(sums.owedOpening)} owed before`],
    sums.owed === 0n ? [] : [`${money(sums.owed)} owed after`],
  ].flat();
  const rest =
    parts.length === 0 ? 'all that became payable' : `${money(sums.payable)} payable, ${parts.join(', ')}`;
  return `${money(sums.paid)} paid: ${rest}.`;
}

/** All quarters, and all months where pay is by the month. */
function flowTables(result: Result, flows: readonly PeriodFlows[], kind: Flow['kind']): Html {
  const months = monthFlows(result);
  const ofMonths = months.length === 0 ? undefined : flowTable(result, months, kind, 'month');
  return html`${flowTable(result, flows, kind, 'quarter')}${ofMonths}`;
}

/** A row for each period: from left to right each row is the sum. */
function flowTable(
  result: Result,
  flows: readonly PeriodFlows[],
  kind: Flow['kind'],
  period: 'quarter' | 'month',
): Html {
  const figures = figuresOf(result);
  const [first] = flows;
  const { opening, steps, closing } = (first as PeriodFlows)[kind];
  const columns = [
    { title: period },
    { title: opening.name, isNumber: true },
    ...steps.map(({ name, sign }) => ({ title: `${sign} ${name}`, isNumber: true })),
    { title: `= ${closing.name}`, isNumber: true },
  ];
  const rows = flows
    .toReversed()
    .map(({ name, [kind]: flow }) => [
      name,
      figureOf(flow.opening.amount, figures),
      ...flow.steps.map(({ amount }) => figureOf(amount, figures)),
      html`<strong>${figureOf(flow.closing.amount, figures)}</strong>`,
    ]);
  const caption = `${kind === 'held' ? 'Held commission' : 'From payable to paid'}, all reps, by ${period}, ${result.currency.code}`;
  return html`<details class="as-table"><summary>Show as table, all ${period}s</summary>${tableHtml({ caption, columns, rows }, caption)}</details>`;
}

/** The two sums of a quarter: as a picture where there is something to see, and of all quarters as tables. */

import { scaleOf } from '../charts/axis.js';
import { type Bar, type Bars, barsSvg, type Fill, hasRoom } from '../charts/bars.js';
import { PAY_FIGURES, type Term } from '../engine/r1-words/pay-figures.js';
import type { Result } from '../engine/result.js';
import type { Minor } from '../money.js';
import {
  amountText,
  type Figures,
  figureOf,
  figuresOf,
  signedFigureOf,
  signedText,
} from '../pages/figures.js';
import { type Html, html } from '../pages/html.js';
import { tableHtml } from '../pages/table.js';
import {
  type Flow,
  type FlowName,
  isPayment,
  monthFlows,
  moveOf,
  type PeriodFlows,
  sumsIn,
} from './flows.js';
import { empty, type Section, shown } from './section.js';
import { nothingWaits } from './words.js';

/** The newest quarters are drawn; all are in the table. */
const MOST_DRAWN = 8;

/** What waits for cash (R6.3); empty where no commission has ever waited. */
export function waitingSection(result: Result, flows: readonly PeriodFlows[]): Section {
  const title = 'Waiting for cash';
  if (!flows.some(({ sums }) => hasWaited(sums))) return empty('waiting', title, nothingWaits(result.terms));
  return shown(
    'waiting',
    title,
    html`${picturesHtml(result, flows, 'held')}
${flowTables(result, flows, 'held')}`,
  );
}

/** From payable to paid (R7.4). */
export function paySection(result: Result, flows: readonly PeriodFlows[]): Section {
  return shown(
    'pay',
    'From payable to paid',
    html`${picturesHtml(result, flows, 'pay')}
${flowTables(result, flows, 'pay')}`,
  );
}

/** Whether anything was or is held: if not, all that is earned is payable at once. */
function hasWaited({ heldOpening, held, forfeited }: PeriodFlows['sums']): boolean {
  return heldOpening !== 0n || held !== 0n || forfeited !== 0n;
}

/** One of the newest quarters at a time: the newest first, and then the one that the reader picks. */
function picturesHtml(result: Result, flows: readonly PeriodFlows[], name: FlowName): Html {
  const drawn = flows.slice(-MOST_DRAWN);
  const flow = sumsIn(result)[name];
  const bars = drawn.map((quarter) => barsOf(quarter, flow, figuresOf(result)));
  const charts = drawn.map((quarter, at): Bars => {
    const own = bars[at] as readonly Bar[];
    return {
      id: `${name}-${quarter.name}`,
      title: name === 'held' ? waitingFinding(result, quarter) : payFinding(result, quarter),
      description: own.map(({ label, text }) => `${label} ${text}`).join(', '),
      bars: own,
      scale: scaleOf(own.map(({ to }) => to)),
      isConnected: true,
    };
  });
  const room = charts.every(hasRoom);
  return html`${drawn.map((quarter, at) => {
    const chart = charts[at] as Bars;
    const picture = hasSteps(quarter, flow) ? barsSvg(chart, room) : undefined;
    const figure = html`<figcaption><strong>${quarter.name}</strong> ${chart.title}</figcaption>${picture}`;
    return quarter === drawn.at(-1)
      ? html`<figure class="quarter" data-quarter="${quarter.name}">${figure}</figure>\n`
      : html`<figure class="quarter" data-quarter="${quarter.name}" hidden="">${figure}</figure>\n`;
  })}`;
}

/** Whether there is more to see than that two amounts are the same. */
function hasSteps({ sums }: PeriodFlows, { terms, total }: Flow): boolean {
  if (total === 'held') return hasWaited(sums);
  return terms.slice(1).some(({ figure }) => sums[figure] !== 0n);
}

/** The first term from 0, each following one from where the sum is, and the total from 0. A step of 0 is left out. */
function barsOf({ sums }: PeriodFlows, { terms, total }: Flow, figures: Figures): readonly Bar[] {
  const balance = total === 'held' ? 'waiting' : 'total';
  let level = 0n;
  const bars = terms.flatMap((term, at): Bar[] => {
    const from = level;
    const move = moveOf(term, sums);
    if (move === 0n) return [];
    level += move;
    const label = PAY_FIGURES[term.figure].title;
    return at === 0
      ? [{ label, text: amountText(move, figures), from, to: level, fill: balance }]
      : [{ label, text: signedText(move, figures), from, to: level, fill: fillOf(term, move) }];
  });
  const { title: label } = PAY_FIGURES[total];
  const to = sums[total];
  return [...bars, { label, text: amountText(to, figures), from: 0n, to, fill: balance }];
}

/** Paying people is no loss, though it lowers what waits. */
function fillOf({ figure }: Term, move: Minor): Fill {
  return isPayment(figure) ? 'total' : move < 0n ? 'down' : 'up';
}

function waitingFinding(result: Result, quarter: PeriodFlows): string {
  const { sums } = quarter;
  const money = (amount: Minor) => amountText(amount, figuresOf(result));
  if (!hasWaited(sums)) return 'Nothing waits for cash.';
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

/** A row for each period, newest first: each is added up as it reads, since every step has its sign. */
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
    ...terms.map(({ figure }) => ({ title: PAY_FIGURES[figure].title, isNumber: true })),
    { title: `= ${PAY_FIGURES[total].title}`, isNumber: true },
  ];
  const rows = flows
    .toReversed()
    .map(({ name: title, sums }) => [
      title,
      ...terms.map((term, at) =>
        at === 0 ? figureOf(moveOf(term, sums), figures) : signedFigureOf(moveOf(term, sums), figures),
      ),
      html`<strong>${figureOf(sums[total], figures)}</strong>`,
    ]);
  const caption = `${name === 'held' ? 'Held commission' : 'From payable to paid'}, all reps, by ${period}, ${result.currency.code}`;
  return html`<details class="as-table"><summary>Show as table, all ${period}s</summary>${tableHtml({ caption, columns, rows }, caption)}</details>`;
}

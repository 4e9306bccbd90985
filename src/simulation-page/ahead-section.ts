/** Commission that is paid before its cash has come, day by day: a picture for each variant, and month by month as a table. */
import { scaleOf } from '../charts/axis.js';
import { type DayStep, type DaySteps, dayStepsSvg } from '../charts/day-steps.js';
import { addDays, type Day, firstOfMonth, isoOf } from '../day.js';
import { type Minor, round } from '../money.js';
import { amountText, dayText, figureOf } from '../pages/figures.js';
import { type Html, html, isolated } from '../pages/html.js';
import { scrolling } from '../pages/table.js';
import type { Ahead } from '../simulate/measures.js';
import { type Column, capitalized, dayOf, type Source } from './columns.js';

export function aheadSection(source: Source): Html {
  const { columns, simulation, today } = source;
  const days = columns.flatMap(({ side }) => side.ahead.steps.map(({ date }) => date)).sort();
  const [first] = days;
  if (first === undefined)
    return html`<p>No commission is ever paid before its cash has come, today or under any variant.</p>\n`;
  const frame = {
    from: dayOf(first),
    to: dayOf(simulation.asOf),
    known: dayOf(simulation.forecast?.from ?? simulation.asOf),
    scale: scaleOf(columns.map(({ side }) => side.ahead.peak)),
  };
  const beside = columns.length > 1 ? html` <span class="key dashed"></span> today` : undefined;
  return html`<p class="legend"><span class="key ahead"></span> paid and not collected yet${beside}</p>
<div class="panels">
${columns.map((column) => pictureHtml(source, column, frame, column === today ? undefined : today))}</div>
<details class="as-table"><summary>Show as table</summary>
${tableOf(source, frame)}</details>\n`;
}

type Frame = Pick<DaySteps, 'from' | 'to' | 'known' | 'scale'>;

function pictureHtml(source: Source, column: Column, frame: Frame, beside: Column | undefined): Html {
  const { digits, simulation } = source;
  const { ahead } = column.side;
  const name = capitalized(column.name);
  const finding = findingOf(ahead, digits);
  const svg = dayStepsSvg({
    ...frame,
    id: `ahead-${column.id}`,
    title: `${name}: commission paid before its cash came, ${simulation.currency.code}${simulation.forecast === undefined ? '' : ', forecast'}`,
    description: `${finding}. On average ${averageText(ahead, digits)}.`,
    steps: stepsOf(ahead),
    beside: beside && stepsOf(beside.side.ahead),
    digits,
    peak: peakOf(ahead, digits),
  });
  return html`<figure><figcaption><strong>${isolated(name)}</strong> <span class="quiet">${finding}</span></figcaption>${svg}</figure>\n`;
}

function findingOf({ peak, peakDay }: Ahead, digits: number): string {
  if (peak === 0n) return 'never ahead of cash';
  return `at most ${amountText(peak, { digits })}, on ${dayText(peakDay ?? '')}`;
}

function averageText({ average: { n, d } }: Ahead, digits: number): string {
  return amountText(round(n, d, 'half-up'), { digits });
}

function stepsOf({ steps }: Ahead): readonly DayStep[] {
  return steps.map(({ date, ahead }) => ({ day: dayOf(date), amount: ahead }));
}

function peakOf({ peak, peakDay }: Ahead, digits: number): DaySteps['peak'] {
  if (peak === 0n || peakDay === undefined) return undefined;
  return { day: dayOf(peakDay), amount: peak, text: amountText(peak, { digits }) };
}

/** A row for the end of each month. */
function tableOf({ columns, digits, simulation }: Source, { from, to, known }: Frame): Html {
  const caption = `Commission paid before its cash came, at the end of each month, ${simulation.currency.code}`;
  const headings = columns.map(
    ({ name }) => html`<th scope="col" class="number">${isolated(capitalized(name))}</th>`,
  );
  const ends = monthEnds(from, to);
  const amounts = columns.map(({ side }) => amountsOn(stepsOf(side.ahead), ends));
  const rows = ends.map((day, index) => {
    const cells = amounts.map(
      (own) => html`<td class="number">${figureOf(own[index] ?? 0n, { digits })}</td>`,
    );
    const mark = day > known ? html` <span class="mark">forecast</span>` : undefined;
    return html`<tr><th scope="row"><span class="nowrap">${isoOf(day)}</span>${mark}</th>${cells}</tr>\n`;
  });
  return scrolling(
    html`<table><caption class="unseen">${caption}</caption><thead><tr><th scope="col">at the end of</th>${headings}</tr></thead><tbody>${rows}</tbody></table>`,
    caption,
  );
}

/** The last days of months, and the last day of all. */
function monthEnds(from: Day, to: Day): readonly Day[] {
  const ends: Day[] = [];
  const [year, month] = isoOf(from).split('-').map(Number) as [number, number];
  for (let next = month + 1; ; next += 1) {
    const end = addDays(firstOfMonth(year, next), -1);
    if (end >= to) return [...ends, to];
    ends.push(end);
  }
}

/** The amount at the end of each of these days, in their order. */
function amountsOn(steps: readonly DayStep[], days: readonly Day[]): readonly Minor[] {
  let [at, amount] = [0, 0n];
  return days.map((day) => {
    for (; at < steps.length && (steps[at] as DayStep).day <= day; at += 1)
      amount = (steps[at] as DayStep).amount;
    return amount;
  });
}

/** What is earned and what is paid in each quarter: a picture for each variant, and all of it as a table. */
import { scaleOf } from '../charts/axis.js';
import { type PeriodBar, periodBarsSvg } from '../charts/quarter-bars.js';
import { findQuarterName } from '../engine/r2-ledgers/calendar.js';
import { byCodeUnit } from '../order.js';
import { amountText, figureOf } from '../pages/figures.js';
import { type Html, html, isolated } from '../pages/html.js';
import { scrolling } from '../pages/table.js';
import { type Column, capitalized, type Source } from './columns.js';

export function quarterSection(source: Source): Html | undefined {
  const { columns } = source;
  const names = quartersOf(source);
  if (names.length === 0) return undefined;
  const scale = scaleOf(
    columns.flatMap(({ side }) => side.quarters.flatMap(({ paid, earned }) => [paid, earned])),
  );
  const pictures = columns.map((column) => pictureHtml(source, column, names, scale));
  return html`<p class="legend"><span class="key paid"></span> paid in the quarter (cash) <span class="key earned"></span> earned in it (cost)${expectedKey(source)}</p>
<div class="panels">
${pictures}</div>
<details class="as-table"><summary>Show as table</summary>
${tableOf(source, names)}</details>\n`;
}

function quartersOf({ columns }: Source): readonly string[] {
  const all = new Set(columns.flatMap(({ side }) => side.quarters.map(({ quarter }) => quarter)));
  return [...all].sort(byCodeUnit);
}

function expectedKey({ simulation: { forecast } }: Source): Html | undefined {
  return forecast && html` <span class="key expected"></span> forecast: with cash that is expected`;
}

function pictureHtml(
  source: Source,
  column: Column,
  names: readonly string[],
  scale: ReturnType<typeof scaleOf>,
): Html {
  const { digits, simulation } = source;
  const { code } = simulation.currency;
  const { totals } = column.side;
  const periods = names.map((name) => periodOf(source, column, name));
  const list = periods.map(
    ({ bar, mark }, index) =>
      `${names[index]}: paid ${amountText(bar, { digits })}, earned ${amountText(mark, { digits })}`,
  );
  const name = capitalized(column.name);
  const svg = periodBarsSvg({
    id: `quarters-${column.id}`,
    title: `${name}: paid and earned by quarter, ${code}${simulation.forecast === undefined ? '' : ', forecast'}`,
    description: `${list.join('; ')}.`,
    periods,
    scale,
    digits,
  });
  return html`<figure><figcaption><strong>${isolated(name)}</strong> <span class="quiet">paid ${amountText(totals.paid, { digits })}, earned ${amountText(totals.earned, { digits })}</span></figcaption>${svg}</figure>\n`;
}

function periodOf({ simulation: { forecast } }: Source, { side }: Column, name: string): PeriodBar {
  const row = side.quarters.find(({ quarter }) => quarter === name);
  const found = findQuarterName(name);
  return {
    year: found === undefined ? '' : `${found.year}`,
    label: found === undefined ? name : `Q${found.number}`,
    bar: row?.paid ?? 0n,
    mark: row?.earned ?? 0n,
    isExpected: forecast !== undefined && byCodeUnit(name, forecast.firstQuarter) >= 0,
  };
}

/** A row for each quarter, with what each variant pays and what is earned under it. */
function tableOf(source: Source, names: readonly string[]): Html {
  const { columns, digits, simulation } = source;
  const caption = `Earned and paid by quarter, ${simulation.currency.code}`;
  const first = columns.map(
    ({ name }) => html`<th scope="colgroup" colspan="2" class="number">${isolated(capitalized(name))}</th>`,
  );
  const second = columns.map(
    () => html`<th scope="col" class="number">earned</th><th scope="col" class="number">paid</th>`,
  );
  const rows = names.map((name) => {
    const cells = columns.map((column) => {
      const { bar, mark } = periodOf(source, column, name);
      return html`<td class="number">${figureOf(mark, { digits })}</td><td class="number">${figureOf(bar, { digits })}</td>`;
    });
    const mark = periodOf(source, columns[0] as Column, name).isExpected
      ? html` <span class="mark">forecast</span>`
      : undefined;
    return html`<tr><th scope="row"><span class="nowrap">${name}</span>${mark}</th>${cells}</tr>\n`;
  });
  const totals = columns.map(
    ({ side: { totals } }) =>
      html`<td class="number">${amountText(totals.earned, { digits })}</td><td class="number">${amountText(totals.paid, { digits })}</td>`,
  );
  return scrolling(
    html`<table><caption class="unseen">${caption}</caption><thead><tr><th scope="col" rowspan="2">quarter</th>${first}</tr><tr>${second}</tr></thead>
<tbody>${rows}</tbody><tfoot><tr><th scope="row">total</th>${totals}</tr></tfoot></table>`,
    caption,
  );
}

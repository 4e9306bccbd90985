/** How the page's figures are made, and what each measure is. */

import { longDayText } from '../pages/figures.js';
import { type Html, html, isolated } from '../pages/html.js';
import { WORTH_MEASURES } from '../simulate/collections/worth.js';
import { MEASURE_GROUPS, type MeasureGroup, shownMeasures } from '../simulate/measure-list.js';
import { measuredOf, type Source } from './columns.js';

export function methodSection(source: Source): Html {
  const { columns, head, simulation } = source;
  const shown = shownMeasures(columns.map((column) => measuredOf(source, column, column.side)));
  const groups = (Object.keys(MEASURE_GROUPS) as MeasureGroup[]).flatMap((group) => {
    const own = shown.filter((measure) => measure.group === group);
    if (own.length === 0) return [];
    const items = own.map(({ title, explain }) => html`<div><dt>${title}</dt><dd>${explain}</dd></div>\n`);
    return [html`<h3>${MEASURE_GROUPS[group]}</h3>\n<dl>${items}</dl>\n`];
  });
  const worth = WORTH_MEASURES.filter(({ id }) => !id.endsWith('-then')).map(
    ({ title, explain }) => html`<div><dt>${title}</dt><dd>${explain}</dd></div>\n`,
  );
  const collected =
    simulation.collections === undefined ? undefined : html`<h3>Collections</h3>\n<dl>${worth}</dl>\n`;
  const from =
    head.from === undefined
      ? undefined
      : html` Variants price what is booked from ${longDayText(head.from)} on; what was booked before stays under the terms of today.`;
  return html`<p>Every variant is a full calculation of the same ledgers, ${isolated(head.config)}, under its own terms; only the terms differ. Closed periods are left aside: these are amounts that would have been paid, not amounts that are due.${from}</p>
<div class="definitions">
${groups}${collected}</div>\n`;
}

/** Every measure of every variant beside today. */
import { type Html, html } from '../pages/html.js';
import { MEASURE_GROUPS, type Measure, type MeasureGroup, shownMeasures } from '../simulate/measure-list.js';
import { measuredOf, type Source } from './columns.js';
import { changedHtml, measureHtml } from './figures.js';
import { type MeasureRow, measureTable } from './measure-table.js';

export function comparisonSection(source: Source): Html {
  const { columns, simulation } = source;
  const shown = shownMeasures(columns.map((column) => measuredOf(source, column, column.side)));
  const groups = (Object.keys(MEASURE_GROUPS) as MeasureGroup[]).map((group) => ({
    title: MEASURE_GROUPS[group],
    rows: shown.filter((measure) => measure.group === group).map((measure) => rowOf(source, measure)),
  }));
  const caption = `Measures of today and of each variant, ${simulation.currency.code}`;
  const note =
    columns.length > 1
      ? html`<p class="note quiet">Below a figure is its difference from today; where there is none, it is the same.</p>\n`
      : undefined;
  return html`${note}${measureTable(caption, simulation.currency.code, columns, groups)}`;
}

function rowOf(source: Source, { id, title, of }: Measure): MeasureRow {
  const { columns, digits } = source;
  const figures = columns.map((column) => of(measuredOf(source, column, column.side)));
  return {
    title,
    cells: figures.map((figure, index) =>
      index === 0 ? measureHtml(figure, digits) : changedHtml(figure, figures[0], digits),
    ),
    isStrong: id === 'paid',
  };
}

/** Measures as rows and variants as columns: each figure, and below it what it changes. */
import { type Html, html, type Interpolated, isolated } from '../pages/html.js';
import { scrolling } from '../pages/table.js';
import { type Column, capitalized, hasRoomBeside } from './columns.js';

/** A row: what it is about, and a cell for each column. */
export interface MeasureRow {
  readonly title: Interpolated;
  readonly cells: readonly Interpolated[];
  readonly isStrong?: boolean;
}

/** Rows about one thing. */
export interface RowGroup {
  readonly title: string;
  readonly rows: readonly MeasureRow[];
}

export function measureTable(
  caption: string,
  first: string,
  columns: readonly Column[],
  groups: readonly RowGroup[],
): Html {
  const headings = columns.map(
    ({ name }) => html`<th scope="col" class="number">${isolated(capitalized(name))}</th>`,
  );
  const bodies = groups
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, rows }) => {
      const heading = html`<tr class="group"><th scope="rowgroup" colspan="${`${columns.length + 1}`}">${title}</th></tr>`;
      return html`<tbody>${heading}\n${rows.map(rowHtml)}</tbody>\n`;
    });
  return scrolling(
    html`<table class="measures${hasRoomBeside(columns)}"><caption class="unseen">${caption}</caption><thead><tr><th scope="col">${first}</th>${headings}</tr></thead>
${bodies}</table>`,
    caption,
  );
}

function rowHtml({ title, cells, isStrong }: MeasureRow): Html {
  const row = html`<th scope="row">${title}</th>${cells.map((cell) => html`<td class="number">${cell}</td>`)}`;
  return isStrong === true ? html`<tr class="strong">${row}</tr>\n` : html`<tr>${row}</tr>\n`;
}

/** Tables of the report: caption, headings with their scope, numbers to the right, a total that is the sum above it. */
import { type Html, html, type Interpolated } from '../pages/html.js';

export interface TableColumn {
  readonly title: string;
  readonly isNumber?: boolean;
}

export interface TableRows {
  /** What the table is about; read out, and shown where `isCaptionSeen`. */
  readonly caption: Interpolated;
  readonly isCaptionSeen?: boolean;
  readonly columns: readonly TableColumn[];
  /** The first cell of each names its row. */
  readonly rows: readonly (readonly Interpolated[])[];
  readonly total?: readonly Interpolated[];
}

/** The table, in a region of its own that scrolls where it is wider than the screen. */
export function tableHtml({ caption, isCaptionSeen, columns, rows, total }: TableRows, label: string): Html {
  const headings = columns.map(({ title, isNumber }) =>
    title === ''
      ? html`<td></td>`
      : isNumber === true
        ? html`<th scope="col" class="number">${title}</th>`
        : html`<th scope="col">${title}</th>`,
  );
  const shown =
    isCaptionSeen === true
      ? html`<caption>${caption}</caption>`
      : html`<caption class="unseen">${caption}</caption>`;
  const foot = total === undefined ? undefined : html`<tfoot>${rowHtml(total, columns)}</tfoot>`;
  return scrolling(
    html`<table>${shown}<thead><tr>${headings}</tr></thead><tbody>${rows.map((row) => rowHtml(row, columns))}</tbody>${foot}</table>`,
    label,
  );
}

/** What may be wider than the screen, in a region that the keyboard reaches. */
export function scrolling(content: Html, label: string): Html {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${label}">${content}</div>\n`;
}

function rowHtml(cells: readonly Interpolated[], columns: readonly TableColumn[]): Html {
  const [name, ...others] = cells;
  const rest = others.map((cell, index) =>
    columns[index + 1]?.isNumber === true ? html`<td class="number">${cell}</td>` : html`<td>${cell}</td>`,
  );
  return html`<tr><th scope="row">${name}</th>${rest}</tr>\n`;
}

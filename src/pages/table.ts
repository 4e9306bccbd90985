/** Tables: caption, headings with their scope, numbers to the right, a total that is the sum above it. */
import { type Html, html, type Interpolated } from './html.js';

export interface TableColumn {
  readonly title: string;
  readonly isNumber?: boolean;
  /** Texts that may take several lines. */
  readonly isLong?: boolean;
  /** Left out on a phone. */
  readonly isWide?: boolean;
  /** Over so many columns of numbers; the cells of all of them follow. */
  readonly span?: number;
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
  const headings = columns.map((column) => {
    const { title, span } = column;
    if (span !== undefined)
      return html`<th scope="colgroup" class="number" colspan="${`${span}`}">${title}</th>`;
    return html`<th scope="col" class="${classOf(column)}">${title}</th>`;
  });
  const kinds = columns.flatMap((column) => Array.from({ length: column.span ?? 1 }, () => column));
  const shown =
    isCaptionSeen === true
      ? html`<caption>${caption}</caption>`
      : html`<caption class="unseen">${caption}</caption>`;
  const foot = total === undefined ? undefined : html`<tfoot>${rowHtml(total, kinds)}</tfoot>`;
  return scrolling(
    html`<table>${shown}<thead><tr>${headings}</tr></thead><tbody>${rows.map((row) => rowHtml(row, kinds))}</tbody>${foot}</table>`,
    label,
    rows.length <= MOST_SHORT,
  );
}

/** Up to this many rows are shown without scrolling. */
const MOST_SHORT = 5;

/** A cell with a note beside its text, or below it where there is no room. */
export function withNote(first: Interpolated, note: Interpolated): Html {
  return html`<span class="nowrap">${first}</span> <span class="beside">${note}</span>`;
}

/** What may be wider than the screen, in a region that the keyboard reaches. */
export function scrolling(content: Html, label: string, isShort = false): Html {
  return html`<div class="scroll${isShort ? ' few' : ''}" role="region" tabindex="0" aria-label="${label}">${content}</div>\n`;
}

function rowHtml(cells: readonly Interpolated[], kinds: readonly TableColumn[]): Html {
  const [name, ...others] = cells;
  const rest = others.map(
    (cell, index) => html`<td class="${classOf(kinds[index + 1] as TableColumn)}">${cell}</td>`,
  );
  return html`<tr><th scope="row">${name}</th>${rest}</tr>\n`;
}

function classOf({ isNumber, isLong, isWide }: TableColumn): string {
  const kind = isNumber === true ? 'number' : isLong === true ? 'long' : 'text';
  return isWide === true ? `${kind} wide` : kind;
}

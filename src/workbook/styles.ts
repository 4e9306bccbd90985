/** How cells look: number formats, headings, and the fill of cells that are for the reader to fill in. */
import type { CellStyle } from 'hucre/xlsx';
import type { Kind } from './sheet.js';

const PANEL = 'F5F7FA';
const EDGE = '7B8794';
const FOR_INPUT = 'FFF6DD';

/** Zero is a dash: half of all amounts are. */
export function moneyFormat(digits: number): string {
  const amount = digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`;
  return `${amount};-${amount};"–"`;
}

/** A cell of a column. */
export function styleOf(kind: Kind, digits: number): CellStyle {
  switch (kind) {
    case 'money':
      return { numFmt: moneyFormat(digits), alignment: { horizontal: 'right' } };
    case 'date':
      return { numFmt: 'yyyy-mm-dd', alignment: { horizontal: 'left' } };
    case 'share':
      return { numFmt: '0.00%' };
    case 'count':
      return { numFmt: '0' };
    case 'number-as-text':
      return { numFmt: '@', alignment: { horizontal: 'right' } };
    case 'text':
      return { numFmt: '@' };
    case 'input':
      return { ...INPUT, numFmt: '@' };
  }
}

export const TITLE: CellStyle = { font: { bold: true } };

export const INPUT: CellStyle = { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: FOR_INPUT } } };

export const WRAPPED: CellStyle = { numFmt: '@', alignment: { wrapText: true, vertical: 'top' } };

/** A heading stands over its column as the column's cells do. */
export function headingStyle(kind: Kind): CellStyle {
  const isText = kind === 'text' || kind === 'input' || kind === 'date';
  return {
    font: { bold: true },
    fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: PANEL } },
    border: { bottom: { style: 'thin', color: { rgb: EDGE } } },
    alignment: { horizontal: isText ? 'left' : 'right', vertical: 'top' },
  };
}

/** Totals, and others that stand out. */
export function strong(style: CellStyle): CellStyle {
  return { ...style, font: { bold: true } };
}

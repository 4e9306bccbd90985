/** How cells look: number formats, headings, and the shade of cells for the reader to fill in. */
import type { CellStyle } from 'hucre/xlsx';
import type { Kind } from './sheet.js';

const PANEL = 'F5F7FA';
const EDGE = '7B8794';
const FOR_INPUT = 'FFF6DD';

/** The font of all other cells in bold; name and size must be repeated. */
const BOLD = { name: 'Calibri', size: 11, bold: true } as const;

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
    case 'number':
      return { numFmt: 'General' };
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

export const TITLE: CellStyle = { font: BOLD };

export const INPUT: CellStyle = { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: FOR_INPUT } } };

/** Text on the right of a number. */
export const APART: CellStyle = { numFmt: '@', alignment: { horizontal: 'left', indent: 1 } };

/** A heading is aligned like the cells of its column. */
export function headingStyle(kind: Kind): CellStyle {
  const isText = kind === 'text' || kind === 'input' || kind === 'date';
  return {
    font: BOLD,
    fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: PANEL } },
    border: { bottom: { style: 'thin', color: { rgb: EDGE } } },
    alignment: { horizontal: isText ? 'left' : 'right', vertical: 'top' },
  };
}

/** Totals, and other cells in bold. */
export function strong(style: CellStyle): CellStyle {
  return { ...style, font: BOLD };
}

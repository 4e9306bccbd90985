/** The cells of a sheet that the writer of workbooks lays out: titles, headings, totals and short sheets. */
import { type Cell, type CellStyle, colToLetter } from 'hucre/xlsx';
import { codedText, fits } from './cell.js';

/** A figure with the formula that a spreadsheet computes it by, and what it comes to. */
export interface Formula {
  readonly formula: string;
  /** A plain decimal, or text. */
  readonly value: string;
}

/** Cells by row and column, both from 1 as a spreadsheet counts. */
export class Grid {
  readonly cells = new Map<string, Partial<Cell>>();

  /** Text that stays text whatever it looks like. */
  text(row: number, column: number, text: string, style: CellStyle): void {
    // As a run of rich text, which is never read as an error value such as #N/A.
    const richText = [{ text: codedText(text) }];
    this.#set(row, column, text === '' ? { value: null, style } : { richText, style });
  }

  /** A plain decimal; as text where it has more digits than a spreadsheet counts with. */
  number(row: number, column: number, decimal: string, style: CellStyle): void {
    if (fits(decimal)) this.#set(row, column, { value: Number(decimal), style });
    else this.text(row, column, decimal, style);
  }

  /** A number that is computed; as text where a spreadsheet cannot count that far. */
  formula(row: number, column: number, { formula, value }: Formula, style: CellStyle): void {
    if (!fits(value)) this.text(row, column, value, style);
    else this.#set(row, column, { formula, formulaResult: Number(value), style });
  }

  /** A text that is computed. */
  words(row: number, column: number, { formula, value }: Formula, style: CellStyle): void {
    this.#set(row, column, { formula, formulaResult: value, style });
  }

  blank(row: number, column: number, style: CellStyle): void {
    this.#set(row, column, { value: null, style });
  }

  #set(row: number, column: number, cell: Partial<Cell>): void {
    this.cells.set(`${row - 1},${column - 1}`, cell);
  }
}

/** `C7`, counted from 1. */
export function cellName(row: number, column: number): string {
  return `${colToLetter(column - 1)}${row}`;
}

/** A stretch of one column: `C4:C90`. */
export function rangeName(column: number, from: number, to: number): string {
  return `${cellName(from, column)}:${cellName(to, column)}`;
}

/** The name of a sheet as formulas write it. */
export function inFormulas(sheet: string): string {
  return /^[A-Za-z]+$/.test(sheet) ? sheet : `'${sheet}'`;
}

/** The width of a column, in characters, for what is in it. */
export function widthFor(characters: number): number {
  return Math.min(60, Math.max(8, Math.ceil(characters) + 2));
}

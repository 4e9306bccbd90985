/** Reads a workbook back: its cells by a second library, its formulas as they stand, and what these come to. */
import { unzipSync } from 'fflate';
import readWorkbook from 'read-excel-file/node';

export type Cell = string | number | boolean | Date | null;

export interface Workbook {
  readonly names: readonly string[];
  /** The cells of a sheet as the second library reads them. */
  readonly rows: (sheet: string) => readonly (readonly Cell[])[];
  /** By the cell's name. */
  readonly formulas: (sheet: string) => ReadonlyMap<string, string>;
  /** The XML of a sheet. */
  readonly xml: (sheet: string) => string;
  /** What a formula comes to, worked out from the cells as they were read. */
  readonly evaluated: (sheet: string, formula: string) => Cell;
  readonly cell: (sheet: string, name: string) => Cell;
}

export async function workbookAt(path: string, bytes: Uint8Array): Promise<Workbook> {
  const sheets = new Map(
    (await readWorkbook(path, { trim: false })).map(({ sheet, data }) => [sheet, data as Cell[][]]),
  );
  const names = [...sheets.keys()];
  const files = unzipSync(bytes);
  const xml = (sheet: string) =>
    new TextDecoder().decode(files[`xl/worksheets/sheet${names.indexOf(sheet) + 1}.xml`]);
  const formulas = (sheet: string) =>
    new Map(
      [...xml(sheet).matchAll(/<c r="([A-Z]+\d+)"[^>]*><f>([^<]*)<\/f>/g)].map(([, name, formula]) => [
        name as string,
        plain(formula as string),
      ]),
    );
  const rows = (sheet: string) => {
    const found = sheets.get(sheet);
    if (found === undefined) throw new Error(`no sheet ${sheet}`);
    return found;
  };
  const cell = (sheet: string, name: string): Cell => {
    const [, letters, row] = /^\$?([A-Z]+)\$?(\d+)$/.exec(name) as unknown as [string, string, string];
    return rows(sheet)[Number(row) - 1]?.[columnOf(letters)] ?? null;
  };
  const range = (sheet: string, from: string, to: string): Cell[] => {
    const [start, end] = [placeOf(from), placeOf(to)];
    const cells: Cell[] = [];
    for (let row = start.row; row <= end.row; row += 1) {
      for (let at = start.column; at <= end.column; at += 1) cells.push(rows(sheet)[row]?.[at] ?? null);
    }
    return cells;
  };
  const evaluated = (sheet: string, formula: string) => evaluate(formula, sheet, { cell, range });
  return { names, rows, formulas, xml, evaluated, cell };
}

function plain(xml: string): string {
  return xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function columnOf(letters: string): number {
  return [...letters].reduce((all, letter) => all * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function placeOf(name: string): { readonly row: number; readonly column: number } {
  const [, letters, row] = /^([A-Z]+)(\d+)$/.exec(name) as unknown as [string, string, string];
  return { row: Number(row) - 1, column: columnOf(letters) };
}

interface Cells {
  readonly cell: (sheet: string, name: string) => Cell;
  readonly range: (sheet: string, from: string, to: string) => Cell[];
}

type Value = Cell | readonly Cell[];

const TOKEN =
  /\s*(?:("(?:[^"]|"")*")|(\d+(?:\.\d+)?)|(?:('[^']+'|[A-Za-z]+)!)?([A-Z]{1,3}\d+)(?::([A-Z]{1,3}\d+))?(?![A-Z(])|([A-Z]+)\(|(--|[-+*&=(),]))/y;

/** The few functions that the workbook uses, worked out as a spreadsheet does: sums pass over text. */
function evaluate(formula: string, sheet: string, { cell, range }: Cells): Cell {
  TOKEN.lastIndex = 0;
  let token = next();
  const value = comparison();
  if (token !== undefined) throw new Error(`${formula} goes on at ${token[0]}`);
  return scalar(value);

  function next(): RegExpExecArray | undefined {
    if (TOKEN.lastIndex >= formula.length) return undefined;
    const found = TOKEN.exec(formula);
    if (found === null) throw new Error(`${formula} cannot be read`);
    return found;
  }
  function take(): RegExpExecArray {
    const taken = token as RegExpExecArray;
    token = next();
    return taken;
  }
  function isNext(...signs: readonly string[]): boolean {
    return token?.[7] !== undefined && signs.includes(token[7]);
  }
  function comparison(): Value {
    const left = joined();
    if (!isNext('=')) return left;
    take();
    const right = scalar(joined());
    return Array.isArray(left) ? left.map((one) => one === right) : left === right;
  }
  function joined(): Value {
    let left = sum();
    while (isNext('&')) {
      take();
      left = `${scalar(left)}${scalar(sum())}`;
    }
    return left;
  }
  function sum(): Value {
    let left = isNext('-') ? 0 : factor();
    while (isNext('+', '-')) {
      const sign = take()[7] === '+' ? 1 : -1;
      left = Number(scalar(left)) + sign * Number(scalar(factor()));
    }
    return left;
  }
  function factor(): Value {
    const [, text, number, of, from, to, name, sign] = take();
    if (text !== undefined) return text.slice(1, -1).replaceAll('""', '"');
    if (number !== undefined) return Number(number);
    if (from !== undefined) {
      const own = of?.replace(/^'|'$/g, '') ?? sheet;
      return to === undefined ? cell(own, from) : range(own, from, to);
    }
    if (sign === '--') {
      const flags = factor();
      return Array.isArray(flags) ? flags.map(Number) : Number(flags);
    }
    const args: Value[] = [];
    for (;;) {
      args.push(comparison());
      if (!isNext(',')) break;
      take();
    }
    take();
    return name === undefined ? (args[0] as Value) : call(name, args);
  }
}

function scalar(value: Value): Cell {
  return Array.isArray(value) ? ((value as readonly Cell[])[0] ?? null) : (value as Cell);
}

function call(name: string, args: readonly Value[]): Value {
  const list = (at: number): readonly Cell[] => [args[at] ?? null].flat() as readonly Cell[];
  const add = (cells: readonly Cell[]) =>
    cells.reduce<number>((all, one) => all + (typeof one === 'number' ? one : 0), 0);
  switch (name) {
    case 'SUM':
      return add(args.flat() as readonly Cell[]);
    case 'SUBTOTAL':
      return add(list(1));
    case 'SUMIFS':
      return add(list(0).filter((_, at) => list(1)[at] === scalar(args[2] as Value)));
    case 'SUMPRODUCT':
      return list(0).reduce<number>((all, one, at) => all + Number(one) * add([list(1)[at] ?? null]), 0);
    case 'COUNTA':
      return (args.flat() as readonly Cell[]).filter((one) => one !== null).length;
    case 'COUNTIF':
      return list(0).filter((one) => one === scalar(args[1] as Value)).length;
    case 'ROUND': {
      const unit = 10 ** Number(scalar(args[1] as Value));
      return Math.round(Number(scalar(args[0] as Value)) * unit) / unit;
    }
    case 'ISNUMBER':
      return typeof scalar(args[0] as Value) === 'number';
    case 'IF':
      return scalar(args[0] as Value) === true ? (args[1] as Value) : (args[2] as Value);
    default:
      throw new Error(`no function ${name}`);
  }
}

/** The columns of a table by the spec of its ledger, if no required cell is blank. */
import type { ColumnSpec, LedgerSpec } from '../../ledger-specs/spec.js';
import type { Texts } from '../../texts.js';
import { type LedgerTable, NO_DAY } from './ledger-table.js';

/** The columns of a ledger by name; only those may be missing that a row may leave blank. */
export type ColumnsOf<Spec extends LedgerSpec> = Spec extends LedgerSpec
  ? { readonly length: number; readonly scale: number } & {
      readonly [Name in keyof Spec['columns']]:
        | ColumnOf<Spec['columns'][Name]['kind']>
        | (IsFilled<Spec['columns'][Name]> extends true ? never : undefined);
    }
  : never;

type ColumnOf<Kind extends ColumnSpec['kind']> = Kind extends 'date'
  ? Int32Array
  : Kind extends 'amount'
    ? Float64Array
    : Texts;

type IsFilled<Column extends ColumnSpec> = Column extends { readonly needed: true }
  ? Column extends { readonly unless: string }
    ? false
    : true
  : false;

/** The columns of a table; undefined where a cell is blank that is needed, so that the rows are read one by one. */
export function findColumns<Spec extends LedgerSpec>(
  spec: Spec,
  table: LedgerTable,
): ColumnsOf<Spec> | undefined {
  const { length, scale } = table;
  const columns: Record<string, number | Column> = { length, scale };
  for (const [name, { kind, needed, unless }] of Object.entries(spec.columns)) {
    const column = columnOf(table, name, kind);
    const instead = unless === undefined ? undefined : table.texts[unless];
    if (needed === true && !isFilledOr(column, instead, length)) return undefined;
    if (column !== undefined) columns[name] = column;
  }
  return columns as ColumnsOf<Spec>;
}

type Column = Texts | Int32Array | Float64Array;

function columnOf(table: LedgerTable, name: string, kind: ColumnSpec['kind']): Column | undefined {
  if (kind === 'date') return table.days[name];
  return kind === 'amount' ? table.amounts[name] : table.texts[name];
}

/** Whether each row has a cell in the column, or in the one that may be filled instead. */
function isFilledOr(column: Column | undefined, instead: Texts | undefined, length: number): boolean {
  if (column === undefined) return instead !== undefined && isFilled(instead);
  if (column instanceof Int32Array) return !column.includes(NO_DAY);
  if (column instanceof Float64Array) return isNumbered(column);
  if (instead === undefined) return isFilled(column);
  for (let at = 0; at < length; at += 1) if (column.isBlank(at) && instead.isBlank(at)) return false;
  return true;
}

/** Whether no amount is blank. */
export function isNumbered(column: Float64Array): boolean {
  for (let at = 0; at < column.length; at += 1) if (Number.isNaN(column[at])) return false;
  return true;
}

/** Whether no text is blank. */
export function isFilled(texts: Texts): boolean {
  for (let at = 0; at < texts.length; at += 1) if (texts.isBlank(at)) return false;
  return true;
}

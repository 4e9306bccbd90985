/** The columns of an export that nothing is read from: those with dates and amounts first, since one may be missed. */
import { bareName } from '../header-names.js';
import type { PeriodColumn } from '../period-columns.js';
import { AMOUNT_HEADING, DATE_HEADING } from '../unused-columns.js';
import type { FoundColumns } from './columns.js';
import { dateFormatsOf } from './dates.js';
import type { KnownLayout } from './known-layouts.js';
import { numberFormatOf } from './numbers.js';
import type { RowTypes } from './row-types.js';
import type { Row } from './rows.js';
import * as say from './wording.js';

/** The positions of the columns that the proposal reads. */
export function usedPlaces(
  header: Row,
  found: FoundColumns,
  types: RowTypes | undefined,
  layout: KnownLayout | undefined,
  periods: readonly PeriodColumn[],
  made: readonly number[],
): ReadonlySet<number> {
  const conditions = Object.keys((layout?.layout.mapping['where'] ?? {}) as object).map(bareName);
  return new Set([
    ...[...found.values()].map(({ at }) => at),
    ...(types === undefined ? [] : [types.at]),
    ...periods.map(({ at }) => at),
    ...made,
    ...header.flatMap((name, at) => (conditions.includes(bareName(name)) ? [at] : [])),
  ]);
}

/** A column that nothing is read from. */
export interface UnusedColumn {
  /** As comp.yaml would name it. */
  readonly name: string;
  readonly kind: 'dates' | 'amounts' | undefined;
}

/** The unused columns with anything in them, dates and amounts first. */
export function unusedIn(header: Row, records: readonly Row[], used: ReadonlySet<number>): UnusedColumn[] {
  const unused = header.flatMap((name, at): UnusedColumn[] => {
    if (used.has(at)) return [];
    const values = records.map((record) => (record[at] ?? '').trim()).filter((value) => value !== '');
    if (values.length === 0 && records.length > 0) return [];
    return [{ name: name === '' ? say.column(at + 1) : name, kind: kindOf(name, values) }];
  });
  return (['dates', 'amounts', undefined] as const).flatMap((kind) =>
    unused.filter((column) => column.kind === kind),
  );
}

/** A column as a person reads it: `Due Date/Receive By (dates)`. */
export function titleOf({ name, kind }: UnusedColumn): string {
  return kind === undefined ? name : `${name} (${kind})`;
}

function kindOf(name: string, values: readonly string[]): UnusedColumn['kind'] {
  if (values.length === 0) return undefined;
  const dates = dateFormatsOf(values);
  // A number that Excel would count as a day is one only under a heading that says so.
  const isCount = values.every((value) => /^\d+$/.test(value)) && !DATE_HEADING.test(name);
  if (!isCount && (dates.kind === 'found' || dates.kind === 'ambiguous')) return 'dates';
  const numbers = numberFormatOf(values, undefined);
  const isNumber = numbers.kind === 'found' || numbers.kind === 'ambiguous';
  // A number without decimals may be an id.
  return isNumber && (AMOUNT_HEADING.test(name) || values.some((value) => /[.,]\d{2}\D*$/.test(value)))
    ? 'amounts'
    : undefined;
}

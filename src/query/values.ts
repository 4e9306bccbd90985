/** The values of a query's result as exact text. */
import type * as DuckDb from '@duckdb/node-api';

const PLAIN = [
  'BOOLEAN',
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'HUGEINT',
  'UTINYINT',
  'USMALLINT',
  'UINTEGER',
  'UBIGINT',
  'UHUGEINT',
  'DECIMAL',
  'FLOAT',
  'DOUBLE',
  'VARCHAR',
  'ENUM',
  'DATE',
  'TIMESTAMP',
  'TIMESTAMP_TZ',
] as const satisfies readonly (keyof typeof DuckDb.DuckDBTypeId)[];

/** Whether values of the type are written here; DuckDB writes the others, such as lists. */
export function isPlain(type: DuckDb.DuckDBType, { DuckDBTypeId }: typeof DuckDb): boolean {
  return PLAIN.some((name) => DuckDBTypeId[name] === type.typeId);
}

/** The values of a column of a plain type, or of one that DuckDB has cast to text. */
export function textsOf(vector: DuckDb.DuckDBVector, duckDb: typeof DuckDb): string[] {
  const texts: string[] = [];
  for (let row = 0; row < vector.itemCount; row += 1) texts.push(textOf(vector.getItem(row), duckDb));
  return texts;
}

function textOf(value: DuckDb.DuckDBValue, duckDb: typeof DuckDb): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  const { DuckDBDateValue, DuckDBTimestampTZValue, DuckDBTimestampValue } = duckDb;
  // The package writes the two infinite dates as days millions of years away,
  if (value instanceof DuckDBDateValue && value.days === DuckDBDateValue.PosInf.days) return 'infinity';
  if (value instanceof DuckDBDateValue && value.days === DuckDBDateValue.NegInf.days) return '-infinity';
  // and times with a zone in the zone of the computer.
  if (value instanceof DuckDBTimestampTZValue) return String(new DuckDBTimestampValue(value.micros));
  return String(value);
}

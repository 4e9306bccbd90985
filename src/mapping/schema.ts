/** The shape of a mapping in comp.yaml (zod). */
import { z } from 'zod';
import { findDay, ISO } from '../day.js';
import { EXCEL, hasTime, isDateFormat, isShortYear, isTimezone } from '../formats/date-format.js';
import { findNumberFormat } from '../formats/number-format.js';
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import type { ColumnKind } from '../ledger-specs/spec.js';
import { findPlain } from '../money.js';
import { refuse } from '../problems/schema-issues.js';
import type { ColumnSource, Condition, Header, LineRule, SignByType } from './mapping.js';

const filled = z.string().trim().min(1);
const list = z.array(filled).min(1);

/** A value of a cell; YAML reads some as numbers or booleans. */
const value = z.union([filled, z.number(), z.boolean()]).transform(String);

/** One, or a list. */
const some = z
  .union([value, z.array(value).min(1)])
  .transform((written): readonly string[] => (typeof written === 'string' ? [written] : written));

const header: z.ZodType<Header, string | number> = z
  .union([filled, z.int().min(1)])
  .describe('A column of the file: its name in the header, or its position, starting at 1.');

const headers = z
  .union([header, z.array(header).min(1)])
  .transform((written): readonly Header[] => (Array.isArray(written) ? written : [written]));

const NO_SOURCE: ColumnSource = { from: [], join: false, numbered: false, plus: [], minus: [] };

const columnSource = z
  .union([
    headers,
    z.strictObject({
      from: headers.describe('The column, or several names of which the file has one.').optional(),
      join: z
        .array(header)
        .min(1)
        .describe('Columns whose cells are joined with spaces to make the value.')
        .optional(),
      numbered: z.boolean().describe('Add #2, #3 to equal values, for exports without ids.').optional(),
      plus: headers.describe('Columns to add to the amount.').optional(),
      minus: headers.describe('Columns to subtract from the amount.').optional(),
      after: z.string().min(1).describe('Use only the part of the cell after this text.').optional(),
      before: z.string().min(1).describe('Use only the part of the cell before this text.').optional(),
    }),
  ])
  .transform((written, context): ColumnSource => {
    if (Array.isArray(written)) return { ...NO_SOURCE, from: written };
    const { from, join, numbered, plus, minus, after, before } = written as Exclude<
      typeof written,
      readonly Header[]
    >;
    if ((from === undefined) === (join === undefined)) {
      return refuse(context, 'missing-key', {
        key: 'from',
        expected: 'either from (one column) or join (a list of columns)',
      });
    }
    return {
      from: from ?? (join as readonly Header[]),
      join: join !== undefined,
      numbered: numbered === true,
      plus: plus ?? [],
      minus: minus ?? [],
      after,
      before,
    };
  })
  .describe('Where the column comes from: a header, several possible headers, a position, or more options.');

/** Like {@link some}, with an empty cell among the values. */
const any = z.union([z.string(), z.number(), z.boolean()]).transform((written) => String(written).trim());
const known = z
  .union([any, z.array(any)])
  .transform((written): readonly string[] => (typeof written === 'string' ? [written] : written));

const condition = z
  .union([
    some,
    z.strictObject({
      from: headers
        .describe('The column, or several names of which the file has one; default the key itself.')
        .optional(),
      in: some.describe('One of these.').optional(),
      not: some.describe('None of these.').optional(),
      contains: some.describe('Contains one of these.').optional(),
      empty: z.boolean().optional(),
      others: known
        .describe('The values of the rows to leave out; a value that is listed nowhere is then a fault.')
        .optional(),
      optional: z.boolean().describe('The values need not be in the file.').optional(),
    }),
  ])
  .transform((written): Condition => {
    if (Array.isArray(written)) return { in: written, optional: false };
    const { optional, ...rest } = written as Exclude<typeof written, readonly string[]>;
    return { ...rest, optional: optional === true };
  })
  .describe('Which rows are records: a value, a list of values, or {in, not, contains, empty, others}.');

const SIGNS = ['flip', 'positive', 'negative'] as const;

const sign = z
  .union([
    z.enum(SIGNS),
    z
      .strictObject({
        by: header.describe('The column with the kind of row.'),
        flip: some.optional(),
        positive: some.optional(),
        negative: some.optional(),
        keep: some.describe('Kinds of row whose amounts are right as written.').optional(),
      })
      .transform(
        ({ by, flip, positive, negative, keep }): SignByType => ({
          by,
          flip: flip ?? [],
          positive: positive ?? [],
          negative: negative ?? [],
          keep: keep ?? [],
        }),
      ),
  ])
  .describe('The sign of amounts: for all rows, or by kind of row.');

const dateFormat = z.string().transform((found, context) =>
  isDateFormat(found)
    ? found
    : refuse(context, 'wrong-value', {
        found,
        expected: `a date format such as YYYY-MM-DD, DD/MM/YYYY, M/D/YYYY or D MMM YYYY, or excel for days as Excel counts them${didYouMean(found)}`,
      }),
);

/** A format in the letters of another program: `mm/dd/yyyy`, `dd.MM.yyyy`. */
function didYouMean(found: string): string {
  const format = found
    .replace(/m{3,4}/gi, (letters) => letters.toUpperCase())
    .replace(/[ymd]+/gi, (letters) => letters.toUpperCase())
    .replace(/^excel.*$|^serial.*$/i, EXCEL);
  return format !== found && isDateFormat(format) ? `. Did you mean ${format}?` : '';
}

const dateFormats = z
  .union([dateFormat, z.array(dateFormat).min(1)])
  .transform((written): readonly string[] => (typeof written === 'string' ? [written] : written))
  .describe('How dates are written, as one or more formats: DD/MM/YYYY, or excel for 45678. Read strictly.');

const numberFormat = z
  .string()
  .transform((found, context) =>
    findNumberFormat(found) === undefined
      ? refuse(context, 'wrong-value', {
          found,
          expected: 'an example in the format of the file: 1,234.56, 1.234,56 or 1 234,56',
        })
      : found,
  )
  .describe('How numbers are written: "1,234.56", "1.234,56", "1 234,56".');

const timezone = z
  .string()
  .transform((found, context) =>
    isTimezone(found)
      ? found
      : refuse(context, 'wrong-value', { found, expected: 'a time zone such as America/New_York' }),
  )
  .describe("The company's time zone, where the file has times in UTC.");

const century = z
  .int()
  .transform((found, context) =>
    [1900, 2000, 2100].includes(found)
      ? found
      : refuse(context, 'wrong-value', { found: `${found}`, expected: '1900, 2000 or 2100' }),
  )
  .describe('The century of two-digit years: 2000 makes 26 the year 2026.');

const text = z.union([z.string(), z.number(), z.boolean()]).transform((written) => String(written).trim());

/** YAML reads NULL without quotes as null. */
const nullValue = z
  .union([z.string(), z.number(), z.null()])
  .transform((written) => (written === null ? 'null' : String(written).trim()));

const snapshot = z.boolean().describe('The file has the amount paid to date on each invoice.').optional();

/** The keys of a mapping in comp.yaml, for one ledger. */
export function mappingShape(name: LedgerName) {
  const { columns } = LEDGER_COLUMNS[name];
  const byColumn = <Value extends z.ZodType>(value: Value) =>
    z.strictObject(Object.fromEntries(columns.map((column) => [column.name, value.optional()])));
  return {
    header: list.describe('The column names, for a file without a header row.').optional(),
    columns: byColumn(columnSource).describe("The file's header for each of our column names.").optional(),
    constants: byColumn(text).describe('Values that are the same in every row.').optional(),
    dateFormat: dateFormats.optional(),
    century: century.optional(),
    timezone: timezone.optional(),
    numberFormat: numberFormat.optional(),
    cents: z.boolean().describe('Amounts are whole cents.').optional(),
    sign: sign.optional(),
    nullValues: z.array(nullValue).min(1).describe('Texts that mean an empty cell: NULL, n/a.').optional(),
    values: byColumn(z.record(z.string(), text))
      .describe('Our values for the values in the file, by our column names.')
      .optional(),
    where: z
      .record(z.string(), condition)
      .describe('Which rows are records, by header of the file.')
      .optional(),
    lines: byColumn(z.enum(['sum', 'same', 'first'] satisfies LineRule[]))
      .describe('Combine the lines of one document into one row: per column sum, same or first.')
      .optional(),
    notRecords: list
      .describe('Patterns for the first filled cell of rows that are not records: "Total *".')
      .optional(),
    totalRow: filled
      .describe("The pattern of the row with the report's own total, which must equal the sum of the rows.")
      .optional(),
    ...((name === 'payments' ? { snapshot } : {}) as { snapshot: typeof snapshot }),
    skipEmpty: z
      .boolean()
      .describe('Leave out rows whose date or amount is empty, and count them.')
      .optional(),
  };
}

interface ColumnKeys {
  readonly columns?: Readonly<Record<string, ColumnSource | undefined>> | undefined;
  readonly constants?: Readonly<Record<string, unknown>> | undefined;
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>> | undefined>> | undefined;
  readonly lines?: Readonly<Record<string, LineRule | undefined>> | undefined;
  readonly skipEmpty?: boolean | undefined;
}

/** Adds a fault for each key that does nothing for its column, or beside another key. */
export function checkColumns(
  name: LedgerName,
  { columns, constants, values, lines, skipEmpty }: ColumnKeys,
  context: z.core.$RefinementCtx,
): void {
  const ledger = LEDGER_COLUMNS[name];
  const isAmount = (column: string) =>
    ledger.columns.some((one) => one.name === column && one.kind === 'amount');
  const refuseUnused = (path: readonly string[], reason: string) => {
    const key = path.at(-1) as string;
    refuse(context, 'unused-key', { key, reason: `${reason}, so ${key} has no effect.` }, [...path]);
  };
  for (const [column, source] of Object.entries(columns ?? {})) {
    if (source === undefined) continue;
    if (constants?.[column] !== undefined) {
      refuseUnused(['columns', column], `constants sets ${column} in every row`);
    }
    for (const key of ['plus', 'minus'] as const) {
      if (source[key].length > 0 && !isAmount(column))
        refuseUnused(['columns', column, key], 'Only amounts can be added up');
    }
    for (const key of ['after', 'before'] as const) {
      if (source[key] !== undefined && source.join)
        refuseUnused(['columns', column, key], 'Joined cells are used in full');
    }
    if (source.numbered && lines !== undefined) {
      const reason = 'With lines, rows with the same id are lines of one document';
      refuseUnused(['columns', column, 'numbered'], reason);
    }
  }
  for (const column of Object.keys(values ?? {})) {
    if (values?.[column] === undefined) continue;
    if (isAmount(column)) refuseUnused(['values', column], 'An amount is read as a number');
    else if (constants?.[column] !== undefined)
      refuseUnused(['values', column], `constants sets ${column} in every row`);
  }
  for (const { name: column, kind } of ledger.columns) {
    const written = constants?.[column];
    if (typeof written === 'string') checkWritten(kind, written, ['constants', column], context);
    for (const [written, meant] of Object.entries(values?.[column] ?? {}))
      checkWritten(kind, meant, ['values', column, written], context);
  }
  for (const [column, rule] of Object.entries(lines ?? {})) {
    if (rule !== 'sum' || isAmount(column)) continue;
    const expected = 'same or first, because only amounts can be added up';
    refuse(context, 'wrong-value', { found: 'sum', expected }, ['lines', column]);
  }
  if (skipEmpty === true && ledger.amount === undefined && ledger.date === undefined)
    refuseUnused(['skipEmpty'], 'This ledger has neither an amount nor a date of its own');
}

/** Values in comp.yaml are written as in R2.1, not in the formats of the file. */
function checkWritten(kind: ColumnKind, found: string, path: string[], context: z.core.$RefinementCtx): void {
  const isDate = kind === 'date' && findDay(found) === undefined;
  const isNumber = kind === 'amount' && findPlain(found) === undefined;
  if (found === '' || (!isDate && !isNumber)) return;
  const expected = isDate
    ? `a date as ${ISO}: formats only apply to cells of the file`
    : 'a number such as 1234.56: formats only apply to cells of the file';
  refuse(context, 'wrong-value', { found, expected }, path);
}

interface DateKeys {
  readonly dateFormat?: readonly string[] | undefined;
  readonly century?: number | undefined;
  readonly timezone?: string | undefined;
}

/** Adds a fault for each key that needs another: two-digit years need a century, a time zone needs times. */
export function checkDates(
  { dateFormat, century, timezone }: DateKeys,
  context: z.core.$RefinementCtx,
): void {
  const formats = dateFormat ?? [];
  const short = formats.find(isShortYear);
  if (short !== undefined && century === undefined) {
    const expected = `the century of the two-digit years of ${short}, such as 2000`;
    refuse(context, 'missing-key', { key: 'century', expected }, ['century']);
  }
  if (short === undefined && century !== undefined) {
    const reason = 'No dateFormat has two-digit years (YY), so century has no effect.';
    refuse(context, 'unused-key', { key: 'century', reason }, ['century']);
  }
  if (timezone !== undefined && !formats.some(hasTime)) {
    const reason = 'No dateFormat has a time of day (HH:mm), so timezone has no effect.';
    refuse(context, 'unused-key', { key: 'timezone', reason }, ['timezone']);
  }
}

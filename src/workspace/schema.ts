/** The shape of comp.yaml: the terms, and which file is which ledger (zod); and the JSON Schema made from it. */
import { z } from 'zod';
import { isDateFormat } from '../day.js';
import { LEDGER_COLUMNS } from '../engine/r2-ledgers/columns.js';
import { findNumberFormat } from '../money.js';
import { termsShape } from '../plans/schema.js';
import { LEDGER_NAMES, type LedgerName } from '../problems/place.js';
import { refuse } from '../problems/schema-issues.js';

/** Where a ledger is and how its file is written. */
export interface LedgerSource {
  /** Relative to comp.yaml. */
  readonly file: string;
  readonly columns: Readonly<Record<string, string | undefined>>;
  readonly dateFormat?: string;
  readonly numberFormat?: string;
  readonly skipEmpty?: boolean;
}

const path = z.string().trim().min(1);

const dateFormat = z
  .string()
  .transform((found, context) =>
    isDateFormat(found)
      ? found
      : refuse(context, 'wrong-value', {
          found,
          expected: 'a date format such as YYYY-MM-DD, DD/MM/YYYY or M/D/YYYY',
        }),
  )
  .meta({ description: 'How dates are written, as a dayjs format: DD/MM/YYYY. Parsed strictly.' });

const numberFormat = z
  .string()
  .transform((found, context) =>
    findNumberFormat(found) === undefined
      ? refuse(context, 'wrong-value', {
          found,
          expected: '1,234.56 or 1.234,56, written with the signs of the file',
        })
      : found,
  )
  .meta({ description: 'The decimal and thousands signs: "1,234.56" or "1.234,56".' });

function ledgerSchema(name: LedgerName) {
  const columns = Object.fromEntries(
    LEDGER_COLUMNS[name].columns.map((column) => [column.name, z.string().trim().min(1).optional()]),
  );
  const mapped = z.strictObject({
    file: path.describe('The path of the file, relative to comp.yaml.'),
    columns: z.strictObject(columns).describe("Our column names to the file's headers.").optional(),
    dateFormat: dateFormat.optional(),
    numberFormat: numberFormat.optional(),
    skipEmpty: z.boolean().describe('Leave out, and count, rows whose date or amount is empty.').optional(),
  });
  return z.union([path, mapped]);
}

const ledgersShape = Object.fromEntries(
  LEDGER_NAMES.map((name) => [
    name,
    name === 'invoices' ? ledgerSchema(name) : ledgerSchema(name).optional(),
  ]),
) as Record<LedgerName, ReturnType<typeof ledgerSchema>>;

/** The `ledgers` of comp.yaml. */
export const ledgersSchema: z.ZodType<
  Partial<Record<LedgerName, z.output<ReturnType<typeof ledgerSchema>>>>
> = z.strictObject(ledgersShape);

/** The JSON Schema of comp.yaml, for editors. */
export function workspaceJsonSchema(): Record<string, unknown> {
  const whole = z.strictObject({
    ...termsShape,
    ledgers: z.strictObject(ledgersShape).describe('Which file is which ledger.'),
  });
  const { $schema, ...rest } = z.toJSONSchema(whole, { io: 'input' });
  return {
    $schema,
    title: 'comp.yaml',
    description:
      'A workspace of comp: the terms of commission plans and the ledgers they are worked out from.',
    ...rest,
  };
}

/** A ledger as comp.yaml says it, in one form. */
export function sourceOf(said: z.output<ReturnType<typeof ledgerSchema>>): LedgerSource {
  if (typeof said === 'string') return { file: said, columns: {} };
  const { file, columns, dateFormat, numberFormat, skipEmpty } = said;
  return {
    file,
    columns: columns ?? {},
    ...(dateFormat === undefined ? {} : { dateFormat }),
    ...(numberFormat === undefined ? {} : { numberFormat }),
    ...(skipEmpty === undefined ? {} : { skipEmpty }),
  };
}

/** The JSON Schemas of results and closes as JSON, made from the columns of the result files. */
import type { Result } from '../engine/result.js';
import * as tables from '../ledgers/tables.js';

type Schema = Readonly<Record<string, unknown>>;

const CURRENCY: Result['currency'] = { code: 'USD', digits: 2 };
const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/** What a cell of each kind is as text; a blank one is ''. */
const CELLS: Readonly<Record<tables.ColumnKind, Schema>> = {
  text: { type: 'string' },
  date: { type: 'string', pattern: '^(\\d{4}-\\d{2}-\\d{2})?$' },
  count: { type: 'string', pattern: '^\\d*$' },
  number: { type: 'string', pattern: '^(-?\\d+(\\.\\d+)?)?$' },
  share: { type: 'string', pattern: '^(-?\\d+\\.\\d{4})?$' },
  amount: { type: 'string', pattern: '^(-?\\d+(\\.\\d+)?)?$' },
  balance: { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' },
};

const DAY: Schema = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const TEXT: Schema = { type: 'string' };

/** The schema of {@link resultToJson}, and of `comp calc --json`, which has more keys. */
export function resultSchema(): Schema {
  return {
    $schema: DIALECT,
    title: 'A result of clawback',
    type: 'object',
    required: [
      'format',
      'version',
      'asOf',
      'payPeriod',
      'currency',
      'quarters',
      'attainment',
      'exceptions',
      'controls',
    ],
    properties: {
      format: { const: 'clawback-result' },
      version: { const: 1 },
      asOf: DAY,
      payPeriod: TEXT,
      state: { type: 'object' },
      currency: TEXT,
      quarters: rowsOf(tables.quartersTable({ quarters: [], currency: CURRENCY })),
      attainment: rowsOf(tables.attainmentTable({ attainments: [], currency: CURRENCY })),
      months: rowsOf(tables.monthsTable({ months: [], currency: CURRENCY })),
      entries: rowsOf(tables.closedEntriesTable([], CURRENCY), ['event_date', 'adjusts']),
      applied: { type: 'array', items: { type: 'object', additionalProperties: TEXT } },
      postings: rowsOf(tables.closedPostingsTable([], CURRENCY), ['event_date', 'adjusts']),
      exceptions: {
        type: 'array',
        items: {
          type: 'object',
          required: ['code', 'ledger', 'id', 'message'],
          properties: { code: TEXT, ledger: TEXT, id: TEXT, message: TEXT },
        },
      },
      exceptionCounts: { type: 'object', additionalProperties: { type: 'integer', minimum: 1 } },
      controls: { type: 'object', additionalProperties: { type: 'object' } },
    },
  };
}

/** The schema of {@link closeToJson}. */
export function closeSchema(): Schema {
  const postings = rowsOf(tables.closedPostingsTable([], CURRENCY));
  return {
    $schema: DIALECT,
    title: 'A close of clawback',
    type: 'object',
    required: ['format', 'version', 'period', 'currency', 'quarters', 'months', 'postings', 'seal'],
    additionalProperties: false,
    properties: {
      format: { const: 'clawback-close' },
      version: { const: 1 },
      period: {
        type: 'object',
        required: ['name', 'from', 'to'],
        properties: { name: { type: 'string', pattern: '^\\d{4}-(Q[1-4]|\\d{2})$' }, from: DAY, to: DAY },
      },
      currency: { type: 'string', pattern: '^[A-Z]{3}$' },
      quarters: rowsOf(tables.quartersTable({ quarters: [], currency: CURRENCY })),
      attainments: rowsOf(tables.attainmentTable({ attainments: [], currency: CURRENCY })),
      months: rowsOf(tables.monthsTable({ months: [], currency: CURRENCY })),
      postings,
      entries: rowsOf(tables.closedEntriesTable([], CURRENCY)),
      opened: { type: 'object', required: ['date', 'postings'], properties: { date: DAY, postings } },
      reps: { type: 'array', items: TEXT },
      seal: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    },
  };
}

/** @param optional - columns that not every row has */
function rowsOf({ columns }: tables.Table, optional: readonly string[] = []): Schema {
  return {
    type: 'array',
    items: {
      type: 'object',
      additionalProperties: false,
      required: columns.map(({ name }) => name).filter((name) => !optional.includes(name)),
      properties: Object.fromEntries(columns.map(({ name, kind }) => [name, CELLS[kind]])),
    },
  };
}

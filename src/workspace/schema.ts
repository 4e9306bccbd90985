/** The shape of comp.yaml: the terms, which file is which ledger, and what its totals must be (zod); and its JSON Schema. */
import { z } from 'zod';
import { LEDGER_NAMES, type LedgerName } from '../ledger-specs/ledgers.js';
import { ENCODINGS, type Encoding } from '../ledgers/decode.js';
import type { Mapping } from '../mapping/mapping.js';
import { PRESET_NAMES, type Preset, presetOf, presetsOf } from '../mapping/presets.js';
import { checkColumns, checkDates, mappingShape } from '../mapping/schema.js';
import { termsShape } from '../plans/schema.js';
import type { Fault } from '../problems/problem.js';
import { readBySchema, refuse } from '../problems/schema-issues.js';
import { expectShape } from './expect.js';
import { asList, sourceAt } from './paths.js';

/** Where a ledger is and how its files are written. */
export interface LedgerSource {
  /** Relative to comp.yaml; none where a query makes the ledger. */
  readonly files: readonly string[];
  readonly query?: string | undefined;
  readonly delimiter: string;
  readonly encoding?: Encoding | undefined;
  readonly mapping: Mapping;
}

const path = z.string().trim().min(1);
const paths = z.union([path, z.array(path).min(1)]);

/** The signs between cells, by the names that comp.yaml has for them. */
const DELIMITERS: ReadonlyMap<string, string> = new Map([
  [',', ','],
  [';', ';'],
  ['|', '|'],
  ['tab', '\t'],
  ['\t', '\t'],
]);

const delimiter = z
  .string()
  .transform((found, context) => {
    const sign = DELIMITERS.get(found);
    return sign ?? refuse(context, 'wrong-value', { found, expected: '",", ";", "|" or tab' });
  })
  .describe('The sign between cells: ",", ";", "|" or tab.');

/** Keys that say how a file is written, which the result of a query has no use for. */
const FILE_KEYS = ['file', 'delimiter', 'encoding', 'header'] as const;

function ledgerSchema(name: LedgerName) {
  const source = z
    .strictObject({
      preset: z
        .enum(PRESET_NAMES)
        .describe('A system whose exports are known; keys beside it take precedence.')
        .optional(),
      file: paths.describe('The path of the file, or of several, relative to comp.yaml.').optional(),
      query: path
        .describe('A SELECT that yields our columns, run in DuckDB; files are named relative to comp.yaml.')
        .optional(),
      delimiter: delimiter.optional(),
      encoding: z
        .enum(ENCODINGS)
        .describe('UTF-8 unless said, or as the byte order mark of the file says.')
        .optional(),
      ...mappingShape(name),
    })
    .superRefine((said, context) => {
      const { query, file } = said;
      if (file === undefined && query === undefined) {
        refuse(context, 'missing-key', { key: 'file', expected: 'the path of a file, or a query' }, ['file']);
      }
      for (const key of query === undefined ? [] : FILE_KEYS) {
        if (said[key] === undefined) continue;
        const reason = `The query says what is read, so ${key} has no effect.`;
        refuse(context, 'unused-key', { key, reason }, [key]);
      }
      if (said.preset !== undefined && presetOf(name, said.preset) === undefined) {
        refuse(
          context,
          'wrong-value',
          { found: said.preset, expected: `a preset that knows ${name}: ${presetsOf(name)}` },
          ['preset'],
        );
      }
      checkDates(said, context);
      checkColumns(name, said, context);
    });
  return z.union([paths, source]);
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

/** What came of reading the `ledgers` of comp.yaml. */
export interface LedgersRead {
  readonly sources: Partial<Record<LedgerName, LedgerSource>>;
  /** The presets that ledgers use. */
  readonly presets: ReadonlyMap<LedgerName, Preset>;
  readonly faults: readonly Fault[];
}

/** Reads the `ledgers` of comp.yaml. */
export function readLedgers(written: Readonly<Record<string, unknown>>): LedgersRead {
  const { value, faults } = readBySchema(ledgersSchema, withPresets(written), ['ledgers']);
  const sources: Partial<Record<LedgerName, LedgerSource>> = {};
  const presets = new Map<LedgerName, Preset>();
  for (const name of LEDGER_NAMES) {
    const said = value?.[name];
    if (said === undefined) continue;
    sources[name] = sourceOf(said);
    const own = written[name];
    const preset = isRecord(own) ? presetOf(name, own['preset']) : undefined;
    if (preset !== undefined) presets.set(name, preset);
  }
  return { sources, presets, faults };
}

/** The JSON Schema of comp.yaml, for editors. */
export function workspaceJsonSchema(): Record<string, unknown> {
  const whole = z.strictObject({
    ...termsShape,
    ledgers: z.strictObject(ledgersShape).describe('Which file is which ledger.'),
    expect: expectShape(),
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

/** The `ledgers` of comp.yaml with what their presets say, key by key, beneath what they say themselves. */
export function withPresets(said: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const ledgers: Record<string, unknown> = { ...said };
  for (const name of LEDGER_NAMES) {
    const own = said[name];
    if (!isRecord(own)) continue;
    const preset = presetOf(name, own['preset']);
    const mapping = preset?.layouts[name]?.mapping;
    if (mapping !== undefined) ledgers[name] = together(mapping, own);
  }
  return ledgers;
}

/** The keys of which a preset and a ledger may each say a part. */
const BY_COLUMN = ['columns', 'constants', 'values', 'where', 'lines'];

function together(
  preset: Readonly<Record<string, unknown>>,
  own: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged = { ...preset, ...own };
  for (const key of BY_COLUMN) {
    const [theirs, ours] = [preset[key], own[key]];
    if (isRecord(theirs) && isRecord(ours)) merged[key] = { ...theirs, ...ours };
  }
  // A constant takes the place of the preset's column, and a column that of its constant.
  for (const [key, other] of [
    ['columns', 'constants'],
    ['values', 'constants'],
    ['constants', 'columns'],
  ] as const) {
    const [all, theirs, ours, others] = [merged[key], preset[key], own[key], own[other]];
    if (!isRecord(all) || !isRecord(theirs) || !isRecord(others)) continue;
    const isReplaced = (column: string) => column in others && !(isRecord(ours) && column in ours);
    merged[key] = Object.fromEntries(Object.entries(all).filter(([column]) => !isReplaced(column)));
  }
  return merged;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A ledger as comp.yaml says it, in one form. */
export function sourceOf(said: z.output<ReturnType<typeof ledgerSchema>>): LedgerSource {
  if (typeof said === 'string' || Array.isArray(said)) return sourceAt(said);
  const { preset: _, file, query, delimiter: sign, encoding, ...mapping } = said;
  return { files: asList(file ?? []), query, delimiter: sign ?? ',', encoding, mapping };
}

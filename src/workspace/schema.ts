/** The shape of comp.yaml (zod): the terms, the file of each ledger, and its expected totals; and its JSON Schema. */
import { z } from 'zod';
import { LEDGER_NAMES, type LedgerName, ofEach } from '../ledger-specs/ledgers.js';
import { ENCODINGS } from '../ledgers/decode.js';
import { PRESET_NAMES, type Preset, presetOf, presetsOf } from '../mapping/presets.js';
import { checkColumns, checkDates, mappingShape } from '../mapping/schema.js';
import { termsShape } from '../plans/schema.js';
import type { Fault } from '../problems/problem.js';
import { readBySchema, refuse } from '../problems/schema-issues.js';
import { expectShape } from './expect.js';
import { asList, type LedgerSource, sourceAt } from './ledger-source.js';

const path = z.string().trim().min(1);
const paths = z.union([path, z.array(path).min(1)]);

/** The field delimiters, by their names in comp.yaml. */
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
    const known = DELIMITERS.get(found);
    return known ?? refuse(context, 'wrong-value', { found, expected: '",", ";", "|" or tab' });
  })
  .describe('The field delimiter: ",", ";", "|" or tab; default ",".');

/** Keys that describe a file, which a query does not use. */
const FILE_KEYS = ['file', 'delimiter', 'encoding', 'header'] as const;

function ledgerSchema(name: LedgerName) {
  const source = z
    .strictObject({
      preset: z
        .enum(PRESET_NAMES)
        .describe('The preset of a known system; keys beside it take precedence.')
        .optional(),
      file: paths.describe('The path of the file, or of several files, relative to comp.yaml.').optional(),
      query: path
        .describe('A SELECT that DuckDB runs in place of a file; paths in it are relative to comp.yaml.')
        .optional(),
      delimiter: delimiter.optional(),
      encoding: z
        .enum(ENCODINGS)
        .describe('The encoding of the file; default UTF-8, or what its byte order mark says.')
        .optional(),
      ...mappingShape(name),
    })
    .superRefine((source, context) => {
      const { query, file } = source;
      if (file === undefined && query === undefined) {
        refuse(context, 'missing-key', { key: 'file', expected: 'the path of a file, or a query' }, ['file']);
      }
      for (const key of query === undefined ? [] : FILE_KEYS) {
        if (source[key] === undefined) continue;
        const reason = `The query determines what is read, so ${key} has no effect.`;
        refuse(context, 'unused-key', { key, reason }, [key]);
      }
      if (source.preset !== undefined && presetOf(name, source.preset) === undefined) {
        refuse(
          context,
          'wrong-value',
          { found: source.preset, expected: `a preset for ${name}: ${presetsOf(name)}` },
          ['preset'],
        );
      }
      checkDates(source, context);
      checkColumns(name, source, context);
    });
  return z.union([paths, source]);
}

const ledgersShape = ofEach(LEDGER_NAMES, (name) =>
  name === 'invoices' ? ledgerSchema(name) : ledgerSchema(name).optional(),
);

/** The `ledgers` of comp.yaml. */
export const ledgersSchema: z.ZodType<
  Partial<Record<LedgerName, z.output<ReturnType<typeof ledgerSchema>> | undefined>>
> = z.strictObject(ledgersShape);

/** The result of reading the `ledgers` of comp.yaml. */
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
    const source = value?.[name];
    if (source === undefined) continue;
    sources[name] = sourceOf(source);
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
      'A comp workspace: the terms of commission plans, and the ledgers that commission is calculated from.',
    ...rest,
  };
}

/** The `ledgers` of comp.yaml merged with their presets, key by key; their own keys take precedence. */
export function withPresets(written: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const ledgers: Record<string, unknown> = { ...written };
  for (const name of LEDGER_NAMES) {
    const own = written[name];
    if (!isRecord(own)) continue;
    const preset = presetOf(name, own['preset']);
    const mapping = preset?.layouts[name]?.mapping;
    if (mapping !== undefined) ledgers[name] = together(mapping, own);
  }
  return ledgers;
}

/** Keys to which a preset and a ledger may each contribute. */
const BY_COLUMN = ['columns', 'constants', 'values', 'where', 'lines'];
/** A key whose entries can be named in several ways: by the preset's name, or by any heading that it stands for. */
const HEADINGS = 'where';

function together(
  preset: Readonly<Record<string, unknown>>,
  own: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged = { ...preset, ...own };
  for (const key of BY_COLUMN) {
    const [theirs, ours] = [preset[key], own[key]];
    if (!isRecord(theirs) || !isRecord(ours)) continue;
    const isReplaced = (name: string) => key === HEADINGS && isHeadingOf(theirs[name], Object.keys(ours));
    const left = Object.entries(theirs).filter(([name]) => !isReplaced(name));
    merged[key] = { ...Object.fromEntries(left), ...ours };
  }
  // A constant replaces the column of the preset, and a column replaces its constant.
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

/** Whether a condition of a preset is for a column that the ledger has a condition of its own for. */
function isHeadingOf(condition: unknown, own: readonly string[]): boolean {
  const from = isRecord(condition) ? condition['from'] : undefined;
  return Array.isArray(from) && own.some((name) => from.includes(name));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A ledger of comp.yaml in one form, whichever way it is written. */
export function sourceOf(source: z.output<ReturnType<typeof ledgerSchema>>): LedgerSource {
  if (typeof source === 'string' || Array.isArray(source)) return sourceAt(source);
  const { preset: _, file, query, delimiter = ',', encoding, ...mapping } = source;
  return { files: asList(file ?? []), query, delimiter, encoding, mapping };
}

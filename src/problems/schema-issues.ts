/** Turns zod's issues into our faults, each at its key, with the nearest known key for an unknown one. */
import * as z from 'zod/mini';
import { findNearest } from './nearest.js';
import type { Place, TermsPath } from './place.js';
import { type Fault, type FaultCode, type FaultFacts, unreachable } from './problem.js';

type Issue = z.core.$ZodIssue;
/** Any schema: its definition says what it is made of. */
type Schema = z.core.$ZodType;

/** A fault inside a zod issue, except for its place: zod knows the path only later. */
interface CustomFault {
  readonly at: (place: Place) => Fault;
}

/** Adds one of our faults to a zod issue, for what zod itself cannot express. */
export function refuse<C extends FaultCode>(
  context: Pick<z.core.ParsePayload, 'issues'>,
  code: C,
  facts: FaultFacts[C],
  path: (string | number)[] = [],
): never {
  const fault: CustomFault = { at: (place) => ({ code, place, ...facts }) as Fault };
  context.issues.push({ code: 'custom', input: undefined, path, params: { fault } });
  return z.NEVER;
}

/**
 * The faults of `raw` under a schema; the value that was read if there are none.
 *
 * @param raw - the contents of a file, as plain values
 * @param path - where `raw` is in comp.yaml
 */
export function readBySchema<Out>(
  schema: z.core.$ZodType<Out>,
  raw: unknown,
  path: TermsPath = [],
): { readonly value?: Out; readonly faults: readonly Fault[] } {
  // A schema is used once or twice in a run, so a compiled function would not pay off.
  const read = z.safeParse(schema, raw, { jitless: true });
  if (read.success) return { value: read.data, faults: [] };
  return { faults: read.error.issues.flatMap((issue) => faultsOf(issue, raw, schema, path)) };
}

function faultsOf(issue: Issue, raw: unknown, schema: Schema, base: TermsPath): Fault[] {
  const inside = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const path = [...base, ...inside];
  const place = { kind: 'terms', path } as const;
  const found = valueAt(raw, inside);
  if (issue.code === 'custom') {
    const fault: CustomFault = issue.params?.['fault'];
    return [fault.at(place)];
  }
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, inside);
    return issue.keys.map((key) => ({
      code: 'unknown-key',
      place: { kind: 'terms', path: [...path, key] },
      key,
      nearest: findNearest(key, known),
    }));
  }
  const branch = issue.code === 'invalid_union' ? branchMeant(issue.errors) : undefined;
  if (branch !== undefined) {
    return branch.flatMap((inner) =>
      faultsOf({ ...inner, path: [...issue.path, ...inner.path] }, raw, schema, base),
    );
  }
  const expected = expectedBy(issue);
  if (found === undefined || found === null) {
    return [{ code: 'missing-key', place, key: String(path.at(-1) ?? 'the file'), expected }];
  }
  return [{ code: 'wrong-value', place, found: shown(found), expected }];
}

/** The branch of a union that accepts the value's type and has faults inside it. */
function branchMeant(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return branches.find((issues) => issues.every((issue) => !isTypeMismatch(issue)));
}

function isTypeMismatch(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_union') return branchMeant(issue.errors) === undefined;
  return issue.code === 'invalid_type';
}

function expectedBy(issue: Issue): string {
  // The expectation that the schema itself states is the most precise.
  if (issue.message.startsWith('a ')) return issue.message;
  switch (issue.code) {
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'array'
        ? 'at least one'
        : issue.origin === 'string'
          ? 'text'
          : `${issue.minimum} or more`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    case 'invalid_type':
      return TYPE_WORDS[issue.expected] ?? issue.expected;
    case 'invalid_union':
      return [...new Set(issue.errors.flat().map(expectedBy))].join(' or ');
    case 'custom':
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_key':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return issue.message;
    default:
      return unreachable(issue);
  }
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'keys with values',
  record: 'keys with values',
  string: 'text',
};

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
}

function valueAt(raw: unknown, path: TermsPath): unknown {
  let value = raw;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

/** The keys that the schema knows at a path. */
function keysAt(schema: Schema, path: TermsPath): readonly string[] {
  let schemas = plainIn(schema);
  for (const step of path) {
    schemas = schemas.flatMap((one) => {
      const { def } = one._zod;
      if (def.type === 'array' && typeof step === 'number') return plainIn(def.element);
      const next = def.type === 'object' ? def.shape[step] : undefined;
      return next === undefined ? [] : plainIn(next);
    });
  }
  return schemas.flatMap(({ _zod: { def } }) => (def.type === 'object' ? Object.keys(def.shape) : []));
}

/** What a schema may be on the inside: each member of a union, and what a default or a transformation begins with. */
function plainIn(schema: Schema): readonly z.core.$ZodTypes[] {
  const plain = schema as z.core.$ZodTypes;
  const { def } = plain._zod;
  if (def.type === 'union') return def.options.flatMap(plainIn);
  if (def.type === 'optional' || def.type === 'default' || def.type === 'nullable')
    return plainIn(def.innerType);
  return def.type === 'pipe' ? plainIn(def.in) : [plain];
}

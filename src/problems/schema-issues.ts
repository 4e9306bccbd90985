/** Words zod's issues as faults of ours, each at its key, with the nearest known key where one is unknown. */
import * as z from 'zod/mini';
import { findNearest } from './nearest.js';
import type { TermsPath } from './place.js';
import type { Fault, FaultCode, FaultFacts } from './problem.js';

type Issue = z.core.$ZodIssue;
type JsonSchema = z.core.JSONSchema.BaseSchema;

/** A fault of ours inside a zod issue, for what zod itself has no word for. */
export function refuse<C extends FaultCode>(
  context: Pick<z.core.ParsePayload, 'issues'>,
  code: C,
  facts: FaultFacts[C],
  path: (string | number)[] = [],
): never {
  context.issues.push({ code: 'custom', input: undefined, path, params: { code, facts } });
  return z.NEVER;
}

/**
 * The faults of `raw` under a schema, and the value read where there are none.
 *
 * @param raw - what a file says, as plain values
 * @param path - where in comp.yaml `raw` stands
 */
export function readBySchema<Out>(
  schema: z.core.$ZodType<Out>,
  raw: unknown,
  path: TermsPath = [],
): { readonly value?: Out; readonly faults: readonly Fault[] } {
  // A schema is asked once or twice in a run; zod would compile a function for it.
  const read = z.safeParse(schema, raw, { jitless: true });
  if (read.success) return { value: read.data, faults: [] };
  const shape = z.toJSONSchema(schema, { io: 'input' }) as JsonSchema;
  return { faults: read.error.issues.flatMap((issue) => faultsOf(issue, raw, shape, path)) };
}

function faultsOf(issue: Issue, raw: unknown, shape: JsonSchema, base: TermsPath): Fault[] {
  const inside = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const path = [...base, ...inside];
  const place = { kind: 'terms', path } as const;
  const found = valueAt(raw, inside);
  switch (issue.code) {
    case 'custom': {
      const { code, facts } = issue.params as { code: FaultCode; facts: FaultFacts[FaultCode] };
      return [{ code, place, ...facts } as Fault];
    }
    case 'unrecognized_keys': {
      const known = keysAt(shape, inside);
      return issue.keys.map((key) => ({
        code: 'unknown-key',
        place: { kind: 'terms', path: [...path, key] },
        key,
        nearest: findNearest(key, known),
      }));
    }
    case 'invalid_union': {
      const branch = branchMeant(issue.errors);
      if (branch !== undefined) {
        return branch.flatMap((inner) =>
          faultsOf({ ...inner, path: [...issue.path, ...inner.path] } as Issue, raw, shape, base),
        );
      }
      break;
    }
    default:
  }
  const expected = expectedBy(issue);
  if (found === undefined || found === null) {
    return [{ code: 'missing-key', place, key: String(path.at(-1) ?? 'the file'), expected }];
  }
  return [{ code: 'wrong-value', place, found: shown(found), expected }];
}

/** Of a union's branches, the one that took the value's type and found fault inside it. */
function branchMeant(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return branches.find((issues) => issues.every((issue) => !isTypeMismatch(issue)));
}

function isTypeMismatch(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_union') return branchMeant(issue.errors) === undefined;
  return issue.code === 'invalid_type';
}

function expectedBy(issue: Issue): string {
  // A schema that says itself what it expects says it best.
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
    default:
      return issue.message;
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
function keysAt(shape: JsonSchema, path: TermsPath): readonly string[] {
  let shapes: JsonSchema[] = [shape];
  for (const step of path) {
    shapes = alternatives(shapes).flatMap((one) => {
      const next = typeof step === 'number' ? one.items : one.properties?.[step];
      return typeof next === 'object' && next !== null && !Array.isArray(next) ? [next as JsonSchema] : [];
    });
  }
  return alternatives(shapes).flatMap((one) => Object.keys(one.properties ?? {}));
}

function alternatives(shapes: readonly JsonSchema[]): JsonSchema[] {
  return shapes.flatMap((one) => (one.anyOf === undefined ? [one] : alternatives(one.anyOf as JsonSchema[])));
}

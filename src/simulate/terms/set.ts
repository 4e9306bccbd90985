/** A variant that sets single keys of today's terms: `plans.ae.hold=30%`, `recovery.limit=50%`. */
import { findLevel, LEVELS, type LevelNumber } from '../../plans/levels.js';
import type { TermsInput } from '../../plans/schema.js';
import { findNearest } from '../../problems/nearest.js';
import type { Fault } from '../../problems/problem.js';
import { type LevelNote, termsAtLevel } from './levels.js';

/** A key to set. */
export interface SetKey {
  /** As it was written: `plans.ae.hold=30%`. */
  readonly text: string;
  /** `plans.ae.hold`: a plan is known by its id. */
  readonly path: string;
  /** A plain value, as comp.yaml has it. */
  readonly value: unknown;
}

/** The terms with a key set, or why it cannot be; whether the value is a good one shows when the terms are read. */
export function withKey(
  terms: TermsInput,
  { text, path, value }: SetKey,
):
  | { readonly terms: TermsInput; readonly notes: readonly LevelNote[]; readonly fault?: never }
  | { readonly fault: Fault } {
  const plans = Array.isArray(terms.plans) ? terms.plans : [];
  const isOfPlan = path.startsWith('plans.');
  const rest = isOfPlan ? path.slice('plans.'.length) : path;
  // An id may have dots: the longest one that fits.
  const plan = isOfPlan
    ? plans
        .filter(({ id }) => rest.startsWith(`${String(id)}.`))
        .sort((a, b) => String(b.id).length - String(a.id).length)[0]
    : undefined;
  if (isOfPlan && plan === undefined) {
    const [named = ''] = rest.split('.');
    const nearest = findNearest(
      named,
      plans.map(({ id }) => String(id)),
    );
    const example = nearest ?? String(plans[0]?.id ?? 'ae');
    return refused(text, `a key of a plan of comp.yaml, such as plans.${example}.hold=30%`);
  }
  const keys = (plan === undefined ? path : rest.slice(String(plan.id).length + 1)).split('.');
  if (keys.some((key) => key === '' || key === '__proto__') || keys[0] === 'plans') {
    return refused(text, 'a key and a value, such as plans.ae.hold=30% or recovery.limit=50%');
  }
  if (plan === undefined) return { terms: setIn(terms, keys, value) as TermsInput, notes: [] };
  const [key] = keys;
  const level = key === 'level' && keys.length === 1 ? findLevel(value)?.number : undefined;
  const own = { ...terms, plans: [plan] } as TermsInput;
  const { terms: changed, notes } =
    level === undefined ? { terms: setPlan(own, keys, value), notes: [] } : leveled(own, level);
  const [set] = changed.plans;
  return {
    terms: { ...terms, plans: plans.map((one) => (one === plan ? (set as typeof one) : one)) },
    notes,
  };
}

/** A plan at another level keeps no key that the level does not use. */
function leveled(terms: TermsInput, level: LevelNumber): ReturnType<typeof termsAtLevel> {
  return termsAtLevel(terms, LEVELS[level].number);
}

function setPlan(terms: TermsInput, keys: readonly string[], value: unknown): TermsInput {
  return { ...terms, plans: terms.plans.map((plan) => setIn(plan, keys, value)) as TermsInput['plans'] };
}

/** A copy of a record with a value in it; what is on the way and is no record becomes one. */
function setIn(record: unknown, [key = '', ...more]: readonly string[], value: unknown): unknown {
  const own = typeof record === 'object' && record !== null && !Array.isArray(record) ? record : {};
  const inner = (own as Readonly<Record<string, unknown>>)[key];
  return { ...own, [key]: more.length === 0 ? value : setIn(inner, more, value) };
}

function refused(found: string, expected: string): { readonly fault: Fault } {
  return { fault: { code: 'wrong-value', place: { kind: 'run' }, found: `--set ${found}`, expected } };
}

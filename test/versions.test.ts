/** R31.1 on random histories: a version of a plan is as another plan with an assignment from that day. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findLevel, isUsed } from '../src/plans/levels.js';
import { closeThrough } from '../src/testing/close-through.js';
import { addDays, type Day } from '../src/testing/days.js';
import {
  type Cells,
  type Dice,
  type Draft,
  diceOf,
  draftOf,
  PEOPLE,
  type PlanDraft,
  someDay,
  textIn,
} from '../src/testing/features/dressing.js';
import { dressedIn, type Feature, featuresOf } from '../src/testing/features.js';
import { forAll } from './support/property.js';
import { calculatedOf, filesOf, inputsOf, resultOf, type Workspace } from './support/run.js';

// R31.2: a cap counts what all versions pay, where two plans have one each.
const FEATURES: readonly Feature[] = featuresOf(['credits', 'targets', 'pay']).filter(
  (feature) => feature !== 'caps',
);
const dice = fc.array(fc.nat(9999), { minLength: 17, maxLength: 17 }).map(diceOf);

/** A version that is drawn: from when, and what changes. */
interface Change {
  readonly from: Day;
  readonly keys: Readonly<Record<string, unknown>>;
}

/** The plan at these changes, by hand: what the changes do not write is as before, where the new level knows it. */
function after({ versions: _, ...plan }: PlanDraft, { keys }: Change): PlanDraft {
  const changed: PlanDraft = { ...plan };
  const level = keys['level'] === undefined ? undefined : findLevel(keys['level']);
  for (const key of Object.keys(plan)) if (level !== undefined && !isUsed(level, key)) delete changed[key];
  if (keys['rates'] !== undefined) delete changed.rate;
  if (keys['rate'] !== undefined) delete changed.rates;
  return Object.assign(changed, keys);
}

/** Some keys of a plan of the same credit; undefined where the plan would have a fault with them. */
function drawChange(from: Day, plan: PlanDraft, like: PlanDraft, { chance }: Dice): Change {
  const { id: _id, credit: _credit, cap: _cap, versions: _versions, ...keys } = like;
  const isWhole = chance(1, 2);
  const entries = Object.entries(keys).filter(
    ([key]) => isWhole || key === 'rate' || key === 'rates' || (key !== 'level' && chance(1, 2)),
  );
  const level = findLevel(isWhole ? like.level : plan.level);
  return {
    from,
    keys: Object.fromEntries(entries.filter(([key]) => level === undefined || isUsed(level, key))),
  };
}

/** The plan with versions. */
function inVersions(draft: Draft, plan: PlanDraft, changes: readonly Change[]): Workspace {
  const plans = draft.terms.plans.map((one) =>
    one.id === plan.id ? { ...one, versions: changes.map(({ from, keys }) => ({ from, ...keys })) } : one,
  );
  return { ...draft, terms: { ...draft.terms, plans } };
}

/** The same as plans of their own, to which the assignments pass. */
function inPlans(draft: Draft, plan: PlanDraft, changes: readonly Change[]): Workspace {
  let before = plan;
  const plans = changes.map((change, at) => {
    before = { ...after(before, change), id: nameOf(plan, at) };
    return before;
  });
  const rows = (draft.ledgers['assignments'] ?? []).flatMap((row): Cells[] => {
    if (textIn(row, 'plan_id') !== plan.id) return [row];
    const [first, last] = [textIn(row, 'from'), textIn(row, 'to')];
    const starts: { id: string; from: Day }[] = [
      { id: plan.id, from: '' },
      ...changes.map(({ from }, at) => ({ id: nameOf(plan, at), from })),
    ];
    return starts.flatMap(({ id, from }, at): Cells[] => {
      const next = starts[at + 1]?.from;
      const begins = from < first ? first : from;
      const ends = next !== undefined && (last === '' || last >= next) ? addDays(next, -1) : last;
      return ends !== '' && ends < begins ? [] : [{ ...row, plan_id: id, from: begins, to: ends }];
    });
  });
  return {
    ...draft,
    terms: { ...draft.terms, plans: [...draft.terms.plans, ...plans] },
    ledgers: { ...draft.ledgers, assignments: rows },
  };
}

const nameOf = ({ id }: PlanDraft, at: number) => `${id} then ${at}`;

/** Everyone has an assignment: without the ledger everyone has the plans. */
function assigned(draft: Draft): Draft {
  draft.ledgers['assignments'] ??= PEOPLE.flatMap((rep_id) =>
    draft.terms.plans.map(({ id }) => ({ rep_id, plan_id: id, from: '1990-01-01', to: '' })),
  );
  return draft;
}

/** A plan of a history and one or two changes of it. */
function drawChanges(draft: Draft, drawn: Dice): { plan: PlanDraft; changes: readonly Change[] } {
  const plan = drawn.pick(draft.terms.plans);
  const alike = draft.terms.plans.filter((one) => (one.credit ?? 'own') === (plan.credit ?? 'own'));
  const first = drawChange(someDay(draft, drawn), plan, drawn.pick(alike), drawn);
  if (drawn.chance(1, 2)) return { plan, changes: [first] };
  const from = addDays(first.from, 1 + drawn.upTo(200));
  return { plan, changes: [first, drawChange(from, after(plan, first), drawn.pick(alike), drawn)] };
}

/** The result files, with the plan's own id for its versions. */
function namedAlike(files: ReturnType<typeof filesOf>, plan: PlanDraft, changes: readonly Change[]) {
  const names = new Set(changes.map((_, at) => nameOf(plan, at)));
  return Object.fromEntries(
    Object.entries(files).map(([name, rows]) => [
      name,
      rows.map((row) => (names.has(row['plan_id'] ?? '') ? { ...row, plan_id: plan.id } : row)),
    ]),
  );
}

test('R31.1 a plan with versions is as plans with assignments, in every result but for the id of the plan', () => {
  forAll(
    fc.record({ dressed: dressedIn(FEATURES, { minPlans: 2 }), dice }),
    ({ dressed: { history }, dice: drawn }, meet) => {
      const draft = assigned(draftOf(history));
      const { plan, changes } = drawChanges(draft, drawn);
      const found = calculatedOf(inVersions(draft, plan, changes));
      const expected = calculatedOf(inPlans(draft, plan, changes));
      // What a version asks for may not be there: a due date, a quota, a rate of a category.
      expect(found === undefined).toBe(expected === undefined);
      if (found === undefined || expected === undefined) return;
      const [ours, theirs] = [filesOf(found), namedAlike(filesOf(expected), plan, changes)];
      expect(ours['postings.csv']).toEqual(theirs['postings.csv']);
      expect(ours['attainment.csv']).toEqual(theirs['attainment.csv']);
      // R31.2: cash is netted plan by plan, and versions are one plan.
      if (plan.credit !== 'cash') expect(ours).toEqual(theirs);
      expect(found.exceptions).toEqual(expected.exceptions);
      const renamed = (filesOf(expected)['postings.csv'] ?? []).filter((row) => row['plan_id'] !== plan.id);
      if (renamed.some((row) => (row['plan_id'] ?? '').startsWith(`${plan.id} then`)))
        meet(`a version of credit ${plan.credit ?? 'own'} posts`);
      if (renamed.some((row) => row['plan_id'] === nameOf(plan, 1))) meet('the second version posts');
      if (
        renamed.some(({ plan_id, cause }) => plan_id?.startsWith(`${plan.id} then`) && cause === 're-rated')
      )
        meet('a version re-rates');
    },
    {
      'a version of credit own posts': 0.15,
      'a version of credit team posts': 0.005,
      'a version of credit cash posts': 0.005,
      'the second version posts': 0.05,
    },
  );
});

test('R31.1 a version from an open day changes nothing that is closed', () => {
  forAll(
    fc.record({ dressed: dressedIn(FEATURES, { minPlans: 2 }), dice }),
    ({ dressed: { history }, dice: drawn }, meet) => {
      const draft = assigned(draftOf(history));
      const { plan, changes } = drawChanges(draft, drawn);
      const [{ from }] = changes as [Change];
      if (from > draft.asOf) return;
      const closed = closeThrough(inputsOf(draft), addDays(from, -1));
      if (closed.closes === undefined) return;
      const without = resultOf(draft, { closes: closed.closes });
      const changed = inVersions(draft, plan, changes);
      const found = calculatedOf(changed, { closes: closed.closes });
      if (found === undefined) return;
      expect(found.adjustments).toEqual(without.adjustments);
      const before = (rows: readonly Cells[]) => rows.filter(({ date = '' }) => date < from);
      expect(before(filesOf(found)['postings.csv'] ?? [])).toEqual(
        before(filesOf(without)['postings.csv'] ?? []),
      );
      const expected = calculatedOf(inPlans(draft, plan, changes), { closes: closed.closes });
      expect(expected).toBeDefined();
      if (expected === undefined) return;
      const [ours, theirs] = [filesOf(found), namedAlike(filesOf(expected), plan, changes)];
      if (plan.credit !== 'cash') expect(ours).toEqual(theirs);
      if (found.postings.some(({ date }) => date >= from)) meet('closed, and posted since');
    },
    { 'closed, and posted since': 0.1 },
    { isSlow: true },
  );
});

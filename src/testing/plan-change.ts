/** A change of plan: from a day on, some reps are on another one. */
import type { Inputs } from '../library/given-inputs.js';
import type { PlanInput } from '../plans/schema.js';
import { addDays } from './days.js';
import { cellsOf, rowsOf, withRows } from './given-rows.js';
import type { Row } from './row.js';

/** Who is on which plan from when. */
export interface PlanChange {
  /** The first day of the new plan, `YYYY-MM-DD`. */
  readonly on: string;
  /** Whom it is about; everyone whom the inputs name, unless given. */
  readonly reps?: readonly string[];
  readonly plan: PlanInput;
}

/**
 * The inputs with a change of plan: the plan is among the terms, and from the day on the reps are on it. What they are
 * assigned to of the same credit ends the day before; lines that were booked before stay with it (R2.6).
 *
 * @returns new inputs; those given stay as they are
 * @throws RangeError if `on` is not a day, or a plan has the new one's id
 * @example changePlan(inputs, { on: '2026-01-01', plan: { id: '2026', level: 3, rate: '6%' } })
 */
export function changePlan(inputs: Inputs, { on, reps, plan }: PlanChange): Inputs {
  const { plans } = inputs.terms;
  const before = addDays(on, -1);
  const id = String(plan.id);
  if (plans.some((one) => String(one.id) === id))
    throw new RangeError(
      `There is a plan ${id} already: give the new one an id of its own, or the past changes with it.`,
    );
  const like = new Set(
    plans.filter((one) => (one.credit ?? 'own') === (plan.credit ?? 'own')).map((one) => String(one.id)),
  );
  const moved = new Set(reps ?? everyoneIn(inputs));
  const rows =
    inputs.ledgers.assignments === undefined ? assignedToAll(inputs, plans) : cellsOf(inputs, 'assignments');
  const present = rows.flatMap((row): Row[] => {
    const { rep_id = '', plan_id = '', from = '', to = '' } = row;
    if (!moved.has(rep_id) || !like.has(plan_id)) return [{ rep_id, plan_id, from, to }];
    // What would begin later is replaced as well.
    if (from >= on) return [];
    return [{ rep_id, plan_id, from, to: to === '' || to >= on ? before : to }];
  });
  const added = [...moved].sort().map((rep_id) => ({ rep_id, plan_id: id, from: on, to: '' }));
  const terms = { ...inputs.terms, plans: [...plans, plan] };
  return withRows({ ...inputs, terms }, 'assignments', [...present, ...added]);
}

/** R2.6, R12.1: without assignments everyone has the plan of each credit. */
function assignedToAll(inputs: Inputs, plans: readonly PlanInput[]): readonly Row[] {
  return everyoneIn(inputs).flatMap((rep_id) =>
    plans.map(({ id }) => ({ rep_id, plan_id: String(id), from: '1900-01-01', to: '' })),
  );
}

/** Every rep that a ledger names, in order of id. */
function everyoneIn(inputs: Inputs): readonly string[] {
  const named = [
    ...rowsOf(inputs, 'invoices').map(({ rep_id }) => rep_id),
    ...rowsOf(inputs, 'splits').map(({ rep_id }) => rep_id),
    ...rowsOf(inputs, 'assignments').map(({ rep_id }) => rep_id),
    ...rowsOf(inputs, 'teams').flatMap(({ rep_id, manager_id }) => [rep_id, manager_id]),
    ...rowsOf(inputs, 'accounts').map(({ rep_id }) => rep_id),
    ...rowsOf(inputs, 'payments').map(({ collector_id }) => collector_id),
    ...rowsOf(inputs, 'reps').flatMap(({ rep_id, manager_id }) => [rep_id, manager_id]),
  ];
  return [...new Set(named.map((id) => String(id ?? '').trim()))].filter((id) => id !== '').sort();
}

/** Arbitrary histories without faults (R9.1) that reach into the corners of the rules. */
import type fc from 'fast-check';
import { Draft } from './draft.js';
import type { History } from './history.js';
import type { Limits } from './limits.js';
import { sketches } from './sketches.js';

/** Random workspaces; shrinking takes invoices, events and settings away and moves days and amounts to plain ones. */
export function histories(limits: Limits = {}): fc.Arbitrary<History> {
  return sketches(limits).map((sketch) => new Draft(sketch, limits).history());
}

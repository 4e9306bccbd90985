/** Terms that stand in for terms at fault, so that one look finds the faults of the ledgers as well (R9.1). */
import type { TermsPath } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';

type Written = { [key: string | number]: unknown };

/** What takes the place of a key that must be there; it asks nothing of any ledger. */
const PLACEHOLDERS: Readonly<Record<string, unknown>> = { currency: 'USD', level: 0, rate: '0%' };

/**
 * The terms as written, less every key at fault. What must be there is put in its place in a way that brings about no
 * fault of its own; the terms are good for nothing but looking for faults.
 */
export function withoutFaults(raw: unknown, faults: readonly Fault[]): unknown {
  const terms = structuredClone(raw) as Written;
  for (const { place } of faults) {
    if (place.kind === 'terms') mend(terms, place.path);
  }
  // A plan whose id another one has is left out: it is not for the ledgers to choose between the two.
  const twins = faults.flatMap(({ code, place }) =>
    code === 'duplicate-plan' && place.kind === 'terms' ? [place.path[1]] : [],
  );
  const plans = terms['plans'];
  if (Array.isArray(plans)) terms['plans'] = plans.filter((_, index) => !twins.includes(index));
  return terms;
}

function mend(terms: Written, path: TermsPath): void {
  // A table at fault anywhere is no table: a flat rate asks for no quota.
  const rate = path.indexOf('rate');
  const mended = rate < 0 ? path : path.slice(0, rate + 1);
  const key = mended.at(-1);
  let holder: unknown = terms;
  for (const step of mended.slice(0, -1)) holder = (holder as Written | undefined)?.[step];
  if (typeof holder !== 'object' || holder === null || key === undefined) return;
  const placeholder = PLACEHOLDERS[key];
  if (placeholder !== undefined) (holder as Written)[key] = placeholder;
  else if (key === 'clawback' && mended.length === 3) (holder as Written)[key] = {};
  else if (key === 'id') (holder as Written)[key] = `plan ${String(mended.at(-2))}`;
  else delete (holder as Written)[key];
}

/** Terms that stand in for terms at fault, so that one look finds the faults of the ledgers as well (R9.1). */
import type { Place, TermsPath } from '../problems/place.js';
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
  for (const fault of faults) mend(terms, pathOf(fault));
  // A plan whose id another one has is left out: it is not for the ledgers to choose between the two.
  const twins = faults.filter(({ code }) => code === 'duplicate-plan').map((fault) => pathOf(fault)[1]);
  const plans = terms['plans'];
  if (Array.isArray(plans)) terms['plans'] = plans.filter((_, index) => !twins.includes(index));
  return terms;
}

function mend(terms: Written, path: TermsPath): void {
  // A table at fault anywhere is no table: a flat rate asks for no quota. Neither is a list of bounds.
  const whole = path.findIndex((step) => step === 'rate' || step === 'bounds');
  const mended = whole < 0 ? path : path.slice(0, whole + 1);
  const key = mended.at(-1) as string | number;
  const holder = mended.slice(0, -1).reduce((inner, step) => inner[step] as Written, terms);
  const placeholder = PLACEHOLDERS[key];
  if (placeholder !== undefined) holder[key] = placeholder;
  else if (key === 'clawback') holder[key] = {};
  else if (key === 'id') holder[key] = `plan ${mended.at(-2)}`;
  else delete holder[key];
}

/** Every fault of the terms is at a key of theirs. */
function pathOf({ place }: Fault): TermsPath {
  return (place as Extract<Place, { kind: 'terms' }>).path;
}

/** Terms that replace faulty terms, so that the same run also finds the faults of the ledgers (R9.1). */
import type { Place, TermsPath } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';

/** Keys whose value is replaced as a whole, wherever in it a fault is. */
const WHOLE_KEYS: readonly (string | number)[] = ['rate', 'bounds', 'timing', 'leavers', 'versions'];

type Written = { [key: string | number]: unknown };

/** Replacements for required keys; none of them needs anything of a ledger. */
const PLACEHOLDERS: Readonly<Record<string, unknown>> = { currency: 'USD', level: 0, rate: '0%' };

/**
 * The terms as written, without the faulty keys. Required keys get replacements that cause no faults of their own. The
 * result is only good for finding other faults.
 */
export function withoutFaults(raw: unknown, faults: readonly Fault[]): unknown {
  const terms = structuredClone(raw) as Written;
  for (const fault of faults) mend(terms, pathOf(fault));
  // Of two plans with one id, the second is left out, so that ledgers need not choose between them.
  const twins = faults.filter(({ code }) => code === 'duplicate-plan').map((fault) => pathOf(fault)[1]);
  const plans = terms['plans'];
  if (Array.isArray(plans)) terms['plans'] = plans.filter((_, index) => !twins.includes(index));
  return terms;
}

function mend(terms: Written, path: TermsPath): void {
  // A fault anywhere in a table or a list of bounds replaces the whole. A flat rate needs no quota.
  const whole = path.findIndex((step) => WHOLE_KEYS.includes(step));
  const mended = whole < 0 ? path : path.slice(0, whole + 1);
  const key = mended.at(-1) as string | number;
  const holder = mended.slice(0, -1).reduce((inner, step) => inner[step] as Written, terms);
  const placeholder = PLACEHOLDERS[key];
  if (placeholder !== undefined) holder[key] = placeholder;
  else if (key === 'clawback') holder[key] = {};
  else if (key === 'id') holder[key] = `plan ${mended.at(-2)}`;
  else delete holder[key];
}

/** Every fault of the terms is at one of their keys. */
function pathOf({ place }: Fault): TermsPath {
  return (place as Extract<Place, { kind: 'terms' }>).path;
}

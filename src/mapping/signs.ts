/** Which sign the amounts of a row get: one for all rows, or by the kind of row. */
import { plainValue } from './conditions.js';
import { isByType } from './layout.js';
import type { Mapping, Sign } from './mapping.js';

/** The sign rule for a row by its kind; undefined where the mapping has no rule for it, and the amounts stay as they are. */
export function signRule(sign: Mapping['sign']): (kind: string) => Sign | undefined {
  if (!isByType(sign)) return () => sign;
  const byKind = new Map<string, Sign>();
  for (const rule of ['keep', 'flip', 'positive', 'negative'] as const) {
    for (const kind of sign[rule].map(plainValue)) if (!byKind.has(kind)) byKind.set(kind, rule);
  }
  return (kind) => byKind.get(plainValue(kind));
}

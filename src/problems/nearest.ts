/** The known name that a misspelled one most likely means. */
import { distance } from 'fastest-levenshtein';

/** The nearest of `known`, ignoring case and `_`, `-` and spaces; undefined if none is near. */
export function findNearest(name: string, known: readonly string[]): string | undefined {
  const bare = plain(name);
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    const far = distance(bare, plain(candidate));
    if (best === undefined || far < best.distance) best = { name: candidate, distance: far };
  }
  const limit = Math.max(1, Math.floor(bare.length / 2));
  return best !== undefined && best.distance <= limit ? best.name : undefined;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}

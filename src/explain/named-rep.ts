/** Reps by their names, as people call them: for questions about a rep whose id is a number. */
import type { Result } from '../engine/result.js';

/**
 * The id of the rep that a text means: an id as it is, or the only rep of that name in the ledger of reps, regardless of
 * case and spaces. Any other text is returned as it is.
 *
 * @example repNamed('ana ruiz', result) === '1047'
 */
export function repNamed(text: string, { people, quarters }: Pick<Result, 'people' | 'quarters'>): string {
  if (people.has(text) || quarters.some(({ repId }) => repId === text)) return text;
  const wanted = bare(text);
  const ids = [...people].flatMap(([id, { name }]) => (bare(name) === wanted ? [id] : []));
  const [only] = ids;
  return only !== undefined && ids.length === 1 ? only : text;
}

function bare(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase();
}

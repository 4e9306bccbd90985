/** Reps as people call them, for questions about one: by an id, a former id, or a name. */
import type { Result } from '../engine/result.js';

/**
 * The id of the rep that a text means: an id as it is, what a former id is now (R11.11), or the only rep of that name in the
 * ledger of reps, regardless of case and spaces. Any other text is returned as it is.
 *
 * @example repNamed('ana ruiz', result) === '1047'
 */
export function repNamed(
  text: string,
  { people, quarters, newNames }: Pick<Result, 'people' | 'quarters' | 'newNames'>,
): string {
  if (people.has(text) || quarters.some(({ repId }) => repId === text)) return text;
  const now = newNames.get(text);
  if (now !== undefined) return now;
  const wanted = bare(text);
  const ids = [...people].flatMap(([id, { name }]) => (bare(name) === wanted ? [id] : []));
  const [only] = ids;
  return only !== undefined && ids.length === 1 ? only : text;
}

/** Which former ids among these texts lead to another rep id, in sentences. */
export function formerNames(
  texts: readonly string[],
  result: Pick<Result, 'people' | 'quarters' | 'newNames'>,
): readonly string[] {
  return [...new Set(texts)].flatMap((text) => {
    const now = repNamed(text, result);
    return now === result.newNames.get(text)
      ? [`${text} has another id now: this is about ${now} (aliases).`]
      : [];
  });
}

function bare(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase();
}

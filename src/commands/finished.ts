/** The notice that a command has finished an earlier run, which was interrupted while it placed its files. */

/**
 * Says which files are in place now.
 *
 * @param what - what the files are: results, files
 * @param folder - as typed
 */
export function finishedText(names: readonly string[], what: string, folder: string): string {
  const [last, ...others] = names.toReversed();
  const all = others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`;
  const verb = others.length === 0 ? 'is' : 'are';
  const place = folder.replace(/(.)\/+$/, '$1');
  return `An earlier run was interrupted while it placed its ${what} in ${place}/. It is finished now: ${all} ${verb} in place.`;
}

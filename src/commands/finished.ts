/** What a command says of an earlier run that was stopped while it placed its files, and that it has finished. */

/**
 * Which files are in place now.
 *
 * @param what - what the files are: results, files
 * @param folder - as it was typed
 */
export function finishedText(names: readonly string[], what: string, folder: string): string {
  const [last, ...others] = names.toReversed();
  const all = others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`;
  const verb = others.length === 0 ? 'is' : 'are';
  const place = folder.replace(/(.)\/+$/, '$1');
  return `An earlier run was stopped while it placed its ${what} in ${place}/: ${all} ${verb} in place now.`;
}

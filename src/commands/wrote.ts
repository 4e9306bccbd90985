/** The notices about files that a command has placed. */

/**
 * Lists the files that were written.
 *
 * @param folder - as typed
 * @example wroteNotice(['quarters.csv'], 'out/') // 'Wrote quarters.csv to out/'
 */
export function wroteNotice(names: readonly string[], folder: string): string {
  return `Wrote ${names.join(', ')} to ${plainFolder(folder)}/`;
}

/**
 * Reports that this run placed the files of an earlier one, which was interrupted.
 *
 * @param what - what the files are: results, statements
 * @param folder - as typed
 */
export function finishedNotice(names: readonly string[], what: string, folder: string): string {
  const last = names.at(-1);
  const others = names.slice(0, -1).join(', ');
  const inPlace = others === '' ? `${last} is in place` : `${others} and ${last} are in place`;
  return `An earlier run was interrupted while it placed its ${what} in ${plainFolder(folder)}/. It is finished now: ${inPlace}.`;
}

/** A folder as typed, without slashes at its end. */
export function plainFolder(folder: string): string {
  return folder.replace(/(.)\/+$/, '$1');
}

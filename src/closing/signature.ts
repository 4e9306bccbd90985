/** Who did something to a close, when and where: what the records of closes state, and no result file does. */

/** Who closed, reopened, approved or handed over a period, and when. */
export interface Signature {
  /** The name given with `--by`, or else the name of the user on the system. */
  readonly by: string;
  /** The name of the user on the system. */
  readonly user: string;
  /** The name of the computer. */
  readonly host: string;
  /** The time with its offset from UTC: `2026-01-07T09:30:00+01:00`. */
  readonly at: string;
}

/** What is written about a close: by whom, when, and with which version of the program. */
export interface Signing {
  readonly version: string;
  /** Signs now, in the given name or else in the name of the user on the system. */
  readonly sign: (by: string | undefined) => Signature;
}

/** What looks like nothing: spaces, control characters, and letters that are not displayed. */
const UNSEEN = /[\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * Whether two names are the same but for case, spaces and the form in which Unicode writes their letters.
 *
 * @example isSameName('Maria Reyes', 'maria  REYES') // true
 */
export function isSameName(one: string, other: string): boolean {
  return foldedName(one) === foldedName(other);
}

/** A name as it is compared; empty if nothing of it is seen. */
export function foldedName(name: string): string {
  const plain = name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
  return plain.replace(UNSEEN, '');
}

/** The day of a time with its offset: `2026-01-07`. */
export function dayOfTime(at: string): string {
  return at.slice(0, 10);
}

/** A time as people read it, to the minute: `2026-01-07 09:30 +01:00`. */
export function timeText(at: string): string {
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.exec(at);
  if (found === null) return at;
  const [, day, time, zone] = found;
  return `${day} ${time} ${zone === 'Z' || zone === '+00:00' ? 'UTC' : zone}`;
}

/** Text from files as screens and pages display it: no letter in it moves, hides or turns around what is beside it. */

/** Letters that turn around the text after them or end the isolation of a name, as a part of a regular expression. */
export const TURNING = '\\u202a-\\u202e\\u2066-\\u2069';

const UNDISPLAYED = new RegExp(`[\\p{Cc}\\p{Zl}\\p{Zp}${TURNING}]`, 'gu');

/**
 * Text that is safe to display: control characters and letters that turn text around are replaced.
 *
 * @example displayed('\u2069\u202eevil') // '��evil'
 */
export function displayed(text: string): string {
  return text.replace(UNDISPLAYED, '\uFFFD');
}

/** The same for text of several lines. */
export function displayedLines(text: string): string {
  return text.split('\n').map(displayed).join('\n');
}

/** Formulas in text: where a spreadsheet would run one, an apostrophe keeps it text. */

/**
 * Where a formula would start: at the start of the cell, of a line in it, or behind a semicolon or a tab, at which some
 * spreadsheets split cells; East Asian ones know the full-width signs, too. Letters that nobody sees may come before the
 * sign, and apostrophes before those.
 */
const START = /(?<=^|[;\t\r\n])('*)(?=(?:(?![\t\r\n])[\p{Cc}\p{Cf}\p{Z}])*[=+\-@＝＋－＠])|^('*)(?=[\t\r])/gu;

/** Most text has none of it. */
const PLAIN = /^\w[\w .:/#&()-]*$/;

/** A number below 0 is none. */
const NUMBER = /^-\d+(\.\d+)?$/;

/** Text in which a formula is preceded by an apostrophe, so that it is displayed as text. */
export function guarded(cell: string): string {
  if (PLAIN.test(cell) || NUMBER.test(cell)) return cell;
  return cell.replace(START, (quotes) => (quotes === '' ? "'" : quotes));
}

/** The same so that {@link unguarded} gives the text back: where there are apostrophes already, there is one more. */
export function reversiblyGuarded(cell: string): string {
  if (PLAIN.test(cell) || NUMBER.test(cell)) return cell;
  return cell.replace(START, (quotes) => `${quotes}'`);
}

/** The text that was guarded reversibly. */
export function unguarded(cell: string): string {
  return PLAIN.test(cell) ? cell : cell.replace(START, (quotes) => quotes.slice(1));
}

/** The letters and signs that most reports consist of; string-width measures all others. */

/** Latin, Greek and Cyrillic letters, digits, and the signs of reports; nothing that combines. */
const USUAL =
  /^[ -~\u00a0-\u00ac\u00ae-\u02ff\u0386-\u0482\u048a-\u052f\u2010-\u2027\u20ac\u2212\u2500\ufffd]*$/;

/** Whether a terminal gives every letter of a text one column, as it does to Latin text without emoji. */
export function isOneColumnEach(text: string): boolean {
  return USUAL.test(text);
}

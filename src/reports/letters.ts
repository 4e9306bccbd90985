/** The letters and signs of which most reports are made; string-width is asked about all others. */

/** Latin, Greek and Cyrillic letters, digits, and the signs that reports are written with; nothing that combines. */
const USUAL =
  /^[ -~\u00a0-\u00ac\u00ae-\u02ff\u0386-\u0482\u048a-\u052f\u2010-\u2027\u20ac\u2212\u2500\ufffd]*$/;

/** Whether a terminal gives every letter of a text one column, as it does where a Latin text has no emoji in it. */
export function isOneColumnEach(text: string): boolean {
  return USUAL.test(text);
}

/** From a moment to the day that it is in a time zone. */

/**
 * The day that a moment is in a time zone, as ledgers have it.
 *
 * @param date - a moment
 * @param timeZone - where the books are kept, as an IANA name: `Europe/London`, `UTC`
 * @returns `YYYY-MM-DD`; undefined where the Date is invalid, or there is no such time zone
 * @example isoDay(new Date('2025-03-31T23:30:00Z'), 'Europe/Berlin') // '2025-04-01'
 */
export function isoDay(date: Date, timeZone: string): string | undefined {
  if (Number.isNaN(date.getTime())) return undefined;
  const parts = findParts(date, timeZone);
  const [year, month, day] = ['year', 'month', 'day'].map(
    (type) => parts?.find((one) => one.type === type)?.value,
  );
  if (year === undefined || month === undefined || day === undefined) return undefined;
  return `${year.padStart(4, '0')}-${month}-${day}`;
}

function findParts(date: Date, timeZone: string): readonly Intl.DateTimeFormatPart[] | undefined {
  try {
    return new Intl.DateTimeFormat('en-US-u-ca-iso8601-nu-latn', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    }).formatToParts(date);
  } catch {
    return undefined;
  }
}

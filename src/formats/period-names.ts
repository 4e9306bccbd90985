/** How people write quarters and months: `Q1 2026`, `2026 Q1`, `Jan 2026`, and the names that they mean. */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;
const FULL_MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october'],
  ...['november', 'december'],
] as const;

/** A year, perhaps a fiscal one, of four digits or of two after 2000. */
const YEAR = String.raw`(?:fy\s*)?(\d{4}|'?\d{2})`;
const GAP = String.raw`[\s\-/_.,]*`;
const QUARTER = String.raw`(?:q|qtr|quarter|quartal|trimestre|t)\s*([1-4])`;

const QUARTER_FIRST = new RegExp(`^(?:${QUARTER}|([1-4])\\s*q)${GAP}${YEAR}$`, 'i');
const QUARTER_LAST = new RegExp(`^${YEAR}${GAP}${QUARTER}$`, 'i');
const MONTH_FIRST = new RegExp(`^([a-z]{3,9})\\.?${GAP}${YEAR}$`, 'i');
const MONTH_LAST = new RegExp(`^${YEAR}${GAP}([a-z]{3,9})\\.?$`, 'i');
const DIGITS_LAST = /^(\d{4})[-/](0[1-9]|1[0-2])$/;
const DIGITS_FIRST = /^(0?[1-9]|1[0-2])[-/](\d{4})$/;

/**
 * The quarter or month that a text names, as `2026-Q1` or `2026-01`; undefined where it names none with its year. Fiscal
 * years are the years that quarters are named after.
 *
 * @example findPeriodName('Q1 FY26') === '2026-Q1'
 */
export function findPeriodName(text: string): string | undefined {
  const trimmed = text.trim();
  const early = QUARTER_FIRST.exec(trimmed);
  if (early !== null) return `${yearOf(early[3])}-Q${early[1] ?? early[2]}`;
  const late = QUARTER_LAST.exec(trimmed);
  if (late !== null) return `${yearOf(late[1])}-Q${late[2]}`;
  const digits = DIGITS_LAST.exec(trimmed);
  if (digits !== null) return `${digits[1]}-${digits[2]}`;
  const backwards = DIGITS_FIRST.exec(trimmed);
  if (backwards !== null) return `${backwards[2]}-${backwards[1]?.padStart(2, '0')}`;
  const [, name, year] = MONTH_FIRST.exec(trimmed) ?? [];
  const [, before, behind] = MONTH_LAST.exec(trimmed) ?? [];
  const month = findMonth(name ?? behind);
  return month === undefined ? undefined : `${yearOf(year ?? before)}-${String(month).padStart(2, '0')}`;
}

function findMonth(name: string | undefined): number | undefined {
  const word = name?.toLowerCase();
  const at = [MONTHS, FULL_MONTHS].map((names) =>
    names.findIndex((one) => one === word || (word === 'sept' && one === 'sep')),
  );
  const found = at.find((index) => index >= 0);
  return found === undefined ? undefined : found + 1;
}

function yearOf(written: string | undefined): string {
  const digits = (written ?? '').replace("'", '');
  return digits.length === 4 ? digits : `20${digits}`;
}

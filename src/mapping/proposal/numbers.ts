/** Finds the number format of a file: the one that fits every number in it. */
import { findNumberFormat, findPlainAs } from '../../formats/number-format.js';

/** What the numbers of a file show about their format. */
export type NumberFinding =
  | { readonly kind: 'no-values' }
  /** `format` is undefined where all are plain decimals. */
  | { readonly kind: 'found'; readonly format: string | undefined; readonly misfits: readonly string[] }
  /** Several formats fit every number, but give different values. */
  | {
      readonly kind: 'ambiguous';
      readonly choices: readonly string[];
      readonly example: string;
      /** Whether the numbers can be read without a format, rightly or wrongly. */
      readonly isPlain: boolean;
    }
  | { readonly kind: 'unknown'; readonly misfits: readonly string[] };

/** The known formats, the usual ones first. */
const FORMATS = ['1,234.56', '1.234,56', '1 234,56', "1'234.56", '1 234.56', '1234,56', '1234.56'] as const;

/** A format that does not fit more numbers than this is a guess. */
const MOST_MISFITS = 0.2;

/**
 * @param values - all numbers of the file, none of them empty
 * @param currency - the currency code that numbers can have
 */
export function numberFormatOf(values: readonly string[], currency: string | undefined): NumberFinding {
  const distinct = [...new Set(values)];
  if (distinct.length === 0) return { kind: 'no-values' };
  const candidates = [undefined, ...FORMATS].map((format) => {
    const read = readerOf(format, currency);
    return { format, read, fits: distinct.filter((value) => read(value) !== undefined) };
  });
  const most = Math.max(...candidates.map(({ fits }) => fits.length));
  const best = candidates.filter(({ fits }) => fits.length === most);
  const [first] = best as [(typeof best)[number]];
  const misfits = distinct.filter((value) => first.read(value) === undefined);
  if (misfits.length > MOST_MISFITS * distinct.length) return { kind: 'unknown', misfits };
  const different = best.filter(
    ({ read }, index) => !best.slice(0, index).some((before) => isAlike(first.fits, before.read, read)),
  );
  if (different.length === 1) return { kind: 'found', format: first.format, misfits };
  return {
    kind: 'ambiguous',
    // Plain decimals are shown as a format that gives the same values.
    choices: different.map(
      ({ format, read }) =>
        format ??
        (best.find((one) => one.format !== undefined && isAlike(first.fits, one.read, read))
          ?.format as string),
    ),
    example: first.fits.find((value) =>
      different.some(({ read }) => read(value) !== first.read(value)),
    ) as string,
    isPlain: first.format === undefined,
  };
}

/** The format of a file whose amounts fit one only, and an amount that shows it. */
export function findNumberProof(
  finding: NumberFinding,
  values: readonly string[],
): { readonly format: string; readonly example: string } | undefined {
  if (finding.kind !== 'found' || finding.format === undefined) return undefined;
  const { format } = finding;
  const example = values.slice(0, MOST_TRIED).find((value) => {
    const alone = numberFormatOf([value], undefined);
    return alone.kind === 'found' && alone.format === format;
  });
  return example === undefined ? undefined : { format, example };
}

/** Among how many values an example is looked for. */
const MOST_TRIED = 200;

type Read = (text: string) => string | undefined;

/** Reads a text in a format; plain decimals where there is none. */
export function readerOf(format: string | undefined, currency: string | undefined): Read {
  const known = format === undefined ? undefined : findNumberFormat(format, currency);
  return (text) => findPlainAs(text, known);
}

function isAlike(values: readonly string[], one: Read, other: Read): boolean {
  return values.every((value) => one(value) === other(value));
}

/** Tells how a file writes its numbers, by what every one of them can be. */
import { findNumberFormat, findPlainAs } from '../../formats/number-format.js';

/** What the numbers of a file say about their format. */
export type NumberFinding =
  | { readonly kind: 'no-values' }
  /** `format` is undefined where all are plain decimals. */
  | { readonly kind: 'told'; readonly format: string | undefined; readonly misfits: readonly string[] }
  /** Several formats read every number, and not alike. */
  | {
      readonly kind: 'ambiguous';
      readonly choices: readonly string[];
      readonly example: string;
      /** Whether the numbers are read without any format, rightly or not. */
      readonly isPlain: boolean;
    }
  | { readonly kind: 'unknown'; readonly misfits: readonly string[] };

/** The formats that are known, the usual ones first. */
const FORMATS = ['1,234.56', '1.234,56', '1 234,56', "1'234.56", '1 234.56', '1234,56', '1234.56'] as const;

/** A format that leaves out more numbers than this is a guess. */
const MOST_MISFITS = 0.2;

/**
 * @param values - all numbers of the file, none of them empty
 * @param currency - the code that numbers may bear
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
  if (different.length === 1) return { kind: 'told', format: first.format, misfits };
  return {
    kind: 'ambiguous',
    // Where no format is needed, one that reads the same stands for it.
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

type Read = (text: string) => string | undefined;

/** The number of a text in a format; a sign of thousands that is no format of ours reads nothing. */
export function readerOf(format: string | undefined, currency: string | undefined): Read {
  const known = format === undefined ? undefined : findNumberFormat(format, currency);
  return (text) => findPlainAs(text, known);
}

function isAlike(values: readonly string[], one: Read, other: Read): boolean {
  return values.every((value) => one(value) === other(value));
}

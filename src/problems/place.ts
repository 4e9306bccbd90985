/** Where a problem is: a cell of a ledger, a key of the terms, a file, or the run as a whole. */
import type { LedgerName } from '../ledger-specs/ledgers.js';

/** A key of comp.yaml, from the outside in: `['plans', 0, 'rate']`. */
export type TermsPath = readonly (string | number)[];

export type Place =
  /**
   * A row of a ledger as given, counted from 0, and the column by our name where one is at fault. Where several
   * lines of an export make one row, `record` is the line: its record, counted from 0 over the records of all its files.
   */
  | {
      readonly kind: 'row';
      readonly ledger: LedgerName;
      readonly row: number;
      readonly column?: string;
      readonly record?: number;
    }
  /** A record of an export that is no row of the ledger. */
  | { readonly kind: 'record'; readonly ledger: LedgerName; readonly record: number }
  /** A ledger as a whole: its header, or a row that is not there. */
  | {
      readonly kind: 'ledger';
      readonly ledger: LedgerName;
      readonly header?: boolean;
      readonly file?: number;
    }
  | { readonly kind: 'terms'; readonly path: TermsPath }
  /** A file by its path, with line and column counted from 1 where they are known. */
  | { readonly kind: 'file'; readonly file: string; readonly line?: number; readonly column?: number }
  | { readonly kind: 'run' };

/** A key of comp.yaml as a person writes it: `plans[0].rate`. */
export function keyText(path: TermsPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

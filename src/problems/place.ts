/** Where a problem is: a cell of a ledger, a key of the terms, a file, or the run as a whole. */
import type { LedgerName } from '../ledger-specs/ledgers.js';

/** A key of comp.yaml, from the outside in: `['plans', 0, 'rate']`. */
export type TermsPath = readonly (string | number)[];

export type Place =
  /**
   * A row of a ledger as given, counted from 0, and our name of the column if the fault is in one. If several lines of an
   * export form one row, `record` identifies the line, counted from 0 over the records of all its files.
   */
  | {
      readonly kind: 'row';
      readonly ledger: LedgerName;
      readonly row: number;
      readonly column?: string;
      readonly record?: number;
    }
  /** A record of an export that is not a row of the ledger. */
  | { readonly kind: 'record'; readonly ledger: LedgerName; readonly record: number }
  /** A ledger as a whole: its header, or a missing row. */
  | {
      readonly kind: 'ledger';
      readonly ledger: LedgerName;
      readonly header?: boolean;
      readonly file?: number;
    }
  | { readonly kind: 'terms'; readonly path: TermsPath }
  /** A file by its path, with line and column counted from 1 if they are known. */
  | { readonly kind: 'file'; readonly file: string; readonly line?: number; readonly column?: number }
  /** An option of the command line, as it was typed. */
  | { readonly kind: 'option'; readonly option: string }
  | { readonly kind: 'run' };

/** A key of comp.yaml as a person writes it: `plans[0].rate`. */
export function keyText(path: TermsPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** `comp.yaml:14:9`, `invoices.csv:3`, `--set plans.ae.hold=30%`; empty where a place is in no file and no option. */
export function nameOf(place: Place): string {
  if (place.kind === 'option') return place.option;
  if (place.kind !== 'file') return '';
  const { file, line, column } = place;
  return [file, line, column].filter((part) => part !== undefined).join(':');
}

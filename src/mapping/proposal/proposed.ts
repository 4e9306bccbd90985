/** What a proposal is: keys of comp.yaml that are set, left as a question, or given as a hint. */
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import type { Preset } from '../presets.js';
import type { DateFinding } from './dates.js';
import type { OwedIn } from './net-and-gross.js';
import type { RowTypes } from './row-types.js';

/** A key of comp.yaml with a proposed value. */
export interface Proposed {
  readonly key: string;
  /** Plain data, as in comp.yaml. */
  readonly value: unknown;
  /** Set; a question that only the user can answer, at which comp check stops until then; or an optional hint. */
  readonly state: 'set' | 'question' | 'hint';
  /** A question whose placeholder is written as a live key, so that comp check stops at it. */
  readonly isBlocking?: boolean;
  readonly note?: string;
}

/** How one export can be read as a ledger. */
export interface Proposal {
  readonly ledger: LedgerName;
  /** The record that is the header, counted from 0. */
  readonly headerAt: number;
  readonly header: readonly string[];
  /** How many records there are below it. */
  readonly records: number;
  readonly preset?: Preset;
  /** By our column names. */
  readonly columns: readonly Proposed[];
  readonly keys: readonly Proposed[];
  /** Notes on the file as a whole. */
  readonly remarks: readonly string[];
  /** The columns of the file that nothing is read from; those with dates and amounts come first. */
  readonly unused: readonly string[];
  /** What the file's own dates show, and one of them. */
  readonly dates: DateFinding;
  /** The number format that the file's own amounts settle, with one that only it fits; undefined where they settle none. */
  readonly numbers: { readonly format: string; readonly example: string } | undefined;
  /** Whether the amounts fit several formats. */
  readonly hasOpenNumbers: boolean;
  readonly types?: RowTypes;
  /** Of invoices: the rows of one invoice have different categories, so they are items as well. */
  readonly hasItems: boolean;
  /** Of cash and credits: the file names customers and no invoices. */
  readonly isOnAccount: boolean;
  /** The values of a column of ours, as the file writes them. */
  readonly valuesOf: (column: string) => readonly string[];
}

/** What is known apart from the file. */
export interface ProposalContext {
  readonly ledger: LedgerName;
  readonly presets: readonly Preset[];
  readonly hasSplits: boolean;
  /** The currency code that amounts can have. */
  readonly currency?: string | undefined;
  /** The invoices proposed from the same file, where it is both ledgers. */
  readonly invoices?: Proposal | undefined;
  /** For invoices, the invoice ids in other ledgers; for other ledgers, the ids of the invoices. */
  readonly invoiceIds?: ReadonlySet<string> | undefined;
  /** For ledgers other than invoices, the reps of the invoices. */
  readonly repIds?: ReadonlySet<string> | undefined;
  /** What invoices are owed in, if their columns show it. */
  readonly owed?: OwedIn | undefined;
  /** A ledger before this one, from the same file, already lists the types of its rows. */
  readonly isTypeListed?: boolean | undefined;
  /** Types of rows that may be this ledger's, although their names do not show it. */
  readonly ownTypes?: readonly string[] | undefined;
  /** The ledgers that were given files of their own. */
  readonly given?: ReadonlySet<LedgerName> | undefined;
  /** The date formats that other files settle. */
  readonly proofs?: readonly FormatProof[] | undefined;
  /** The number formats that other files settle. */
  readonly numberProofs?: readonly FormatProof[] | undefined;
}

/** Another file whose dates, or amounts, fit only one format. */
export interface FormatProof {
  readonly path: string;
  readonly formats: readonly string[];
  /** A date or an amount that fits no other. */
  readonly example: string;
}

/** The cells of each of our columns. */
export type Values = ReadonlyMap<string, readonly string[]>;

export function setKey(key: string, value: unknown, note?: string): Proposed {
  return note === undefined ? { key, value, state: 'set' } : { key, value, state: 'set', note };
}

export function questionKey(key: string, value: unknown, note: string): Proposed {
  return { key, value, state: 'question', note };
}

/** A question whose placeholder comp check stops at. */
export function stopKey(key: string, value: unknown, note: string): Proposed {
  return { key, value, state: 'question', isBlocking: true, note };
}

export function hintKey(key: string, value: unknown, note: string): Proposed {
  return { key, value, state: 'hint', note };
}

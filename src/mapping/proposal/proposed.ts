/** What a proposal is: keys of comp.yaml that were told, that are asked for, or that may help. */
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import type { Preset } from '../presets.js';

/** A key of comp.yaml with its value, as it is proposed. */
export interface Proposed {
  readonly key: string;
  /** Plain data, as comp.yaml would say it. */
  readonly value: unknown;
  /** Said; asked, where only the user knows, and comp check stops until it is said; or a hint, which nothing needs. */
  readonly state: 'said' | 'asked' | 'hint';
  /** Asked in a way that comp check cannot pass over: the value is none. */
  readonly isBlocking?: boolean;
  readonly note?: string;
}

/** How one export may be read as a ledger. */
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
  /** What is to be known about the file as a whole. */
  readonly remarks: readonly string[];
  /** The values of a column of ours, as the file writes them. */
  readonly valuesOf: (column: string) => readonly string[];
}

/** What is known besides the file. */
export interface ProposalContext {
  readonly ledger: LedgerName;
  readonly presets: readonly Preset[];
  readonly hasSplits: boolean;
  /** The code that amounts may bear. */
  readonly currency?: string | undefined;
  /** The invoices that were proposed from the same file, if it serves as them too. */
  readonly invoices?: Proposal | undefined;
  /** For invoices, the ids by which other ledgers name them; for those, the ids that invoices have. */
  readonly invoiceIds?: ReadonlySet<string> | undefined;
}

/** The cells of our columns, by column. */
export type Values = ReadonlyMap<string, readonly string[]>;

export function said(key: string, value: unknown, note: string | undefined): Proposed {
  return note === undefined ? { key, value, state: 'said' } : { key, value, state: 'said', note };
}

export function asked(key: string, value: unknown, note: string): Proposed {
  return { key, value, state: 'asked', note };
}

export function hint(key: string, value: unknown, note: string): Proposed {
  return { key, value, state: 'hint', note };
}

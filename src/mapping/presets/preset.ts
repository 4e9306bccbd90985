/** What a preset is: a description of the exports of one system, from a public source. */
import type { LedgerName } from '../../ledger-specs/ledgers.js';

/** How the columns of an export are known: from real exports, or from documentation. */
export type Grade = 'measured' | 'documented';

/** The exports of one system. */
export interface Preset {
  readonly name: string;
  /** The system and the export, as users call them. */
  readonly title: string;
  readonly grade: Grade;
  /** Where the columns are shown. */
  readonly source: string;
  /** What the user still has to check or set. */
  readonly notes: readonly string[];
  /** By ledger: a mapping as in comp.yaml, and the headers that identify the export. */
  readonly layouts: Readonly<Partial<Record<LedgerName, Layout>>>;
}

export interface Layout {
  /** A file is recognized by having all of these headers. */
  readonly knownBy: readonly string[];
  readonly mapping: Readonly<Record<string, unknown>>;
}

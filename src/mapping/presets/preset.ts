/** What a preset is: the exports of one system, as far as a public source shows them. */
import type { LedgerName } from '../../ledger-specs/ledgers.js';

/** How the columns of an export are known. */
export type Grade = 'measured' | 'documented';

/** The exports of one system. */
export interface Preset {
  readonly name: string;
  /** The system and the export, as its users call them. */
  readonly title: string;
  readonly grade: Grade;
  /** Where the columns are shown. */
  readonly source: string;
  /** What remains to be checked, or said, by whoever uses it. */
  readonly notes: readonly string[];
  /** By ledger: a mapping as comp.yaml would say it, and the headers that the export is known by. */
  readonly layouts: Readonly<Partial<Record<LedgerName, Layout>>>;
}

export interface Layout {
  /** The headers by which a file is recognised: it has all of them. */
  readonly knownBy: readonly string[];
  readonly mapping: Readonly<Record<string, unknown>>;
}

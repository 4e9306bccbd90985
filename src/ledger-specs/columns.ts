/** The columns of each ledger as a list, for code that is the same for all ledgers. */
import { LEDGER_NAMES, LEDGER_SPECS, type LedgerName, ofEach } from './ledgers.js';
import type { ColumnSpec, LedgerFacts } from './spec.js';

export interface Column extends ColumnSpec {
  readonly name: string;
}

export interface LedgerColumns extends LedgerFacts {
  readonly columns: readonly Column[];
}

export const LEDGER_COLUMNS: Readonly<Record<LedgerName, LedgerColumns>> = ofEach(LEDGER_NAMES, (name) => {
  const { columns, ...facts } = LEDGER_SPECS[name];
  return {
    ...facts,
    columns: Object.entries<ColumnSpec>(columns).map(([column, spec]) => ({ name: column, ...spec })),
  };
});

/** The rows of inputs, read and replaced by ledger. */
import type { LedgerName, SpecOf } from '../ledger-specs/ledgers.js';
import type { Inputs, LedgerInput } from '../library/given-inputs.js';
import { type RowInput, textRows } from '../library/given-rows.js';
import type { Row } from './row.js';

/** The rows of a ledger as they were given; none where the ledger is not there. */
export function rowsOf<Name extends LedgerName>(
  { ledgers }: Inputs,
  name: Name,
): readonly RowInput<SpecOf<Name>>[] {
  const ledger = ledgers[name] as LedgerInput<Name> | undefined;
  const rows: RowInput<SpecOf<Name>>[] = [];
  ledger?.rows.forEach((row) => {
    rows.push(row);
  });
  return rows;
}

/** The rows of a ledger with every cell as text, trimmed. */
export function cellsOf(inputs: Inputs, name: LedgerName): readonly Row[] {
  const { rows } = textRows(name, rowsOf(inputs, name), ({ currency }) =>
    String(currency ?? inputs.terms.currency),
  );
  const cells: Row[] = [];
  rows.forEach((row) => {
    const entries = Object.entries(row).map(([column, cell]) => [column, (cell ?? '').trim()]);
    cells.push(Object.fromEntries(entries) as Row);
  });
  return cells;
}

/** The inputs with these rows in place of a ledger's own. */
export function withRows<Given extends Inputs>(inputs: Given, name: LedgerName, rows: readonly Row[]): Given {
  const ledgers = { ...inputs.ledgers, [name]: { rows } };
  return { ...inputs, ledgers };
}

/** What tells the rows of a ledger apart in a book: the key of R2.1, and the first day where a key may come several times. */
import { LEDGER_SPECS, type LedgerName } from '../ledger-specs/ledgers.js';
import { type Cells, idIn, type TieRules, textIn } from './ties.js';

/** The ledgers whose own key does not tell two rows apart. */
const KEYS: { readonly [Name in LedgerName]?: readonly string[] } = {
  accounts: ['customer_id', 'rep_id', 'from'],
  assignments: ['rep_id', 'plan_id', 'from'],
  quotas: ['rep_id', 'quarter', 'credit'],
  teams: ['rep_id', 'manager_id', 'from'],
};

/** The columns by which a book finds a row of a ledger. */
export function keyColumnsOf(ledger: LedgerName): readonly string[] {
  return KEYS[ledger] ?? LEDGER_SPECS[ledger].key;
}

/**
 * The key of a row.
 *
 * @param isSnapshot - the rows of a snapshot may have no id: then it is that of the invoice
 */
export function keyOf(rules: TieRules, ledger: LedgerName, cells: Cells, isSnapshot = false): string {
  const parts = keyColumnsOf(ledger).map((column) => keyCell(column, idOf(rules, ledger, cells, column)));
  if (isSnapshot && parts[0] === '') parts[0] = textIn(cells, 'invoice_id');
  return JSON.stringify(parts);
}

/** Whether a row has the cells that are asked for; blank ones are not asked for. */
export function hasKey(rules: TieRules, ledger: LedgerName, cells: Cells, key: Cells): boolean {
  const cellOf = (row: Cells, column: string) => keyCell(column, idOf(rules, ledger, row, column));
  return Object.keys(key).every((column) => cellOf(cells, column) === cellOf(key, column));
}

/** The ledger of reps lists people by the ids that they have there. */
function idOf(rules: TieRules, ledger: LedgerName, cells: Cells, column: string): string {
  return ledger === 'reps' ? textIn(cells, column) : idIn(rules, cells, column);
}

/** Words of a choice are the same in any case, and a blank one has a meaning of its own. */
function keyCell(column: string, text: string): string {
  if (column === 'credit') return text === '' ? 'own' : text.toLowerCase();
  if (column === 'kind') return text === '' ? 'recoverable' : text;
  return text;
}

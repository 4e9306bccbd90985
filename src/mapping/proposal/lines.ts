/** Finds whether the rows of an export are lines of documents, and how the lines of one document make a row. */
import { LEDGER_COLUMNS } from '../../ledger-specs/columns.js';
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import type { LineRule } from '../mapping.js';
import type { FoundColumns } from './columns.js';
import type { Row } from './rows.js';

export type LinesFinding =
  | { readonly kind: 'none' }
  /** Rows that are identical in every cell. */
  | { readonly kind: 'doubles'; readonly example: string }
  /** Rows of one key that differ in a column that is the same for a whole document. */
  | { readonly kind: 'clash'; readonly column: string; readonly example: string }
  | {
      readonly kind: 'lines';
      readonly documents: number;
      readonly rules: Readonly<Record<string, LineRule>>;
      /** Amounts that are the same on each line, and so count once. */
      readonly repeated: readonly string[];
      /** The lines of a document have different reps: it is a split. */
      readonly hasReps: boolean;
      /** The lines of a document have different categories: they are items. */
      readonly hasCategories: boolean;
    };

export function linesOf(ledger: LedgerName, columns: FoundColumns, records: readonly Row[]): LinesFinding {
  const { key } = LEDGER_COLUMNS[ledger];
  const places = key.map((column) => columns.get(column)?.at);
  // Only ledgers with an invoice in their key have documents of lines.
  if (!key.includes('invoice_id') || places.includes(undefined)) return { kind: 'none' };
  const documents = new Map<string, Row[]>();
  for (const record of records) {
    const cells = places.map((at) => cellOf(record, at as number));
    if (cells[0] === '') continue;
    const key = cells.join(' on ');
    const lines = documents.get(key);
    if (lines === undefined) documents.set(key, [record]);
    else lines.push(record);
  }
  const several = [...documents].filter(([, lines]) => lines.length > 1);
  const [example] = several[0] ?? [];
  if (example === undefined) return { kind: 'none' };
  if (several.every(([, lines]) => differ(lines, (line) => line.join('\u0000')) === false)) {
    return { kind: 'doubles', example };
  }
  const rules: Record<string, LineRule> = {};
  const repeated: string[] = [];
  let hasReps = false;
  const differIn = (at: number) => several.find(([, lines]) => differ(lines, (line) => cellOf(line, at)));
  const category = columns.get('category')?.at;
  const hasCategories = ledger === 'invoices' && category !== undefined && differIn(category) !== undefined;
  for (const { name, kind } of LEDGER_COLUMNS[ledger].columns) {
    const at = columns.get(name)?.at;
    if (at === undefined) continue;
    const differing = differIn(at);
    if (kind === 'amount') {
      // Items have amounts of their own, and may have the same; a total may be that of the whole document.
      const isOfItems = hasCategories && name !== 'total';
      if (differing === undefined && !isOfItems) repeated.push(name);
      else rules[name] = 'sum';
    } else if (differing !== undefined) {
      if (name === 'category' && hasCategories) continue;
      if (name !== 'rep_id') return { kind: 'clash', column: name, example: differing[0] };
      hasReps = true;
    }
  }
  return { kind: 'lines', documents: several.length, rules, repeated, hasReps, hasCategories };
}

function differ(lines: readonly Row[], part: (line: Row) => string): boolean {
  const first = part(lines[0] as Row);
  return lines.some((line) => part(line) !== first);
}

function cellOf(row: Row, at: number): string {
  return (row[at] ?? '').trim();
}

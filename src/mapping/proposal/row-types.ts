/** Finds the column with the type of each row in an export that is several ledgers: Payment, Credit Memo, Journal. */
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import { plainName } from './names.js';
import type { Row } from './rows.js';

/** The types of the rows of an export, each as the file writes it. */
export interface RowTypes {
  /** Where the column is, counted from 0, and its header. */
  readonly at: number;
  readonly header: string;
  /** The types of the ledger that the export was given for. */
  readonly own: readonly string[];
  /** The types that belong in other ledgers. */
  readonly elsewhere: ReadonlyMap<LedgerName, readonly string[]>;
  /** Types that could be anything, and how many rows have each. */
  readonly unknown: ReadonlyMap<string, number>;
}

/** What exports call the type of a row, as {@link plainName} writes it. */
const HEADERS = new Set(
  [
    ...['type', 'transaction type', 'trans type', 'tran type', 'txn type', 'trx type'],
    ...['document type', 'doc type', 'entry type', 'record type', 'row type', 'line type'],
    ...['initial document type', 'reporting category', 'source type', 'activity type'],
    ...['Typ', 'Belegart', 'Belegtyp', 'Buchungsart', 'Vorgangsart'],
    ...['type de document', 'type de pièce', 'type de transaction'],
    ...['tipo', 'tipo de documento', 'tipo de transacción', 'clase de documento'],
  ].map(plainName),
);

type TypedLedger = 'invoices' | 'payments' | 'creditMemos' | 'writeOffs';

/** The types that mean one ledger in every system; what a journal or an adjustment is, only the user knows. */
const NAMES: Readonly<Record<TypedLedger, readonly string[]>> = {
  invoices: [
    ...['invoice', 'invoices', 'sales invoice', 'customer invoice', 'tax invoice', 'ar invoice', 'inv'],
    ...['Rechnung', 'Ausgangsrechnung', 'facture', 'facture client', 'factura', 'factura de venta'],
  ],
  payments: [
    ...['payment', 'payments', 'customer payment', 'payment received', 'received payment', 'receive payment'],
    ...[
      'invoice payment',
      'sales receipt payment',
      'cash receipt',
      'receipt',
      'customer receipt',
      'pmt',
      'pymt',
    ],
    ...['Zahlung', 'Zahlungseingang', 'paiement', 'règlement', 'encaissement', 'pago', 'cobro'],
    // How it was paid.
    ...[
      'check',
      'cheque',
      'ach',
      'wire',
      'wire transfer',
      'bank transfer',
      'direct debit',
      'eft',
      'bacs',
      'sepa',
    ],
    ...['card', 'credit card', 'debit card', 'cash', 'paypal', 'stripe', 'lockbox'],
  ],
  creditMemos: [
    ...[
      'credit memo',
      'credit memos',
      'credit note',
      'sales credit note',
      'sales credit memo',
      'sales credit',
    ],
    ...[
      'customer credit',
      'customer credit memo',
      'ar credit memo',
      'Gutschrift',
      'Rechnungskorrektur',
      'avoir',
    ],
    ...["facture d'avoir", 'nota de crédito', 'nota de abono', 'abono'],
  ],
  writeOffs: [
    ...['write off', 'write offs', 'writeoff', 'bad debt', 'bad debt write off', 'invoice write off'],
    ...['uncollectible', 'charge off', 'Abschreibung', 'Forderungsausfall', 'Ausbuchung'],
    ...['créance irrécouvrable', 'perte sur créance', 'incobrable'],
  ],
};

const LEDGER_OF = new Map<string, TypedLedger>(
  (Object.keys(NAMES) as TypedLedger[]).flatMap((ledger) =>
    NAMES[ledger].map((name): [string, TypedLedger] => [plainName(name), ledger]),
  ),
);

/** The ledgers that rows have types of. */
export const TYPED: ReadonlySet<LedgerName> = new Set(Object.keys(NAMES) as TypedLedger[]);

/** A column with more different values than this has no types. */
const MOST_TYPES = 20;

/**
 * The types of the rows, where the export has a column for them.
 *
 * @param ledger - the ledger that the export was given for
 * @param taken - types that may be the ledger's, although their names do not show it
 */
export function rowTypesOf(
  ledger: LedgerName,
  header: Row,
  records: readonly Row[],
  taken: readonly string[] = [],
): RowTypes | undefined {
  if (!TYPED.has(ledger)) return undefined;
  const named = header.flatMap((name, at) => (HEADERS.has(plainName(name)) ? [at] : []));
  const others = header.flatMap((name, at) => (named.includes(at) || name === '' ? [] : [at]));
  const columns = [...named, ...others].map((at) => ({ at, counts: countsIn(records, at) }));
  const isTyped = ({ at, counts }: { readonly at: number; readonly counts: ReadonlyMap<string, number> }) => {
    if (counts.size > MOST_TYPES || (counts.size === 1 && counts.has(''))) return false;
    const ledgers = new Set([...counts.keys()].flatMap((type) => LEDGER_OF.get(plainName(type)) ?? []));
    if (named.includes(at)) return ledgers.size > 0 || (ledger !== 'invoices' && counts.size > 0);
    // Under any other name only values that are clearly two ledgers are types.
    return ledgers.size > 1;
  };
  const column = columns.find(isTyped);
  if (column === undefined) return undefined;
  const own: string[] = [];
  const elsewhere = new Map<LedgerName, string[]>();
  const unknown = new Map<string, number>();
  for (const [type, count] of column.counts) {
    const meant = LEDGER_OF.get(plainName(type));
    if (meant === ledger || taken.includes(type)) own.push(type);
    else if (meant === undefined) unknown.set(type, count);
    else elsewhere.set(meant, [...(elsewhere.get(meant) ?? []), type]);
  }
  return { at: column.at, header: header[column.at] as string, own, elsewhere, unknown };
}

/** The rows of the ledger's own types; all rows where none is known. */
export function ownRows(records: readonly Row[], types: RowTypes | undefined): readonly Row[] {
  if (types === undefined || types.own.length === 0) return records;
  const own = new Set(types.own);
  return records.filter((record) => own.has(typeIn(record, types.at)));
}

function countsIn(records: readonly Row[], at: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const record of records) {
    const type = typeIn(record, at);
    counts.set(type, (counts.get(type) ?? 0) + 1);
    if (counts.size > MOST_TYPES) break;
  }
  return counts;
}

function typeIn(record: Row, at: number): string {
  return (record[at] ?? '').trim();
}

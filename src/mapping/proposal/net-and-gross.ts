/** Whether an amount includes tax, and which of two such columns cash and credits count in (R2.2, R26.1). */
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import { GROSS, NET } from './column-names.js';
import { type FoundColumn, foundAt } from './columns.js';
import { plainName } from './names.js';
import type { Row } from './rows.js';

export type TaxSide = 'net' | 'gross';

/** What invoices are owed in: without tax, with it, or both alike, where nothing is taxed. */
export type OwedIn = TaxSide | 'alike';

const NET_NAMES = new Set(NET.map(plainName));
const GROSS_NAMES = new Set(GROSS.map(plainName));
const NET_WORDS = /\bnet\b|\bexcl|\buntaxed|\bsub ?total|\bht\b|\bbase imponible|netto/i;
const GROSS_WORDS = /\bgross\b|\bincl|\bttc\b|brutto|\bwith tax/i;

/** Whether a header says that its amounts are without tax or with it; undefined where it says neither. */
export function findTaxSide(header: string): TaxSide | undefined {
  const name = plainName(header);
  if (NET_NAMES.has(name) || NET_WORDS.test(header)) return 'net';
  return GROSS_NAMES.has(name) || GROSS_WORDS.test(header) ? 'gross' : undefined;
}

/** What a ledger of cash or credits has for its amount. */
export type OwedAmount =
  /** Nothing to decide: one column, or names that say nothing of tax. */
  | { readonly kind: 'as-found' }
  /** The column that invoices are owed in, and for credits what they take back of the sale. */
  | {
      readonly kind: 'decided';
      readonly side: TaxSide;
      readonly amount: FoundColumn;
      readonly commissionable?: FoundColumn;
    }
  /** Both, and what invoices are owed in is not known. */
  | { readonly kind: 'open'; readonly choices: readonly string[] }
  /** Without tax alone, although invoices are owed with it. */
  | { readonly kind: 'net-only'; readonly net: string };

const OWING: readonly LedgerName[] = ['payments', 'creditMemos', 'writeOffs'];

/**
 * Which column is the amount of a payment, credit memo or write-off: the one that counts like what invoices are owed in.
 *
 * @param amount - the column found by its name
 * @param owed - what invoices are owed in, if known
 */
export function owedAmount(
  ledger: LedgerName,
  amount: FoundColumn | undefined,
  header: Row,
  owed: OwedIn | undefined,
): OwedAmount {
  if (amount === undefined || !OWING.includes(ledger)) return { kind: 'as-found' };
  const places = [amount.at, ...amount.others].map((at) => ({ at, side: findTaxSide(header[at] as string) }));
  const own = places[0]?.side;
  const placeOf = (side: TaxSide) => places.find((one) => one.side === side)?.at;
  const [net, gross] = [placeOf('net'), placeOf('gross')];
  if (net === undefined || gross === undefined) {
    return own === 'net' && owed === 'gross' && ledger !== 'payments'
      ? { kind: 'net-only', net: header[amount.at] as string }
      : { kind: 'as-found' };
  }
  // A column with another name, such as Amount Applied, is what the row is about.
  if (own === undefined) return { kind: 'as-found' };
  if (owed === undefined) return { kind: 'open', choices: [net, gross].map((at) => header[at] as string) };
  const side = owed === 'net' ? 'net' : 'gross';
  const at = side === 'net' ? net : gross;
  const decided = {
    kind: 'decided',
    side,
    amount: foundAt(
      at,
      header,
      amount.others.filter((other) => other !== net && other !== gross),
    ),
  } as const;
  if (ledger !== 'creditMemos' || side === 'net') return decided;
  return { ...decided, commissionable: foundAt(net, header, []) };
}

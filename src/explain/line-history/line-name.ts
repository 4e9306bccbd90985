/** The name of a line among those of its rep: its invoice and its credit (R12.1). */
import type { CreditKind } from '../../ledger-specs/credit-kinds.js';

/** What tells a rep's lines from one another. */
export interface NamedLine {
  readonly invoiceId: string;
  readonly credit: CreditKind;
}

/**
 * Sorts as the invoice id does.
 *
 * @example histories.get('R1')?.get(lineNameOf({ invoiceId: 'INV-2', credit: 'team' }))
 */
export function lineNameOf({ invoiceId, credit }: NamedLine): string {
  return `${invoiceId}\0${credit}`;
}

/** The entries of the pay account that a ledger gives: bonuses, waivers and repayments (R21). */
import type { Minor } from '../../money.js';

/** R21.1: what an entry is. */
export const ENTRY_KINDS = ['bonus', 'waiver', 'repayment'] as const;

export type EntryKind = (typeof ENTRY_KINDS)[number];

/** An entry as a result has it (R21.6); the amount is in the currency's minor unit. */
export interface PayEntryRow {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** The pay period by name. */
  readonly period: string;
  readonly repId: string;
  readonly entryId: string;
  readonly kind: EntryKind;
  /** Below 0 for a deduction. */
  readonly amount: Minor;
  /** Blank where the entry names none, like the reason. */
  readonly invoiceId: string;
  readonly reason: string;
  /** The day of the entry in its ledger; another than `date` where it adjusts a closed period (R21.7). */
  readonly eventDate: string;
  /** The closed period that is adjusted, by name; blank where none is. */
  readonly adjusts: string;
}

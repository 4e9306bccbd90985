/** What became of cash on account, as control totals and exceptions report it (R8.4, R9.2). */
import type { Units } from '../../money.js';
import { exception } from '../../problems/exception.js';
import type { Findings } from '../findings.js';
import type { Fate, Fates } from '../r1-words/fates.js';
import { inWords, type Setting } from '../setting.js';
import type { AppliedCash } from './apply-cash.js';
import type { EntryOnAccount } from './customer-account.js';

/** A row on account, part by part. */
export interface AccountFate {
  readonly entry: EntryOnAccount;
  /** A row is what the best of its parts is. */
  readonly fate: Fate;
  /** The parts that it was applied in, and what is left; they add up to its amount. */
  readonly parts: readonly { readonly fate: Fate; readonly amount: Units }[];
}

export type AccountFates = readonly AccountFate[];

const BEST_FIRST: readonly Fate[] = ['used', 'later', 'setAside'];

/**
 * What became of the rows on account.
 *
 * @param invoiceFates - a part shares the fate of the invoice that it was applied to
 */
export function accountFatesOf(
  setting: Setting,
  invoiceFates: Fates,
  { entries, allocations }: AppliedCash,
  findings: Findings,
): AccountFates {
  const partsOf = new Map<EntryOnAccount, { fate: Fate; amount: Units }[]>(
    entries.map((entry) => [entry, []]),
  );
  for (const { from, amount, to } of allocations) {
    const fate = to === undefined ? 'used' : (invoiceFates.find(to.invoice.number) as Fate);
    partsOf.get(from)?.push({ fate, amount });
  }
  return [...partsOf].map(([entry, parts]) => {
    if (entry.left !== 0n) {
      parts.push({ fate: 'setAside', amount: entry.left });
      findings.addException(leftover(setting, entry));
    }
    const fate = BEST_FIRST.find((one) => parts.some((part) => part.fate === one)) ?? 'used';
    return { entry, fate, parts };
  });
}

function leftover(setting: Setting, { source, entry, left }: EntryOnAccount) {
  const ledger = setting.sources.ledgerOf(source);
  const { row, id, customer, amount } = entry;
  const facts = { amount: inWords(setting, amount), left: inWords(setting, left), customer };
  return exception('unapplied', { ledger, row, id }, facts);
}

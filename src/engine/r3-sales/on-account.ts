/** What became of cash on account, as sales, control totals and exceptions know it (R8.4, R9.2). */

import type { Units } from '../../money.js';
import { exception } from '../../problems/exception.js';
import type { Cause } from '../r1-words/causes.js';
import type { CashLedger } from '../r2-ledgers/books.js';
import type { Fate } from '../r8-results/controls.js';
import { inWords, type Run } from '../run.js';
import type { AppliedCash } from './apply-cash.js';
import type { EntryOnAccount } from './customer-account.js';
import type { Gathering } from './sales.js';

/** What an allocation does to an invoice: nothing that is below 0 is ever applied to one. */
const CAUSES: Readonly<Record<CashLedger, Cause>> = {
  creditMemos: 'credited',
  payments: 'collected',
  writeOffs: 'written-off',
};

/** A row is what the best of its parts is. */
const BEST_FIRST: readonly Fate[] = ['used', 'later', 'setAside'];

/** Adds what was applied of cash that names no invoice: each allocation is an event of its sale, like a row that names it. */
export function addCashOnAccount(
  { run, fates: invoiceFates, events, counter }: Gathering,
  applied: AppliedCash,
): void {
  const { counting, exceptions } = run;
  const fates = new Map<EntryOnAccount, Set<Fate>>(applied.entries.map((entry) => [entry, new Set()]));
  const count = (entry: EntryOnAccount, fate: Fate, amount: Units) => {
    fates.get(entry)?.add(fate);
    counter.of(entry.ledger).amount(fate, counting.of(amount), counting.zero);
  };
  for (const { from, day, amount, to } of applied.allocations) {
    if (to === undefined) {
      count(from, 'used', amount);
      continue;
    }
    // A part shares the fate of its invoice, as a row does that names it.
    const { number } = to.invoice;
    const fate = invoiceFates[number] as Fate;
    count(from, fate, amount);
    if (fate === 'used') events.add(number, day, CAUSES[from.ledger], from.source, counting.of(amount));
  }
  for (const entry of applied.entries) {
    if (entry.left !== 0n) {
      count(entry, 'setAside', entry.left);
      exceptions.push(leftover(run, entry));
    }
    const fate = BEST_FIRST.find((one) => fates.get(entry)?.has(one)) ?? 'used';
    counter.of(entry.ledger).row(entry.entry.row, fate, counting.zero, counting.zero);
  }
}

function leftover(run: Run, { ledger, entry, left }: EntryOnAccount) {
  const { row, id, customer, amount } = entry;
  const facts = { amount: inWords(run, amount), left: inWords(run, left), customer };
  return exception('unapplied', { ledger, row, id }, facts);
}

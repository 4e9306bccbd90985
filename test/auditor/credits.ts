// Who is credited with an invoice: its own reps, and the managers above them (R2.5, R12.3).

import { div, type Fraction, mul, ONE, parseDecimal, parsePercent } from './fraction.js';
import type { Invoice, Ledgers } from './ledgers.js';
import { cell, isOn, type Row } from './rows.js';

export interface OwnCredit {
  readonly rep: string;
  readonly share: Fraction;
}

export interface TeamCredit {
  readonly rep: string;
  /** By the own credit it comes from, one for each way up the tree: who sold, and the manager's share in it. */
  readonly sources: readonly OwnCredit[];
}

/** R2.5. */
export function ownCreditsOf(
  invoice: { readonly id: string; readonly amount: Fraction; readonly rep: string },
  splits: readonly Row[],
): readonly OwnCredit[] {
  const own = splits.filter((row) => cell(row, 'invoice_id') === invoice.id);
  if (own.length === 0) return [{ rep: invoice.rep, share: ONE }];
  return own.map((row) => {
    const amount = cell(row, 'amount');
    const share =
      amount === '' ? parsePercent(cell(row, 'share')) : div(parseDecimal(amount), invoice.amount);
    return { rep: cell(row, 'rep_id'), share };
  });
}

/** R12.3: the managers of the booking date, up the whole tree. */
export function listTeamCredits(invoice: Invoice, ledgers: Ledgers): readonly TeamCredit[] {
  const found: { readonly manager: string; readonly source: OwnCredit }[] = [];
  const climb = (rep: string, share: Fraction, seller: string, below: readonly string[]): void => {
    if (below.includes(rep)) throw new RangeError(`a cycle of managers at ${rep}`);
    for (const { manager, share: part } of managersOf(rep, invoice.bookingDay, ledgers)) {
      const given = mul(share, part);
      found.push({ manager, source: { rep: seller, share: given } });
      climb(manager, given, seller, [...below, rep]);
    }
  };
  for (const { rep, share } of invoice.owners) climb(rep, share, rep, []);
  const managers = [...new Set(found.map(({ manager }) => manager))];
  return managers.map((rep) => ({
    rep,
    sources: found.filter(({ manager }) => manager === rep).map(({ source }) => source),
  }));
}

/** R12.3: without a teams ledger, the reps ledger says it for all time. */
function managersOf(
  rep: string,
  day: string,
  { teams, reps }: Ledgers,
): readonly { readonly manager: string; readonly share: Fraction }[] {
  const rows = (teams ?? reps ?? []).filter(
    (row) =>
      cell(row, 'rep_id') === rep &&
      cell(row, 'manager_id') !== '' &&
      (teams === undefined || isOn(row, day)),
  );
  return rows.map((row) => ({
    manager: cell(row, 'manager_id'),
    share: teams === undefined ? ONE : parsePercent(cell(row, 'share') || '100%'),
  }));
}

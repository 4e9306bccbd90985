/** Waivers and repayments that are larger than the debt (R21.4). */
import { groupedBy } from '../../grouped.js';
import { formatMinor, groupThousands, type Minor, min } from '../../money.js';
import { exception } from '../../problems/exception.js';
import type { Findings } from '../findings.js';
import type { PayRow } from '../r1-words/pay-figures.js';
import type { PayEntryRow } from '../r7-pay/entries.js';
import type { RepRows } from '../r8-results/results.js';
import type { Setting } from '../setting.js';

/** Which figure of the pay row says how much of the entries of a kind was used. */
const USED = { waiver: 'waived', repayment: 'settled' } as const;

/**
 * A notice about every entry that is not used up, in the order of the entries.
 *
 * @param entries - those of open periods
 */
export function noteUnusedEntries(
  setting: Setting,
  entries: readonly PayEntryRow[],
  { quarters, months }: RepRows,
  findings: Findings,
): void {
  const limited = entries.filter(({ kind, amount }) => kind !== 'bonus' && amount > 0n);
  if (limited.length === 0) return;
  const rows = new Map<string, PayRow>(
    setting.terms.payPeriod === 'month'
      ? months.map((row) => [keyOf(row.repId, row.month), row])
      : quarters.map((row) => [keyOf(row.repId, row.quarter), row]),
  );
  for (const kind of ['waiver', 'repayment'] as const) {
    const own = limited.filter((entry) => entry.kind === kind);
    for (const [key, group] of groupedBy(own, ({ repId, period }) => keyOf(repId, period))) {
      let left: Minor = rows.get(key)?.[USED[kind]] ?? 0n;
      for (const entry of group) {
        const used = min(entry.amount, left);
        left -= used;
        if (used < entry.amount) note(setting, findings, entry, used);
      }
    }
  }
}

function keyOf(rep: string, period: string): string {
  return JSON.stringify([rep, period]);
}

function note(
  { books, terms }: Setting,
  findings: Findings,
  { entryId: id, repId: rep, kind, period, amount }: PayEntryRow,
  used: Minor,
): void {
  const money = (one: Minor) => groupThousands(formatMinor(one, terms.currency.digits));
  const row = books.plain.entries.find((entry) => entry.entry_id === id)?.row;
  const code = kind === 'waiver' ? 'waiver-exceeds-debt' : 'repaid-too-much';
  const facts = { rep, period, amount: money(amount), used: money(used), rest: money(amount - used) };
  findings.addException(exception(code, { ledger: 'entries', row, id }, facts));
}

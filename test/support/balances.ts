/** R7 and R8 on any result, worked out again from its postings and rows: sums, netting and balances. */
import { expect } from 'vitest';
import type { TestResult } from './run.js';

type Posting = TestResult['postings'][number];

/** Every row of every rep has the flows of its postings, and every period opens where the one before closed. */
export function checkBalances(result: TestResult): void {
  const { postings, terms, quarters, months } = result;
  const rows =
    terms.payPeriod === 'month'
      ? months.map((row) => ({ ...row, period: row.month }))
      : quarters.map((row) => ({ ...row, period: row.quarter }));
  const byRow = new Map<string, Posting[]>();
  for (const posting of postings) {
    const key = JSON.stringify([posting.repId, posting.period]);
    byRow.set(key, [...(byRow.get(key) ?? []), posting]);
  }
  const balances = new Map<string, { readonly held: bigint; readonly owed: bigint }>();
  for (const row of rows) {
    const own = byRow.get(JSON.stringify([row.repId, row.period])) ?? [];
    byRow.delete(JSON.stringify([row.repId, row.period]));
    const sum = (of: (posting: Posting) => bigint) => own.reduce((total, posting) => total + of(posting), 0n);
    const nets = new Map<string, bigint>();
    for (const { invoiceId, advanced, released, clawedBack } of own) {
      nets.set(invoiceId, (nets.get(invoiceId) ?? 0n) + advanced + released - clawedBack);
    }
    const gains = [...nets.values()].reduce((total, net) => (net > 0n ? total + net : total), 0n);
    const charged = [...nets.values()].reduce((total, net) => (net < 0n ? total - net : total), 0n);
    const before = balances.get(row.repId) ?? { held: 0n, owed: 0n };
    expect({
      earned: row.earned,
      payable: row.payable,
      held: row.held,
      heldOpening: row.heldOpening,
      owedOpening: row.owedOpening,
      clawedBack: row.clawedBack - row.reinstated,
      charged: row.charged,
      paid: row.paid,
      net: row.paid - row.owed,
    }).toEqual({
      earned: sum(({ earned }) => earned),
      payable: sum(({ advanced, released }) => advanced + released),
      held: before.held + sum(({ held }) => held),
      heldOpening: before.held,
      owedOpening: before.owed,
      clawedBack: sum(({ clawedBack }) => clawedBack),
      charged,
      paid: gains - row.cancelled - row.recovered,
      net: gains - charged - before.owed,
    });
    balances.set(row.repId, { held: row.held, owed: row.owed });
  }
  // Every posting stands in some row.
  expect([...byRow.keys()]).toEqual([]);
}

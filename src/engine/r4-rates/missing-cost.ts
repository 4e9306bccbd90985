/** A line that needs its gross profit but has no cost (R2.3). */
import type { Plan } from '../../plans/plan.js';
import type { Findings } from '../findings.js';
import type { Lines } from '../r3-sales/lines.js';
import type { Setting } from '../setting.js';

/** Reports it once per invoice. */
export function reportMissingCost(
  { books }: Setting,
  findings: Findings,
  lines: Lines,
  line: number,
  plan: Plan,
): void {
  const { invoices, reps } = books;
  const number = lines.invoices[line] as number;
  const invoice = invoices.ids.at(number);
  if (!findings.isFirst('missing-cost', invoice)) return;
  const place = { kind: 'row', ledger: 'invoices', row: invoices.rowOf(number), column: 'cost' } as const;
  const rep = reps.nameOf(lines.reps[line] as number);
  findings.addFault({ code: 'missing-cost', place, invoice, rep, plan: plan.id });
}

/** A line whose gross profit is asked for, and whose cost is not known (R2.3). */
import type { Plan } from '../../plans/plan.js';
import type { Lines } from '../r3-sales/lines.js';
import { isNews, type Run } from '../run.js';

/** Tells it once per invoice. */
export function tellMissingCost(run: Run, lines: Lines, line: number, plan: Plan): void {
  const { invoices, reps } = run.books;
  const number = lines.invoices[line] as number;
  const invoice = invoices.ids.at(number);
  if (!isNews(run, 'missing-cost', invoice)) return;
  const place = { kind: 'row', ledger: 'invoices', row: invoices.rowOf(number), column: 'cost' } as const;
  const rep = reps.nameOf(lines.reps[line] as number);
  run.faults.push({ code: 'missing-cost', place, invoice, rep, plan: plan.id });
}

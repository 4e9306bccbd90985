/** What a customer owes on an invoice at the as-of date, by everything that happened to it. */
import { amountAt, exactly } from '../../amount.js';
import type { Run } from '../../engine/calculate.js';
import { causeOf } from '../../engine/r1-words/causes.js';
import { addEvent, type SaleSums } from '../../engine/r5-targets/targets.js';
import { clamp, type Units } from '../../money.js';

/** An invoice at the as-of date, in units of its own currency. */
export interface Owed {
  /** `T`: the total without what is credited. */
  readonly due: Units;
  /** Of it, what was paid, and what was written off. */
  readonly collected: Units;
  readonly writtenOff: Units;
  /** What is left. */
  readonly open: Units;
}

/** Adds up an invoice: nothing is open of one whose total is not above 0. */
export function owedOn({ setting, events }: Pick<Run, 'setting' | 'events'>, invoice: number): Owed {
  const { starts, causes, amounts } = events.events;
  const { zero } = setting.counting;
  const sums: SaleSums = { memos: zero, cash: zero, writtenOff: zero };
  for (let event = starts[invoice] as number; event < (starts[invoice + 1] as number); event += 1) {
    addEvent(sums, causeOf(causes[event] as number), amountAt(amounts, event));
  }
  const total = exactly(amountAt(setting.books.invoices.totals, invoice));
  if (total <= 0n) return { due: 0n, collected: 0n, writtenOff: 0n, open: 0n };
  const due = total - clamp(exactly(sums.memos), 0n, total);
  const collected = clamp(exactly(sums.cash), 0n, due);
  const writtenOff = clamp(exactly(sums.writtenOff), 0n, due - collected);
  return { due, collected, writtenOff, open: due - collected - writtenOff };
}

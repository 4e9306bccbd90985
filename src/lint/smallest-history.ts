/** The smallest history that shows what a rate table does at a threshold: one rep, one window, one sale more. */
import { isoOf } from '../day.js';
import { findQuarter, type Quarter } from '../engine/r2-ledgers/calendar.js';
import type { Minor } from '../money.js';
import type { Facts } from './facts.js';
import type { HistoryRow, SmallestHistory } from './question.js';
import type { PlanTable } from './tables.js';

/** Sales below a threshold, those that reach it, and what each list earns; amounts in minor units. */
export interface ComparedSales {
  readonly before: readonly Minor[];
  readonly after: readonly Minor[];
  readonly earns: { readonly before: Minor; readonly after: Minor };
}

/**
 * The ledgers of two lists of sales, all on the first day of the fiscal year of the as-of date: there a year-to-date window
 * has one quota.
 *
 * @param quota - of the window; not needed where thresholds are amounts
 * @returns undefined for credit that no sale of the rep's own gives
 */
export function smallestHistory(
  facts: Facts,
  table: PlanTable,
  quota: Minor,
  { before, after, earns }: ComparedSales,
): SmallestHistory | undefined {
  const { written } = facts;
  const quarter = findFirstQuarter(facts);
  if (quarter === undefined || table.plan.credit !== 'own') return undefined;
  const rows = (sales: readonly Minor[]) => sales.map((sale, at) => saleRow(facts, table, quarter, sale, at));
  const isOfQuota = table.table.thresholds === 'share-of-quota';
  return {
    quotas: isOfQuota ? [quotaRow(table, quarter, written.plain(quota))] : [],
    before: rows(before),
    after: rows(after),
    commission: { before: written.plain(earns.before), after: written.plain(earns.after) },
  };
}

/** The first quarter of the fiscal year of the as-of date; undefined where the calendar begins later. */
function findFirstQuarter({ lines }: Facts): Quarter | undefined {
  const { calendar, asOf } = lines.setting;
  const current = findQuarter(calendar, asOf);
  return calendar.quarters.find(
    ({ fiscalYear, number }) => fiscalYear === current?.fiscalYear && number === 1,
  );
}

function saleRow(
  { written }: Facts,
  { plan, category }: PlanTable,
  { from }: Quarter,
  amount: Minor,
  at: number,
): HistoryRow {
  const day = isoOf(from);
  const needsDue = plan.clawback?.pastDueDays !== undefined || plan.timing?.from === 'due';
  return {
    invoice_id: `S${at + 1}`,
    customer_id: 'C1',
    rep_id: 'R1',
    invoice_date: day,
    ...(needsDue ? { due_date: day } : {}),
    amount: written.plain(amount),
    ...(plan.basis === 'gross-profit' ? { cost: written.plain(0n) } : {}),
    ...(category === '' ? {} : { category }),
  };
}

function quotaRow({ table }: PlanTable, quarter: Quarter, quota: string): HistoryRow {
  return {
    rep_id: 'R1',
    quarter: table.window === 'month' ? isoOf(quarter.from).slice(0, 7) : quarter.name,
    quota,
  };
}

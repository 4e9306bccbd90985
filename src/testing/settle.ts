/** Inputs in which everything is paid: what customers still owe comes in on one day. */
import type { Inputs } from '../library/given-inputs.js';
import { compare, minus, plus, type Ratio, ZERO } from '../ratio.js';
import { decimalOf, textOfDecimal } from './decimals.js';
import { cellsOf, withRows } from './given-rows.js';
import type { Row } from './row.js';

/**
 * The inputs with a payment on the day for whatever is then open on each invoice: its total less credit memos, less cash
 * up to any day. Write-offs count as open, since the cash comes after all. The as-of date is the day, or later.
 *
 * @param day - `YYYY-MM-DD`
 * @returns new inputs; those given stay as they are
 * @example calculate(settle(inputs, '2026-12-31'))
 */
export function settle(inputs: Inputs, day: string): Inputs {
  const cash = sumsByInvoice(cellsOf(inputs, 'payments'), ['amount', 'discount']);
  const credited = sumsByInvoice(cellsOf(inputs, 'creditMemos'), ['amount']);
  const invoices = cellsOf(inputs, 'invoices');
  for (const row of invoices) {
    const of = row['reverses'] ?? '';
    if (of !== '') credited.set(of, minus(credited.get(of) ?? ZERO, totalOf(row)));
  }
  const sales = invoices.filter((row) => (row['reverses'] ?? '') === '');
  const payments = sales.flatMap((row): Row[] => {
    const id = row['invoice_id'] ?? '';
    const total = totalOf(row);
    const owed = minus(total, larger(credited.get(id) ?? ZERO, ZERO));
    const open = minus(owed, cash.get(id) ?? ZERO);
    if (compare(total, ZERO) <= 0 || compare(open, ZERO) <= 0) return [];
    return [{ payment_id: `settled ${id}`, invoice_id: id, payment_date: day, amount: textOfDecimal(open) }];
  });
  const asOf = inputs.asOf < day ? day : inputs.asOf;
  return { ...withRows(inputs, 'payments', [...cellsOf(inputs, 'payments'), ...payments]), asOf };
}

function totalOf(row: Row): Ratio {
  return decimalOf(row['total'] || (row['amount'] ?? ''));
}

function larger(a: Ratio, b: Ratio): Ratio {
  return compare(a, b) >= 0 ? a : b;
}

function sumsByInvoice(rows: readonly Row[], columns: readonly string[]): Map<string, Ratio> {
  const sums = new Map<string, Ratio>();
  for (const row of rows) {
    const id = row['invoice_id'] ?? '';
    const amounts = columns.map((column) => row[column] ?? '').filter((text) => text !== '');
    sums.set(id, amounts.map(decimalOf).reduce(plus, sums.get(id) ?? ZERO));
  }
  return sums;
}

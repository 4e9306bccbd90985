/** The control totals of a book after an edit: what they were, less those of a part before it, and those of it now (R8.4). */
import type { RowTotal } from '../engine/r2-ledgers/reading.js';
import type { Controls, ControlTotals } from '../engine/r8-results/controls.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { byCodeUnit } from '../order.js';

/** @param currency - the workspace's; undefined where totals are not kept by currency (R15.3) */
export function replacedControls(
  all: Controls,
  before: Controls,
  after: Controls,
  currency: string | undefined,
): Controls {
  const now = new Map<LedgerName, ControlTotals>();
  for (const [ledger, totals] of all) {
    const [was, is] = [before.get(ledger), after.get(ledger)];
    now.set(
      ledger,
      was === undefined || is === undefined ? totals : replaced(ledger, totals, was, is, currency),
    );
  }
  return now;
}

const COUNTS = ['read', 'used', 'later', 'setAside'] as const;

function replaced(
  ledger: LedgerName,
  all: ControlTotals,
  before: ControlTotals,
  after: ControlTotals,
  currency: string | undefined,
): ControlTotals {
  const { byCurrency: own, ...rest } = all;
  const totals = { ...rest, ...sumsOf(all, before, after) };
  if (currency === undefined || !IN_CURRENCY.includes(ledger)) return totals;
  const [was, is] = [byCurrencyOf(before, currency), byCurrencyOf(after, currency)];
  const names = new Set([...(own?.keys() ?? []), ...was.keys(), ...is.keys()]);
  const byCurrency = [...names]
    .sort(byCodeUnit)
    .map((name): [string, ControlTotals] => {
      const known = own?.get(name) ?? NOTHING;
      const sums = sumsOf(known, was.get(name) ?? NOTHING, is.get(name) ?? NOTHING);
      return [name, { ...known, ...sums }];
    })
    .filter(([, { read }]) => read.rows > 0);
  return byCurrency.length === 0 ? totals : { ...totals, byCurrency: new Map(byCurrency) };
}

/** The ledgers whose rows have a currency, their own or that of their invoice. */
const IN_CURRENCY: readonly LedgerName[] = [
  'invoices',
  'payments',
  'writeOffs',
  'creditMemos',
  'items',
  'schedules',
];

/** A part in which every row is in the workspace's currency does not say so. */
function byCurrencyOf(
  { byCurrency, ...totals }: ControlTotals,
  currency: string,
): ReadonlyMap<string, ControlTotals> {
  if (byCurrency !== undefined) return byCurrency;
  return totals.read.rows === 0 ? new Map() : new Map([[currency, totals]]);
}

function sumsOf(
  all: ControlTotals,
  before: ControlTotals,
  after: ControlTotals,
): Pick<ControlTotals, (typeof COUNTS)[number]> {
  const sum = (count: (typeof COUNTS)[number]): RowTotal => ({
    rows: all[count].rows - before[count].rows + after[count].rows,
    amount: all[count].amount - before[count].amount + after[count].amount,
    total: all[count].total - before[count].total + after[count].total,
  });
  return { read: sum('read'), used: sum('used'), later: sum('later'), setAside: sum('setAside') };
}

const NONE: RowTotal = { rows: 0, amount: 0n, total: 0n };

const NOTHING: ControlTotals = {
  read: NONE,
  used: NONE,
  later: NONE,
  setAside: NONE,
  leftOut: NONE,
  notRecords: NONE,
};

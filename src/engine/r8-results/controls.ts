/** Control totals (R8.4): every row read is used, later than the as-of date, set aside or left out by the mapping. */
import type { Units } from '../../money.js';
import { LEDGER_NAMES, type LedgerName } from '../../problems/place.js';
import { invariant } from '../../problems/problem.js';
import type { Books, RowTotal } from '../r2-ledgers/books.js';

/** What became of a row. A row on an invoice shares the fate of the invoice: without its line it moves no pay. */
export type Fate = 'used' | 'later' | 'setAside';

/** The control totals of one ledger: rows, and their amount in units where the ledger has one. */
export interface ControlTotals {
  readonly read: Readonly<RowTotal>;
  readonly used: Readonly<RowTotal>;
  readonly later: Readonly<RowTotal>;
  readonly setAside: Readonly<RowTotal>;
  readonly leftOut: Readonly<RowTotal>;
}

/** Control totals by ledger, of the ledgers that were given. */
export type Controls = ReadonlyMap<LedgerName, ControlTotals>;

/** Counts rows by what became of them. */
export type Counter = Readonly<Record<LedgerName, Readonly<Record<Fate, RowTotal>>>>;

export function newCounter(): Counter {
  return Object.fromEntries(
    LEDGER_NAMES.map((name) => [name, { used: nothing(), later: nothing(), setAside: nothing() }]),
  ) as unknown as Counter;
}

export function count(counter: Counter, ledger: LedgerName, fate: Fate, amount: Units): void {
  const total = counter[ledger][fate];
  total.rows += 1;
  total.amount += amount;
}

/** The totals: what became of the rows must add up to the rows and amounts as they were read. */
export function controlsOf(counter: Counter, books: Books): Controls {
  const controls = new Map<LedgerName, ControlTotals>();
  for (const [name, read] of books.read) {
    const { used, later, setAside } = counter[name];
    const leftOut = books.leftOut.get(name) as RowTotal;
    const { rows, amount } = [used, later, setAside, leftOut].reduce(together, nothing());
    const tiesOut = rows === read.rows && amount === read.amount;
    invariant(
      tiesOut,
      () => `of ${name} ${rows} of ${read.rows} rows are accounted for, or other amounts (R8.4)`,
    );
    controls.set(name, { read, used, later, setAside, leftOut });
  }
  return inLedgerOrder(controls);
}

function inLedgerOrder(controls: Controls): Controls {
  return new Map(
    LEDGER_NAMES.flatMap((name) => {
      const totals = controls.get(name);
      return totals === undefined ? [] : [[name, totals] as const];
    }),
  );
}

function together(a: RowTotal, b: RowTotal): RowTotal {
  return { rows: a.rows + b.rows, amount: a.amount + b.amount };
}

function nothing(): RowTotal {
  return { rows: 0, amount: 0n };
}

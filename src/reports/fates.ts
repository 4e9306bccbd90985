/** What becomes of the rows that are read (R8.4), in the order of the columns: those after the first add up to it. */
import type { Controls, ControlTotals } from '../engine/r8-results/controls.js';

export type Fate = Exclude<keyof ControlTotals, 'documents' | 'usedDocuments' | 'byCurrency'>;

/** R15.3: amounts are added up in one currency only; undefined where all of a ledger are in the workspace's. */
export function inEachCurrency(
  totals: ControlTotals,
): readonly { readonly currency: string | undefined; readonly totals: ControlTotals }[] {
  if (totals.byCurrency === undefined) return [{ currency: undefined, totals }];
  return Array.from(totals.byCurrency, ([currency, own]) => ({ currency, totals: own }));
}

interface FateFacts {
  /** `DATE` stands for the as-of date. */
  readonly title: string;
  /** Whether it has a column even where it has no rows. */
  readonly isAlways: boolean;
  /** Whether its rows have amounts. */
  readonly hasAmounts: boolean;
}

const FATES: Readonly<Record<Fate, FateFacts>> = {
  read: { title: 'read', isAlways: true, hasAmounts: true },
  used: { title: 'used', isAlways: true, hasAmounts: true },
  later: { title: 'after DATE', isAlways: true, hasAmounts: true },
  setAside: { title: 'set aside', isAlways: true, hasAmounts: true },
  leftOut: { title: 'left out', isAlways: false, hasAmounts: true },
  notRecords: { title: 'not records', isAlways: false, hasAmounts: false },
};

/** All of them, in order. */
export const FATE_NAMES = Object.keys(FATES) as readonly Fate[];

/** Those that a table shows: the usual ones, and others that have rows. */
export function fatesIn(controls: Controls): readonly Fate[] {
  const totals = [...controls.values()];
  return FATE_NAMES.filter((fate) => FATES[fate].isAlways || totals.some((one) => one[fate].rows > 0));
}

export function fateTitle(fate: Fate, asOf: string): string {
  return FATES[fate].title.replace('DATE', asOf);
}

export function hasAmounts(fate: Fate): boolean {
  return FATES[fate].hasAmounts;
}

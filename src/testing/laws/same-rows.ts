/** Whether two results have the same rows of pay, and the same cash applied; the first row that differs is the breach. */
import type { AttainmentRow, MonthRow, QuarterRow } from '../../engine/r8-results/results.js';
import { recordsOf } from '../../ledgers/records.js';
import { appliedTable } from '../../ledgers/tables.js';
import type { LawResult } from './calculation.js';
import { type Figures, LawBroken } from './law-broken.js';
import { expectSamePostings, type Law } from './same-postings.js';

/** Throws where postings, pay or applied cash of two results differ. */
export function expectSameResult(expected: LawResult, found: LawResult, law: Law): void {
  expectSamePostings(expected.postings, found.postings, law, expected.currency.digits);
  expectSamePay(expected, found, law);
  expectSameApplied(appliedRecordsOf(expected), appliedRecordsOf(found), law, expected.currency.digits);
}

/** Throws where rows of quarters, months or attainment differ. */
export function expectSamePay(
  expected: Pick<LawResult, 'quarters' | 'months' | 'attainments' | 'currency'>,
  found: Pick<LawResult, 'quarters' | 'months' | 'attainments'>,
  law: Law,
): void {
  const { digits } = expected.currency;
  expectSameRows(expected.attainments, found.attainments, law, digits);
  expectSameRows(expected.quarters, found.quarters, law, digits);
  expectSameRows(expected.months, found.months, law, digits);
}

type RepRow = QuarterRow | MonthRow | AttainmentRow;

function expectSameRows(
  expected: readonly RepRow[],
  found: readonly RepRow[],
  { law, because }: Law,
  digits: number,
): void {
  for (let at = 0; at < Math.max(expected.length, found.length); at += 1) {
    const [own, other] = [expected[at], found[at]];
    const cells = Object.entries(own ?? {}).filter(([name, cell]) => cell !== cellOf(other, name));
    if (own !== undefined && cells.length === 0) continue;
    const figures: Figures = Object.fromEntries(
      cells.flatMap(([name, cell]) => {
        const is = cellOf(other, name) ?? 0n;
        return typeof cell === 'bigint' && typeof is === 'bigint'
          ? [[name, { expected: cell, found: is }]]
          : [];
      }),
    );
    const row = (own ?? other) as RepRow;
    const missing =
      own === undefined ? ', and there is a row more' : other === undefined ? ', and a row is missing' : '';
    const when = 'month' in row ? row.month : row.quarter;
    throw new LawBroken({ law, because: `${because}${missing}`, rep: row.repId, when, figures }, digits);
  }
}

function cellOf(row: object | undefined, name: string): unknown {
  return (row as Readonly<Record<string, unknown>> | undefined)?.[name];
}

type AppliedRecord = Readonly<Record<string, string | undefined>>;

/** The cash that was applied, as text: the decimals that a run counts in are those of all its rows. */
export function appliedRecordsOf(result: LawResult): readonly AppliedRecord[] {
  return result.applied.length + result.onAccount.length === 0 ? [] : recordsOf(appliedTable(result));
}

/** Throws where cash was applied otherwise. */
export function expectSameApplied(
  expected: readonly AppliedRecord[],
  found: readonly AppliedRecord[],
  { law, because }: Law,
  digits: number,
): void {
  for (let at = 0; at < Math.max(expected.length, found.length); at += 1) {
    const [own, other] = [textOf(expected[at]), textOf(found[at])];
    if (own === other) continue;
    const row = expected[at] ?? found[at];
    const place = { invoice: row?.['invoice_id'] ?? '', when: row?.['applied_date'] ?? '' };
    const words = `${because}: applied cash is to be ${own || 'none'}, and is ${other || 'none'}`;
    throw new LawBroken({ law, because: words, ...place, figures: {} }, digits);
  }
}

function textOf(row: AppliedRecord | undefined): string {
  return Object.values(row ?? {}).join(',');
}

/** Calculations that are wrong on purpose, one for each law of the kit. */
import { calculate, type Inputs, type Posting } from '../../src/index.js';
import { cellsOf } from '../../src/testing/given-rows.js';
import type { Calculate, LawResult } from '../../src/testing/index.js';

/** The calculation with another result. */
function altered(alter: (result: LawResult, inputs: Inputs) => Partial<LawResult>): Calculate {
  return (inputs) => {
    const outcome = calculate(inputs);
    if (outcome.kind === 'refused') return outcome;
    return { kind: 'calculated', result: { ...outcome.result, ...alter(outcome.result, inputs) } };
  };
}

/** The first posting has so much more. */
function more(extraOf: (inputs: Inputs, posting: Posting) => bigint): Calculate {
  return altered(({ postings }, inputs) => ({
    postings: postings.map((posting, at) => {
      const extra = at === 0 ? extraOf(inputs, posting) : 0n;
      return { ...posting, earned: posting.earned + extra, released: posting.released + extra };
    }),
  }));
}

const countOf = (inputs: Inputs, ...names: readonly (keyof Inputs['ledgers'])[]): bigint =>
  BigInt(names.reduce((all, name) => all + cellsOf(inputs, name).length, 0));

/** By the law that each breaks. */
export const BROKEN: Readonly<Record<string, Calculate>> = {
  'R10.1 conservation': altered(({ postings }) => ({
    postings: postings.map((posting) => ({ ...posting, earned: posting.earned + 1n })),
  })),
  'R21.3 pay account': altered(({ quarters, months }) => ({
    quarters: quarters.map((row) => ({ ...row, paid: row.paid + 1n })),
    months: months.map((row) => ({ ...row, paid: row.paid + 1n })),
  })),
  'R10.4 history': more((inputs) => countOf(inputs, 'payments', 'writeOffs', 'creditMemos')),
  'R10.9 as-of prefix': more(({ asOf }) => BigInt(asOf.slice(-2))),
  'R10.6 split payment': more((inputs) => countOf(inputs, 'payments')),
  'R10.7 order': more((inputs) => {
    const [first] = cellsOf(inputs, 'invoices');
    return BigInt((first?.['invoice_id'] ?? '').charCodeAt(2));
  }),
  'R10.7 renaming': more((_, { repId }) => BigInt(repId.charCodeAt(0))),
  'R10.8 scale': more(({ terms }) => (terms.currency === 'JPY' ? 1n : 0n)),
  'R10.2 paid up': altered(({ quarters, months }, { terms }) => {
    const extra = terms.plans.every(({ level }) => level === 4) ? 1n : 0n;
    return {
      quarters: quarters.map((row) => ({ ...row, paid: row.paid + extra })),
      months: months.map((row) => ({ ...row, paid: row.paid + extra })),
    };
  }),
  'R10.3 order of the levels': altered(({ postings }) => ({
    postings: postings.map((posting) =>
      posting.level === 3 ? { ...posting, released: posting.released + 1_000_000n } : posting,
    ),
  })),
  'R25.1 neutral terms': more(({ terms, ledgers }) =>
    BigInt(JSON.stringify(terms).length + Object.keys(ledgers).length),
  ),
  'R25.3 team of one': altered(({ postings }) => ({
    postings: postings.map((posting) =>
      posting.credit === 'team' ? { ...posting, released: posting.released + 1n } : posting,
    ),
  })),
  'R25.4 collected cash': altered(({ attainments }) => ({
    attainments: attainments.map((row) =>
      row.credit === 'cash' ? { ...row, bookings: (row.bookings + 100n) as typeof row.bookings } : row,
    ),
  })),
  'R25.5 items': more((inputs) => countOf(inputs, 'items')),
};

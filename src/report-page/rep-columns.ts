/** The columns of the table of reps: from payable to paid, each row is the sum of R7.4. */
import {
  PAID_SUM,
  PAY_FIGURES,
  type PayFigure,
  type PayRow,
  shownTerms,
  sumOf,
  type Term,
} from '../engine/r1-words/pay-figures.js';
import type { Minor } from '../money.js';

/** Figures that have one column together, since they move the same debt: its name and its title. */
const TOGETHER: Partial<Readonly<Record<PayFigure, readonly [key: string, title: string]>>> = {
  clawedBack: ['takenBack', 'taken back, net'],
  reinstated: ['takenBack', 'taken back, net'],
};

/** A column that counts in what is paid. */
export interface SumColumn {
  /** The name in the page's data. */
  readonly key: string;
  /** With its sign, but for the first. */
  readonly title: string;
  /** The figures in it. */
  readonly terms: readonly Term[];
}

/** The columns of several figures, by name: what the page's script adds up itself. */
export function repSums(rows: readonly PayRow[]): Readonly<Record<string, readonly Term[]>> {
  return Object.fromEntries(
    sumColumns(rows)
      .filter(({ terms }) => terms.length > 1)
      .map(({ key, terms }) => [key, terms]),
  );
}

/** The sum that the columns make: `payable − taken back, net − owed before + owed after = paid`. */
export function columnsText(columns: readonly SumColumn[]): string {
  return `${columns.map(({ title }) => title).join(' ')} = ${PAY_FIGURES.paid.title}`;
}

/** What a column shows of a row. */
export function amountIn({ terms }: SumColumn, row: PayRow): Minor {
  return sumOf(terms, row);
}

/**
 * From payable up to the last that counts in what is paid, for these rows. A column starts with the first of its figures,
 * and has the sign of it: the others add to it or take from it.
 */
export function sumColumns(rows: readonly PayRow[]): SumColumn[] {
  const columns = new Map<
    string,
    { readonly title: string; readonly sign: 1 | -1; readonly terms: Term[] }
  >();
  for (const { figure, sign } of shownTerms(PAID_SUM, rows)) {
    const [key, title] = TOGETHER[figure] ?? [figure, PAY_FIGURES[figure].title];
    const known = columns.get(key);
    const terms = known?.terms ?? [];
    const isAdded = (known?.sign ?? sign) === sign;
    terms.push({ figure, sign: isAdded ? 1 : -1 });
    columns.set(key, { title, sign: known?.sign ?? sign, terms });
  }
  return [...columns].map(([key, { title, sign, terms }], at) => {
    return { key, title: at === 0 ? title : `${sign === 1 ? '+' : '−'} ${title}`, terms };
  });
}

/** The columns of the table of reps: from payable to paid, each row is the sum of R7.4, every step with its sign. */
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
  clawedBack: ['takenBack', 'taken or given back'],
  reinstated: ['takenBack', 'taken or given back'],
};

/** A column that counts in what is paid. */
export interface SumColumn {
  /** The name in the page's data. */
  readonly key: string;
  readonly title: string;
  /** The figures in it, with the signs that they have in what is paid. */
  readonly terms: readonly Term[];
}

/** The columns that are no figure of a row, by name: what the page's script adds up itself. */
export function repSums(rows: readonly PayRow[]): Readonly<Record<string, readonly Term[]>> {
  return Object.fromEntries(
    sumColumns(rows)
      .filter(({ key, terms }) => terms[0]?.figure !== key)
      .map(({ key, terms }) => [key, terms]),
  );
}

/** What a column shows of a row. */
export function amountIn({ terms }: SumColumn, row: PayRow): Minor {
  return sumOf(terms, row);
}

/**
 * From payable up to the last that counts in what is paid, for these rows. A column has one figure, or several that move
 * the same debt; one that lowers pay has a name of its own, for it is below 0.
 */
export function sumColumns(rows: readonly PayRow[]): readonly SumColumn[] {
  const columns = new Map<string, { readonly title: string; readonly terms: Term[] }>();
  for (const { figure, sign } of shownTerms(PAID_SUM, rows)) {
    const key = sign === 1 ? figure : `less-${figure}`;
    const [name, title] = TOGETHER[figure] ?? [key, PAY_FIGURES[figure].title];
    const known = columns.get(name);
    if (known === undefined) columns.set(name, { title, terms: [{ figure, sign }] });
    else known.terms.push({ figure, sign });
  }
  return [...columns].map(([key, { title, terms }]) => ({ key, title, terms }));
}

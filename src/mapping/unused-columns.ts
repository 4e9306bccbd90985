/** The columns of a file that a mapping reads nothing from; those that may hold dates or amounts come first. */
import type { Layout } from './layout.js';

/** Headings of dates. */
export const DATE_HEADING = /date|day|datum|fecha|due|paid|fällig|échéance|receive by/i;
/** Headings of amounts. */
export const AMOUNT_HEADING =
  /amount|total|balance|net|gross|tax|vat|price|cost|fee|discount|paid|due|open|value|betrag|saldo|montant|solde|importe/i;

/** The names of the columns that no column of ours, no condition and no sign is read from. */
export function unusedNames({ names, columns, conditions, periods, signBy }: Layout): readonly string[] {
  const used = new Set([
    ...columns.flatMap(({ at, plus, minus }) => [...at, ...plus, ...minus]),
    ...conditions.values(),
    ...periods.map(({ at }) => at),
    ...(signBy === undefined ? [] : [signBy]),
  ]);
  const unused = names.filter((name, at) => name !== '' && !used.has(at));
  const rankOf = (name: string) => (DATE_HEADING.test(name) ? 0 : AMOUNT_HEADING.test(name) ? 1 : 2);
  return [0, 1, 2].flatMap((rank) => unused.filter((name) => rankOf(name) === rank));
}

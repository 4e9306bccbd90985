/** The columns of a sum: one for each term, or one that several terms share where there is no room for all. */

/** A term of a sum. */
export interface SumTerm<Name extends string> {
  readonly name: Name;
  readonly title: string;
  readonly sign: 1 | -1;
}

/** A column of one term, or of several: these are added up with their signs. */
export interface SumColumn<Name extends string> {
  readonly title: string;
  readonly terms: readonly SumTerm<Name>[];
}

/**
 * The columns of a sum from the widest to the narrowest: a column for each term; then the first two of an order share
 * one, then the first three, and so on.
 *
 * @param order - of the terms that may share a column, the first to do so first
 * @param shared - the title of the column that they share
 */
export function sumColumns<Name extends string>(
  terms: readonly SumTerm<Name>[],
  order: readonly Name[],
  shared = 'other',
): readonly [readonly SumColumn<Name>[], ...(readonly SumColumn<Name>[])[]] {
  const each = terms.map((term): SumColumn<Name> => ({ title: term.title, terms: [term] }));
  const sharing = order.filter((name) => terms.some((term) => term.name === name));
  const narrower = sharing.slice(1).map((_, index) => {
    const names = sharing.slice(0, index + 2);
    const own = each.filter((column) => !column.terms.some(({ name }) => names.includes(name)));
    return [...own, { title: shared, terms: terms.filter(({ name }) => names.includes(name)) }];
  });
  return [each, ...narrower];
}

/** Whether several terms share a column. */
export function isShared({ terms }: SumColumn<string>): boolean {
  return terms.length > 1;
}

/** What a column shows of a row: its term as it is, or the sum of its terms. */
export function sumCell<Name extends string>(
  { terms }: SumColumn<Name>,
  row: { readonly [Term in Name]: bigint },
): bigint {
  const [only] = terms;
  if (terms.length === 1 && only !== undefined) return row[only.name];
  return terms.reduce((sum, { name, sign }) => (sign === 1 ? sum + row[name] : sum - row[name]), 0n);
}

/** The sum as it reads: `payable − clawed back + other`. */
export function columnsInWords(columns: readonly SumColumn<string>[]): string {
  return termsInWords(
    columns.map((column) => ({
      title: column.title,
      sign: isShared(column) ? 1 : (column.terms[0]?.sign ?? 1),
    })),
  );
}

/** What a table says of the columns that it has no room for; nothing where it has all. */
export function droppedText(columns: readonly SumColumn<string>[], hidden: readonly string[]): string[] {
  const parts = [
    ...columns.filter(isShared).map(({ title, terms }) => `${title} = ${termsInWords(terms)}`),
    ...(hidden.length === 0 ? [] : [`${hidden.join(', ')} not shown`]),
  ];
  return parts.length === 0 ? [] : [`${parts.join('; ')}; --wide shows each`];
}

function termsInWords(terms: readonly Pick<SumTerm<string>, 'title' | 'sign'>[]): string {
  return terms
    .map(({ title, sign }, index) => (sign === -1 ? `− ${title}` : index === 0 ? title : `+ ${title}`))
    .join(' ');
}

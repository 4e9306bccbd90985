/** The keys for rows: which are records of the ledger, which are lines of one document, and which sign amounts have. */
import { LEDGER_COLUMNS } from '../../ledger-specs/columns.js';
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import { DecimalSum, findPlain, negated } from '../../money.js';
import type { FoundColumns } from './columns.js';
import type { LinesFinding } from './lines.js';
import {
  hintKey,
  type ProposalContext,
  type Proposed,
  questionKey,
  setKey,
  stopKey,
  type Values,
} from './proposed.js';
import type { RowTypes } from './row-types.js';
import type { Row, RowGroups } from './rows.js';
import * as say from './wording.js';

/** Where every amount is negative, the export writes them so. */
export function signKeys(
  ledger: LedgerName,
  values: Values,
  read: (text: string) => string | undefined,
): Proposed[] {
  const { amount } = LEDGER_COLUMNS[ledger];
  if (amount === undefined || ledger === 'quotas') return [];
  const plain = (values.get(amount) ?? [])
    .flatMap((value) => read(value) ?? [])
    .filter((one) => /[1-9]/.test(one));
  if (plain.length === 0 || !plain.every((one) => one.startsWith('-'))) return [];
  return [setKey('sign', 'flip', say.flipped)];
}

const KIND = /(^|\b|_)(status|type|state|typ|statut|estado|tipo)$/i;
const NO_SALE =
  /void|draft|cancel|delet|estimate|quote|credit|refund|reject|storn|entwurf|gutschrift|annul|brouillon|anulad|borrador/i;
const MOST_KINDS = 12;

/** Which rows belong in the ledger: by their types, and by columns with kinds of row that do not seem to belong in it. */
export function whereKeys(
  header: Row,
  records: readonly Row[],
  types: RowTypes | undefined,
  context: ProposalContext,
): Proposed[] {
  const [odd] = oddKinds(header, records, types);
  if (types === undefined) return odd === undefined ? [] : [odd];
  const key = typeKey(types, context);
  if (odd === undefined) return [key];
  const both = { ...(key.value as object), ...(odd.value as object) };
  return [key, hintKey('where', both, `${say.inItsPlace} ${odd.note}`)];
}

const DISCOUNT = /disc|skonto|escompte|descuento/i;

/**
 * The condition on the type of rows. One ledger of a file lists all types, so that comp check stops at one that is not
 * listed, now or in a later export.
 */
function typeKey(types: RowTypes, { ledger, isTypeListed = false, given }: ProposalContext): Proposed {
  const { header, own, elsewhere, unknown } = types;
  if (isTypeListed) {
    return own.length === 0
      ? stopKey('where', { [header]: '?' }, say.noType(ledger))
      : setKey('where', { [header]: own.length === 1 ? own[0] : own }, undefined);
  }
  const others = [...elsewhere.values()].flat();
  const where = { [header]: { in: own.length === 0 ? ['?'] : own, others } };
  const apart = [...elsewhere].flatMap(([name, values]) => (given?.has(name) === true ? values : []));
  const notes = [
    unknown.size === 0 ? '' : say.unknownTypes(header, unknown, ledger),
    [...unknown.keys()].some((type) => DISCOUNT.test(type)) ? say.discountRows : '',
    apart.length === 0 ? '' : say.typesOfOtherFiles(apart),
  ].filter((note) => note !== '');
  if (unknown.size > 0 || own.length === 0)
    return stopKey(
      'where',
      where,
      own.length === 0 ? [say.noType(ledger), ...notes].join(' ') : notes.join(' '),
    );
  return setKey('where', where, [say.typesListed, ...notes].join(' '));
}

/** Columns with kinds of row, such as voids, that do not seem to belong in the ledger. */
function oddKinds(header: Row, records: readonly Row[], types: RowTypes | undefined): Proposed[] {
  return header.flatMap((name, at): Proposed[] => {
    if (at === types?.at || !KIND.test(name) || header.indexOf(name) !== at) return [];
    const seen = [...new Set(records.map((record) => (record[at] ?? '').trim()))].filter((one) => one !== '');
    const odd = seen.filter((value) => NO_SALE.test(value));
    if (odd.length === 0 || seen.length > MOST_KINDS) return [];
    return [hintKey('where', { [name]: { not: odd } }, say.kinds(name, seen))];
  });
}

/** In an org sheet, who is at the top has no manager. */
export function managerKeys(
  ledger: LedgerName,
  found: FoundColumns,
  header: Row,
  values: Values,
): Proposed[] {
  const manager = found.get('manager_id');
  const isTop = (values.get('manager_id') ?? []).includes('');
  if (ledger !== 'teams' || manager === undefined || !isTop) return [];
  return [setKey('where', { [header[manager.at] as string]: { empty: false } }, say.noManagers)];
}

export function lineKeys(ledger: LedgerName, finding: LinesFinding, hasSplits: boolean): Proposed[] {
  const [id = ''] = LEDGER_COLUMNS[ledger].key;
  switch (finding.kind) {
    case 'none':
      return [];
    case 'doubles':
      return [hintKey('lines', {}, say.doubles(finding.example))];
    case 'clash':
      return [hintKey('lines', {}, say.clash(id, finding.column, finding.example))];
    case 'lines': {
      const { rules, documents, repeated, hasReps } = finding;
      const note = say.lines({ id, documents, summed: Object.keys(rules), repeated });
      const key = setKey('lines', rules, note);
      return hasReps && !hasSplits
        ? [key, questionKey('lines', { ...rules, rep_id: 'first' }, say.repsDiffer)]
        : [key];
    }
  }
}

/** In a file that has the invoices too, rows without a date or an amount are not payments. */
export function skipKeys(
  ledger: LedgerName,
  values: Values,
  blanks: readonly string[],
  { invoices }: ProposalContext,
): Proposed[] {
  const { amount, date } = LEDGER_COLUMNS[ledger];
  if (amount === undefined || date === undefined) return [];
  const isBlank = (value: string) => value === '' || blanks.includes(value);
  const count = Math.max(
    ...[amount, date].map((column) => (values.get(column) ?? []).filter(isBlank).length),
  );
  if (invoices !== undefined && values.has(date))
    return [setKey('skipEmpty', true, say.skipped(ledger, count))];
  return count === 0 ? [] : [hintKey('skipEmpty', true, say.blank(count))];
}

/** Rows that are not records, and the report's own total. */
export function rowKeys(
  ledger: LedgerName,
  { records, totals, patterns, unmatched }: RowGroups,
  header: Row,
  found: FoundColumns,
  read: (text: string) => string | undefined,
): Proposed[] {
  const agreeing =
    totals.length === 1 ? totals.filter(({ row }) => agrees(ledger, row, records, found, read)) : [];
  const [total] = agreeing;
  const others = totals.filter((one) => one !== total).map(({ pattern }) => pattern);
  const no = [...new Set([...patterns, ...others])];
  return [
    ...(total === undefined ? [] : [setKey('totalRow', total.pattern, say.totalAgrees)]),
    ...(no.length === 0 ? [] : [setKey('notRecords', no, others.length === 0 ? undefined : say.totalUnused)]),
    ...unmatchedKeys(ledger, unmatched, found, header),
  ];
}

/** A total that begins like a record is left out by its id: a word, or none. */
function unmatchedKeys(
  ledger: LedgerName,
  unmatched: readonly Row[],
  found: FoundColumns,
  header: Row,
): Proposed[] {
  const at = found.get(LEDGER_COLUMNS[ledger].key[0] as string)?.at;
  if (at === undefined || unmatched.length === 0) return [];
  const ids = [...new Set(unmatched.map((row) => (row[at] ?? '').trim()))];
  const condition = ids.includes('') ? { empty: false } : { not: ids };
  return [setKey('where', { [header[at] as string]: condition }, say.totalLeftOut)];
}

/** Whether a total is the sum of the records in every column that it totals, at least one. */
function agrees(
  ledger: LedgerName,
  total: Row,
  records: readonly Row[],
  found: FoundColumns,
  read: (text: string) => string | undefined,
): boolean {
  let isTotalled = false;
  for (const { name, kind } of LEDGER_COLUMNS[ledger].columns) {
    const at = found.get(name)?.at;
    const stated = at === undefined || kind !== 'amount' ? undefined : read((total[at] ?? '').trim());
    if (at === undefined || stated === undefined) continue;
    const sum = new DecimalSum();
    for (const record of records) {
      const plain = read((record[at] ?? '').trim());
      if (plain !== undefined && findPlain(plain) !== undefined) sum.add(plain);
    }
    if (/[1-9]/.test(sum.add(negated(stated)).text())) return false;
    isTotalled = true;
  }
  return isTotalled;
}

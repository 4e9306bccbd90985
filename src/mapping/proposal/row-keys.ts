/** The keys that say which rows of an export are records of a ledger, and how. */
import { LEDGER_COLUMNS } from '../../ledger-specs/columns.js';
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import { DecimalSum, findPlain } from '../../money.js';
import type { FoundColumns } from './columns.js';
import type { LinesFinding } from './lines.js';
import { asked, hint, type ProposalContext, type Proposed, said, type Values } from './proposed.js';
import { firstOf, type Row, type ToldRows } from './rows.js';
import * as say from './wording.js';

/** Where every amount is below 0, that is how the export writes them. */
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
  return [said('sign', 'flip', say.flipped)];
}

const KIND = /(^|\b|_)(status|type|state|typ|statut|estado|tipo)$/i;
const NO_SALE =
  /void|draft|cancel|delet|estimate|quote|credit|refund|reject|storn|entwurf|gutschrift|annul|brouillon|anulad|borrador/i;
const MOST_KINDS = 12;

/** Columns that tell what kind a row is, where some kinds seem to be none of the ledger's. */
export function whereKeys(header: Row, records: readonly Row[]): Proposed[] {
  return header.flatMap((name, at): Proposed[] => {
    if (!KIND.test(name) || header.indexOf(name) !== at) return [];
    const seen = [...new Set(records.map((record) => (record[at] ?? '').trim()))].filter((one) => one !== '');
    const odd = seen.filter((value) => NO_SALE.test(value));
    if (odd.length === 0 || seen.length > MOST_KINDS) return [];
    return [hint('where', { [name]: { not: odd } }, say.kinds(name, seen))];
  });
}

export function lineKeys(ledger: LedgerName, finding: LinesFinding, hasSplits: boolean): Proposed[] {
  const [id = ''] = LEDGER_COLUMNS[ledger].key;
  switch (finding.kind) {
    case 'none':
      return [];
    case 'doubles':
      return [hint('lines', {}, say.doubles(finding.example))];
    case 'clash':
      return [hint('lines', {}, say.clash(id, finding.column, finding.example))];
    case 'lines': {
      const { rules, documents, repeated, hasReps } = finding;
      const note = say.lines({ id, documents, summed: Object.keys(rules), repeated });
      const key = said('lines', rules, note);
      return hasReps && !hasSplits
        ? [key, asked('lines', { ...rules, rep_id: 'first' }, say.repsDiffer)]
        : [key];
    }
  }
}

/** Rows without a date or an amount are no payments where the file is the invoices too. */
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
    return [said('skipEmpty', true, say.skipped(ledger, count))];
  return count === 0 ? [] : [hint('skipEmpty', true, say.blank(count))];
}

/** Rows that are no records, and the report's own total. */
export function rowKeys(
  ledger: LedgerName,
  { records, totals, patterns }: ToldRows,
  found: FoundColumns,
  read: (text: string) => string | undefined,
): Proposed[] {
  const agreeing =
    totals.length === 1 ? totals.filter((row) => agrees(ledger, row, records, found, read)) : [];
  const [total] = agreeing;
  const others = totals.filter((row) => row !== total).map(firstOf);
  const no = [...new Set([...patterns, ...others])];
  return [
    ...(total === undefined ? [] : [said('totalRow', firstOf(total), say.totalAgrees)]),
    ...(no.length === 0 ? [] : [said('notRecords', no, others.length === 0 ? undefined : say.totalUnused)]),
  ];
}

/** Whether a total is the sum of the records, in each column that it totals, and there is one. */
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
    const said = at === undefined || kind !== 'amount' ? undefined : read((total[at] ?? '').trim());
    if (at === undefined || said === undefined) continue;
    const sum = new DecimalSum();
    for (const record of records) {
      const plain = read((record[at] ?? '').trim());
      if (plain !== undefined && findPlain(plain) !== undefined) sum.add(plain);
    }
    if (
      sum
        .add(said.startsWith('-') ? said.slice(1) : `-${said}`)
        .text()
        .match(/[1-9]/) !== null
    )
      return false;
    isTotalled = true;
  }
  return isTotalled;
}

/** Proposes how to read an export as a ledger, from its header and all of its values, and what is left open. */
import { findPeriodName } from '../../formats/period-names.js';
import { type Column, LEDGER_COLUMNS } from '../../ledger-specs/columns.js';
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import { periodColumns } from '../period-columns.js';
import type { FoundColumn, FoundColumns } from './columns.js';
import { dateFormatsOf } from './dates.js';
import { constantsOf, dateKeys, nullKeys, nullsIn, numberKeys } from './format-keys.js';
import { type KnownLayout, knownLayouts } from './known-layouts.js';
import { linesOf } from './lines.js';
import { madeColumns, NOTHING_MADE } from './made-columns.js';
import { type OwedAmount, owedAmount } from './net-and-gross.js';
import { findNumberProof, numberFormatOf, readerOf } from './numbers.js';
import {
  hintKey,
  type Proposal,
  type ProposalContext,
  type Proposed,
  setKey,
  type Values,
} from './proposed.js';
import { lineKeys, managerKeys, rowKeys, signKeys, skipKeys, whereKeys } from './row-keys.js';
import { ownRows, rowTypesOf, TYPED } from './row-types.js';
import { groupRows, headerAt, type Row, type RowGroups } from './rows.js';
import { besidesPreset, columnKeys, columnsOf, fillIds, isQuotaSheet, linkById } from './sources.js';
import { NO_TAX, taxColumns } from './tax-columns.js';
import { titleOf, type UnusedColumn, unusedIn, usedPlaces } from './unused.js';
import * as say from './wording.js';

/**
 * Proposes a mapping.
 *
 * @param rows - the records of the file, titles and header included; at least one
 */
export function propose(rows: readonly Row[], context: ProposalContext): Proposal {
  const { ledger } = context;
  const known = knownLayouts(rows, ledger, context.presets);
  const [layout] = known.length === 1 ? known : [];
  const at = layout?.at ?? headerAt(rows, ledger);
  const header = (rows[at] as Row).map((cell) => cell.trim());
  const found = layout === undefined ? columnsOf(header, context) : besidesPreset(header, layout, context);
  const groups = groupRows(header, rows.slice(at + 1), found, ledger);
  // Other rows of a file of invoices, such as items, have the types of the invoices.
  const typed = context.invoices !== undefined && !TYPED.has(ledger) ? 'invoices' : ledger;
  const types =
    layout === undefined ? rowTypesOf(typed, header, groups.records, context.ownTypes) : undefined;
  const own = ownRows(groups.records, types);
  if (layout === undefined && ledger === 'invoices')
    linkById(found, 'invoice_id', header, own, context.invoiceIds);
  if (ledger !== 'invoices') linkById(found, 'rep_id', header, own, context.repIds);
  const owed: OwedAmount =
    layout === undefined
      ? owedAmount(ledger, found.get('amount'), header, context.owed)
      : { kind: 'as-found' };
  if (owed.kind === 'decided') {
    found.set('amount', owed.amount);
    if (owed.commissionable !== undefined) found.set('commissionable', owed.commissionable);
  }
  fillIds(ledger, found, header, own);
  const taxed = layout === undefined ? taxColumns(ledger, found, header, own, context.invoices) : NO_TAX;
  for (const column of taxed.columns.keys()) {
    const amount = found.get('amount');
    if (amount !== undefined && !found.has(column)) found.set(column, amount);
  }
  const values = valuesBy(ledger, found, own);
  // All rows of a file are written alike, whatever their type.
  const every = own === groups.records ? values : valuesBy(ledger, found, groups.records);
  const blanks = nullsIn(ledger, every);
  const dates = dateFormatsOf(ofKinds(ledger, every, ['date', 'quarter'], blanks).filter(isNotQuarter));
  const periods = isQuotaSheet(ledger, found, header) ? periodColumns(ledger, {}, header) : [];
  const amounts = [
    ...ofKinds(ledger, every, ['amount', 'share', 'rate'], blanks),
    ...own.flatMap((record) =>
      periods.map(({ at }) => (record[at] ?? '').trim()).filter((cell) => cell !== ''),
    ),
  ];
  const numbers = numberFormatOf(amounts.map(withoutPercent), context.currency);
  const read = readerOf(numbers.kind === 'found' ? numbers.format : undefined, context.currency);
  const lines = linesOf(ledger, found, own);
  // With a splits ledger, the reps of lines are not used.
  if (context.hasSplits && lines.kind === 'lines' && lines.hasReps) found.delete('rep_id');
  const hasItems = lines.kind === 'lines' && lines.hasCategories;
  // The items have their categories; an invoice of several has none.
  if (hasItems) found.delete('category');
  const made = layout === undefined ? madeColumns(ledger, found, header, own, values) : NOTHING_MADE;
  const preset = layout?.layout.mapping ?? {};
  const keys = withOneWhere([
    ...(layout === undefined ? [] : [setKey('preset', layout.preset.name, say.gradeOf(layout.preset))]),
    ...constantsOf(context, values),
    ...made.keys,
    ...(preset['dateFormat'] === undefined
      ? dateKeys(dates, inUtc(ledger, found, header), context.proofs)
      : []),
    ...(preset['numberFormat'] === undefined ? numberKeys(numbers, context.numberProofs) : []),
    ...(layout === undefined
      ? [
          ...nullKeys(blanks),
          ...signKeys(ledger, values, read),
          ...whereKeys(header, own, types, context),
          ...managerKeys(ledger, found, header, values),
          ...lineKeys(ledger, lines, context.hasSplits),
          ...skipKeys(ledger, values, blanks, context),
          ...rowKeys(ledger, groups, header, found, read),
        ]
      : []),
  ]);
  const unused = unusedIn(
    header,
    groups.records,
    usedPlaces(header, found, types, layout, periods, [...made.places, ...taxed.places]),
  );
  return {
    ledger,
    headerAt: at,
    header,
    records: groups.records.length + groups.uneven,
    ...(layout === undefined ? {} : { preset: layout.preset }),
    columns: [
      ...columnKeys(
        found,
        header,
        layout,
        context,
        values,
        { ...made, columns: new Map([...taxed.columns, ...made.columns]) },
        owed,
      ),
      ...dueDateKeys(ledger, found, unused),
    ],
    keys,
    remarks: [
      ...remarksOf(known, groups, found, layout),
      ...(periods.length === 0 ? [] : [say.sheet(periods.map(({ at }) => header[at] as string))]),
      ...(ledger === 'quotas' && header.some((name) => /^q[1-4]$/i.test(name)) ? [say.noYear] : []),
    ],
    unused: unused.map(titleOf),
    dates,
    ...(types === undefined ? {} : { types }),
    numbers: findNumberProof(numbers, amounts.map(withoutPercent)),
    hasOpenNumbers: numbers.kind === 'ambiguous',
    hasItems,
    isOnAccount: ON_ACCOUNT.includes(ledger) && found.has('customer_id') && !found.has('invoice_id'),
    valuesOf: (column) => values.get(column) ?? [],
  };
}

/** The ledgers whose rows may name their customer only (R2.1). */
const ON_ACCOUNT: readonly LedgerName[] = ['payments', 'creditMemos', 'writeOffs'];

/** All conditions on rows in one key: YAML has each key once. */
function withOneWhere(keys: readonly Proposed[]): readonly Proposed[] {
  const [first, ...more] = keys.filter(
    ({ key, state, isBlocking }) => key === 'where' && (state === 'set' || isBlocking === true),
  );
  if (first === undefined || more.length === 0) return keys;
  const all = [first, ...more];
  const whole: Proposed = {
    ...first,
    value: Object.assign({}, ...all.map(({ value }) => value)),
    note: all.flatMap(({ note }) => note ?? []).join(' '),
  };
  return keys.flatMap((key) => (more.includes(key) ? [] : [key === first ? whole : key]));
}

function valuesBy(ledger: LedgerName, found: FoundColumns, records: readonly Row[]): Values {
  const columns = LEDGER_COLUMNS[ledger].columns.filter(({ name }) => found.has(name));
  return new Map(
    columns.map(({ name }) => {
      const { at } = found.get(name) as FoundColumn;
      return [name, records.map((record) => (record[at] ?? '').trim())];
    }),
  );
}

function ofKinds(
  ledger: LedgerName,
  values: Values,
  kinds: readonly Column['kind'][],
  blanks: readonly string[],
): string[] {
  return LEDGER_COLUMNS[ledger].columns
    .filter(({ kind }) => kinds.includes(kind))
    .flatMap(({ name }) => values.get(name) ?? [])
    .filter((value) => value !== '' && !blanks.includes(value));
}

function isNotQuarter(value: string): boolean {
  return findPeriodName(value) === undefined;
}

function withoutPercent(value: string): string {
  return value.replace(/\s*%$/, '');
}

/** Whether the header marks times as UTC. */
function inUtc(ledger: LedgerName, found: FoundColumns, header: Row): boolean {
  const dates = LEDGER_COLUMNS[ledger].columns.filter(({ kind }) => kind === 'date');
  return dates.some(({ name }) => /\butc\b/i.test(header[found.get(name)?.at ?? -1] ?? ''));
}

/** A column of dates that nothing is read from may be the due date. */
function dueDateKeys(
  ledger: LedgerName,
  found: FoundColumns,
  unused: readonly UnusedColumn[],
): readonly Proposed[] {
  if (ledger !== 'invoices' || found.has('due_date')) return [];
  const due = unused.find(({ name, kind }) => kind === 'dates' && say.DUE.test(name));
  return due === undefined ? [] : [hintKey('due_date', due.name, say.isItDue)];
}

function remarksOf(
  known: readonly KnownLayout[],
  { headings, uneven, records }: RowGroups,
  found: FoundColumns,
  layout: KnownLayout | undefined,
): string[] {
  const remarks: string[] = [];
  if (known.length > 1) remarks.push(say.severalPresets(known.map(({ preset }) => preset.name)));
  if (found.size === 0) remarks.push(say.noHeader);
  if (records.length === 0 && uneven === 0) remarks.push(say.noRecords);
  if (headings.length > 0 && layout === undefined) remarks.push(say.headings(headings));
  if (uneven > 0) remarks.push(say.uneven(uneven));
  return remarks;
}

/** Proposes how an export is read as a ledger: what its header and every one of its values say, and what they leave open. */
import { type Column, LEDGER_COLUMNS } from '../../engine/r2-ledgers/columns.js';
import { DecimalSum, findPlain } from '../../money.js';
import type { LedgerName } from '../../problems/place.js';
import { isNeeded } from '../header.js';
import type { Header, Mapping } from '../mapping.js';
import type { Preset } from '../presets.js';
import { columnsIn, type FoundColumn, type FoundColumns } from './columns.js';
import { type DateFinding, dateFormatsOf } from './dates.js';
import { type KnownLayout, knownLayouts } from './known-layouts.js';
import { type LinesFinding, linesOf } from './lines.js';
import { type NumberFinding, numberFormatOf, readerOf } from './numbers.js';
import { firstOf, headerAt, type Row, type ToldRows, tellRows } from './rows.js';
import * as say from './wording.js';

/** A key of comp.yaml with its value, as it is proposed. */
export interface Proposed {
  readonly key: string;
  /** Plain data, as comp.yaml would say it. */
  readonly value: unknown;
  /** Said; asked, where only the user knows, and comp check stops until it is said; or a hint, which nothing needs. */
  readonly state: 'said' | 'asked' | 'hint';
  /** Asked in a way that comp check cannot pass over: the value is none. */
  readonly isBlocking?: boolean;
  readonly note?: string;
}

/** How one export may be read as a ledger. */
export interface Proposal {
  readonly ledger: LedgerName;
  /** The record that is the header, counted from 0. */
  readonly headerAt: number;
  readonly header: readonly string[];
  /** How many records there are below it. */
  readonly records: number;
  readonly preset?: Preset;
  /** By our column names. */
  readonly columns: readonly Proposed[];
  readonly keys: readonly Proposed[];
  /** What is to be known about the file as a whole. */
  readonly remarks: readonly string[];
  /** The values of a column of ours, as the file writes them. */
  readonly valuesOf: (column: string) => readonly string[];
}

/** What is known besides the file. */
export interface ProposalContext {
  readonly ledger: LedgerName;
  readonly presets: readonly Preset[];
  readonly hasSplits: boolean;
  /** The code that amounts may bear. */
  readonly currency?: string | undefined;
  /** The invoices that were proposed from the same file, if it serves as them too. */
  readonly invoices?: Proposal | undefined;
}

/**
 * Proposes a mapping.
 *
 * @param rows - the records of the file, titles and header among them; at least one
 */
export function propose(rows: readonly Row[], context: ProposalContext): Proposal {
  const { ledger } = context;
  const known = knownLayouts(rows, ledger, context.presets);
  const [layout] = known.length === 1 ? known : [];
  const at = layout?.at ?? headerAt(rows, ledger);
  const header = (rows[at] as Row).map((cell) => cell.trim());
  const found = layout === undefined ? columnsOf(header, context) : besidesPreset(header, layout, context);
  const told = tellRows(header, rows.slice(at + 1), found, ledger);
  const values = valuesBy(ledger, found, told.records);
  const blanks = nullsIn(ledger, values);
  const dates = dateFormatsOf(ofKinds(ledger, values, ['date', 'quarter'], blanks).filter(isNoQuarter));
  const amounts = ofKinds(ledger, values, ['amount', 'share'], blanks);
  const numbers = numberFormatOf(amounts.map(withoutPercent), context.currency);
  const read = readerOf(numbers.kind === 'told' ? numbers.format : undefined, context.currency);
  const lines = linesOf(ledger, found, told.records);
  // Where splits say who sold what, the reps of lines say nothing.
  if (context.hasSplits && lines.kind === 'lines' && lines.hasReps) found.delete('rep_id');
  const own = layout?.layout.mapping ?? {};
  const keys = [
    ...(layout === undefined ? [] : [said('preset', layout.preset.name, say.gradeOf(layout.preset))]),
    ...constantsOf(context, values),
    ...(own['dateFormat'] === undefined ? dateKeys(dates) : []),
    ...(own['numberFormat'] === undefined ? numberKeys(numbers) : []),
    ...(layout === undefined
      ? [
          ...nullKeys(blanks),
          ...signKeys(ledger, values, read),
          ...whereKeys(header, told.records),
          ...lineKeys(ledger, lines, context.hasSplits),
          ...skipKeys(ledger, values, blanks, context),
          ...rowKeys(ledger, told, found, read),
        ]
      : []),
  ];
  return {
    ledger,
    headerAt: at,
    header,
    records: told.records.length + told.uneven,
    ...(layout === undefined ? {} : { preset: layout.preset }),
    columns: columnKeys(found, header, layout, context),
    keys,
    remarks: remarksOf(known, told, found, layout),
    valuesOf: (column) => values.get(column) ?? [],
  };
}

/** The columns by their usual names; in a file that is the invoices too, some are the invoice's own. */
function columnsOf(header: Row, { ledger, invoices }: ProposalContext): Map<string, FoundColumn> {
  const found = new Map(columnsIn(header, ledger));
  const own = (column: string): FoundColumn | undefined => {
    const value = invoices?.columns.find(({ key, state }) => key === column && state === 'said')?.value;
    const place = typeof value === 'number' ? value - 1 : header.indexOf(String(value));
    return place < 0 ? undefined : { at: place, header: value as Header, others: [] };
  };
  const shared: Partial<Record<LedgerName, Readonly<Record<string, FoundColumn | undefined>>>> = {
    payments: { payment_id: own('invoice_id'), amount: own('total') ?? own('amount') },
    splits: found.has('share') ? {} : { amount: own('amount') },
  };
  for (const [column, there] of Object.entries(shared[ledger] ?? {})) {
    if (!found.has(column) && there !== undefined) found.set(column, there);
  }
  const total = found.get('total');
  if (ledger === 'invoices' && !found.has('amount') && total !== undefined) {
    found.delete('total');
    found.set('amount', total);
  }
  return found;
}

/** With a preset: its own columns, and those that it leaves to the user. */
function besidesPreset(
  header: Row,
  { layout }: KnownLayout,
  { ledger }: ProposalContext,
): Map<string, FoundColumn> {
  const said = (layout.mapping['columns'] ?? {}) as Readonly<Record<string, unknown>>;
  const taken = new Set<number>();
  const found = new Map<string, FoundColumn>();
  for (const [column, source] of Object.entries(said)) {
    const at = placeOf(source, header);
    if (at === undefined) continue;
    taken.add(at);
    found.set(column, { at, header: header[at] as string, others: [] });
  }
  const free = header.map((name, at) => (taken.has(at) ? '' : name));
  for (const [column, one] of columnsIn(free, ledger)) if (said[column] === undefined) found.set(column, one);
  return found;
}

/** Where a column of a preset is: a header, several of which the file has one, or a position. */
function placeOf(source: unknown, header: Row): number | undefined {
  const from = (source as { readonly from?: unknown } | undefined)?.from ?? source;
  for (const one of Array.isArray(from) ? from : [from]) {
    if (typeof one === 'number') return one - 1;
    const at = header.findIndex((name) => bare(name) === bare(String(one)));
    if (at >= 0) return at;
  }
  return undefined;
}

function bare(name: string): string {
  return name.toLowerCase().replace(/\s+/g, '');
}

type Values = ReadonlyMap<string, readonly string[]>;

function valuesBy(ledger: LedgerName, found: FoundColumns, records: readonly Row[]): Values {
  const columns = LEDGER_COLUMNS[ledger].columns.filter(({ name }) => found.has(name));
  return new Map(
    columns.map(({ name }) => {
      const { at } = found.get(name) as FoundColumn;
      return [name, records.map((record) => (record[at] ?? '').trim())];
    }),
  );
}

const NULLS = [
  'null',
  '(null)',
  'n/a',
  '#n/a',
  'na',
  'none',
  'nil',
  '00/00/0000',
  '0000-00-00',
  '00.00.0000',
];

/** What stands for an empty cell where a date or an amount should be. */
function nullsIn(ledger: LedgerName, values: Values): readonly string[] {
  const kinds: readonly string[] = ['date', 'amount'];
  const columns = LEDGER_COLUMNS[ledger].columns.filter(({ kind }) => kinds.includes(kind));
  const all = new Set(columns.flatMap(({ name }) => values.get(name) ?? []));
  return [...all].filter((value) => NULLS.includes(value.toLowerCase()));
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

function isNoQuarter(value: string): boolean {
  return !/^\d{4}-Q[1-4]$/.test(value);
}

function withoutPercent(value: string): string {
  return value.replace(/\s*%$/, '');
}

function columnKeys(
  found: FoundColumns,
  header: Row,
  layout: KnownLayout | undefined,
  context: ProposalContext,
): Proposed[] {
  const { ledger, hasSplits, invoices } = context;
  const own = layout?.layout.mapping as Mapping | undefined;
  const columns = Object.fromEntries([...found.keys()].map((name) => [name, { from: [name] }]));
  const mapping = { ...own, columns: { ...columns, ...own?.columns } } as Mapping;
  const keys: Proposed[] = [];
  for (const column of LEDGER_COLUMNS[ledger].columns) {
    const { name } = column;
    if (own?.columns?.[name] !== undefined || own?.constants?.[name] !== undefined) continue;
    const one = found.get(name);
    const isAsked = isNeeded(column, { ledger, mapping, hasSplits }, header);
    // What a preset leaves out is left out, but for what a ledger cannot be without.
    if (one !== undefined && (layout === undefined || column.needed)) {
      keys.push({
        key: name,
        value: one.header,
        state: 'said',
        ...noteOf(name, one, header, found, invoices),
      });
    } else if (one === undefined && isAsked) {
      keys.push({ key: name, value: '', state: 'asked', note: say.notFound(ledger, name) });
    }
  }
  return keys;
}

/** An amount that is called so has no tax in it. */
const NET = /^amount$|[Nn]et|[Ee]xcl|[Uu]ntaxed|[Ss]ub ?total|\b(ht|HT)\b|[Bb]ase imponible/;

function noteOf(
  column: string,
  { at, header: title, others }: FoundColumn,
  header: Row,
  found: FoundColumns,
  invoices: Proposal | undefined,
): { readonly note?: string } {
  const notes: string[] = [];
  if (typeof title === 'number') notes.push(say.twice(header[at] as string, title));
  if (others.length > 0) notes.push(say.others(others));
  const isUnsure = column === 'amount' && found.has('invoice_date') && !found.has('total');
  if (isUnsure && !NET.test(String(title))) notes.push(say.isItNet);
  if (column === 'payment_id' && invoices !== undefined && found.get('invoice_id')?.at === at)
    notes.push(say.oneCashEach);
  return notes.length === 0 ? {} : { note: notes.join(' ') };
}

/** Currencies in lower case are the same currencies. */
function constantsOf({ ledger }: ProposalContext, values: Values): Proposed[] {
  const codes = ledger === 'invoices' ? new Set(values.get('currency')) : new Set<string>();
  const lower = [...codes].filter((code) => /^[a-zA-Z]{3}$/.test(code) && code !== code.toUpperCase());
  if (lower.length === 0) return [];
  const meanings = [...codes].filter((code) => code !== '').map((code) => [code, code.toUpperCase()]);
  return [said('values', { currency: Object.fromEntries(meanings) }, undefined)];
}

function dateKeys(finding: DateFinding): Proposed[] {
  switch (finding.kind) {
    case 'no-values':
      return [];
    case 'unknown':
      return [asked('dateFormat', '', say.unknownDates(finding.misfits))];
    case 'ambiguous': {
      const choices = finding.choices.map(oneOrAll);
      const keys = [asked('dateFormat', choices[0], say.whichDates(finding.choices, finding.example))];
      const isShort = finding.choices.flat().some((format) => !format.includes('YYYY'));
      // The century has no use without a format, so it waits for it.
      return isShort ? [...keys, asked('century', 2000, say.centuryToo)] : keys;
    }
    case 'told': {
      const { formats, misfits } = finding;
      if (formats.length === 0) {
        return misfits.length === 0 ? [] : [hint('dateFormat', 'YYYY-MM-DD', say.odd('dates', misfits))];
      }
      const notes = [
        misfits.length === 0 ? '' : say.odd('dates', misfits),
        formats.some((format) => format.includes('[Z]')) ? say.timezone : '',
      ].filter((note) => note !== '');
      const keys = [said('dateFormat', oneOrAll(formats), notes.length === 0 ? undefined : notes.join(' '))];
      return formats.some((format) => !format.includes('YYYY'))
        ? [...keys, said('century', 2000, say.century)]
        : keys;
    }
  }
}

function numberKeys(finding: NumberFinding): Proposed[] {
  switch (finding.kind) {
    case 'no-values':
      return [];
    case 'unknown':
      return [asked('numberFormat', '', say.unknownNumbers(finding.misfits))];
    case 'ambiguous': {
      const { choices, example, isPlain } = finding;
      const key = asked('numberFormat', isPlain ? '?' : choices[0], say.whichNumbers(choices, example));
      // Read as they stand they would pass, rightly or not.
      return [{ ...key, isBlocking: isPlain }];
    }
    case 'told': {
      const { format, misfits } = finding;
      const note = misfits.length === 0 ? undefined : say.odd('numbers', misfits);
      if (format !== undefined) return [said('numberFormat', format, note)];
      return note === undefined ? [] : [hint('numberFormat', '1,234.56', note)];
    }
  }
}

function nullKeys(blanks: readonly string[]): Proposed[] {
  return blanks.length === 0 ? [] : [said('nullValues', blanks, say.nulls)];
}

/** Where every amount is below 0, that is how the export writes them. */
function signKeys(
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
function whereKeys(header: Row, records: readonly Row[]): Proposed[] {
  return header.flatMap((name, at): Proposed[] => {
    if (!KIND.test(name) || header.indexOf(name) !== at) return [];
    const seen = [...new Set(records.map((record) => (record[at] ?? '').trim()))].filter((one) => one !== '');
    const odd = seen.filter((value) => NO_SALE.test(value));
    if (odd.length === 0 || seen.length > MOST_KINDS) return [];
    return [hint('where', { [name]: { not: odd } }, say.kinds(name, seen))];
  });
}

function lineKeys(ledger: LedgerName, finding: LinesFinding, hasSplits: boolean): Proposed[] {
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
function skipKeys(
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
function rowKeys(
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

function remarksOf(
  known: readonly KnownLayout[],
  { headings, uneven, records }: ToldRows,
  found: FoundColumns,
  layout: KnownLayout | undefined,
): string[] {
  const remarks: string[] = [...(layout?.preset.notes ?? [])];
  if (known.length > 1) remarks.push(say.severalPresets(known.map(({ preset }) => preset.name)));
  if (found.size === 0) remarks.push(say.noHeader);
  if (records.length === 0 && uneven === 0) remarks.push(say.noRecords);
  if (headings.length > 0 && layout === undefined) remarks.push(say.headings(headings));
  if (uneven > 0) remarks.push(say.uneven(uneven));
  return remarks;
}

function oneOrAll(formats: readonly string[]): unknown {
  return formats.length === 1 ? formats[0] : formats;
}

function said(key: string, value: unknown, note: string | undefined): Proposed {
  return note === undefined ? { key, value, state: 'said' } : { key, value, state: 'said', note };
}

function asked(key: string, value: unknown, note: string): Proposed {
  return { key, value, state: 'asked', note };
}

function hint(key: string, value: unknown, note: string): Proposed {
  return { key, value, state: 'hint', note };
}

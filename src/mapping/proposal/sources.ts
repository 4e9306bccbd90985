/** Which columns of an export are ours: by their usual names, by a preset, or by ids that ledgers share. */
import { LEDGER_COLUMNS } from '../../ledger-specs/columns.js';
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import { bareName } from '../header-names.js';
import { isNeeded } from '../layout.js';
import type { Header, Mapping } from '../mapping.js';
import { isMadeOfPeriods, periodColumns } from '../period-columns.js';
import { columnsIn, type FoundColumn, type FoundColumns, foundAt } from './columns.js';
import type { KnownLayout } from './known-layouts.js';
import type { MadeColumns } from './made-columns.js';
import type { OwedAmount } from './net-and-gross.js';
import { type ProposalContext, type Proposed, questionKey, type Values } from './proposed.js';
import type { Row } from './rows.js';
import * as say from './wording.js';

/** The columns by their usual names; in a file that has the invoices too, some are columns of the invoice. */
export function columnsOf(header: Row, { ledger, invoices }: ProposalContext): Map<string, FoundColumn> {
  const found = new Map(columnsIn(header, ledger));
  const own = (column: string): FoundColumn | undefined => {
    const value = invoices?.columns.find(({ key, state }) => key === column && state === 'set')?.value;
    const place = typeof value === 'number' ? value - 1 : header.indexOf(String(value));
    return place < 0 ? undefined : { at: place, header: value as Header, others: [] };
  };
  const number = own('invoice_id');
  const amount = own('total') ?? own('amount');
  // Rows of several types have their own numbers in that column, which name no invoice.
  const isTyped = invoices?.types !== undefined && ledger !== 'splits';
  const link = found.get('invoice_id');
  if (isTyped && link !== undefined && link.at === number?.at) {
    const [other, ...more] = link.others;
    if (other === undefined) found.delete('invoice_id');
    else found.set('invoice_id', foundAt(other, header, more));
  }
  const shared: Partial<Record<LedgerName, Readonly<Record<string, FoundColumn | undefined>>>> = {
    payments: { payment_id: number, amount },
    creditMemos: isTyped ? { credit_memo_id: number, amount, customer_id: own('customer_id') } : {},
    writeOffs: isTyped ? { write_off_id: number, amount, customer_id: own('customer_id') } : {},
    splits: found.has('share') ? {} : { amount: own('amount') },
  };
  for (const [column, there] of Object.entries(shared[ledger] ?? {})) {
    if (!found.has(column) && there !== undefined) found.set(column, there);
  }
  if (ledger === 'items' && invoices !== undefined) {
    // What items come to is what their invoice comes to (R13.1).
    for (const column of ['invoice_id', 'amount', 'cost']) {
      const there = own(column);
      if (there === undefined) found.delete(column);
      else found.set(column, there);
    }
  }
  const total = found.get('total');
  if (ledger === 'invoices' && !found.has('amount') && total !== undefined) {
    found.delete('total');
    found.set('amount', total);
  }
  return found;
}

/** With a preset: its columns, and those that it leaves to the user. */
export function besidesPreset(
  header: Row,
  { layout }: KnownLayout,
  { ledger }: ProposalContext,
): Map<string, FoundColumn> {
  const mapped = (layout.mapping['columns'] ?? {}) as Readonly<Record<string, unknown>>;
  const taken = new Set<number>();
  const found = new Map<string, FoundColumn>();
  for (const [column, source] of Object.entries(mapped)) {
    const at = findPlace(source, header);
    if (at === undefined) continue;
    taken.add(at);
    found.set(column, { at, header: header[at] as string, others: [] });
  }
  const free = header.map((name, at) => (taken.has(at) ? '' : name));
  for (const [column, one] of columnsIn(free, ledger))
    if (mapped[column] === undefined) found.set(column, one);
  return found;
}

/** Where a column of a preset is: at a header, at one of several headers, or at a position. */
function findPlace(source: unknown, header: Row): number | undefined {
  const from = (source as { readonly from?: unknown } | undefined)?.from ?? source;
  for (const one of Array.isArray(from) ? from : [from]) {
    if (typeof one === 'number') return one - 1;
    const at = header.findIndex((name) => bareName(name) === bareName(String(one)));
    if (at >= 0) return at;
  }
  return undefined;
}

/** Of several columns that could be ids, takes the one with those that other ledgers have. */
export function linkById(
  found: Map<string, FoundColumn>,
  column: 'invoice_id' | 'rep_id',
  header: Row,
  records: readonly Row[],
  known: ReadonlySet<string> | undefined,
): void {
  const id = found.get(column);
  if (id === undefined || known === undefined) return;
  const used = new Set([...found.values()].map(({ at }) => at));
  const places = [id.at, ...id.others.filter((at) => !used.has(at))];
  const links = places.map((at) => records.filter((record) => known.has((record[at] ?? '').trim())).length);
  const best = places[links.indexOf(Math.max(...links))] as number;
  const others = [id.at, ...id.others].filter((at) => at !== best);
  if (best !== id.at) found.set(column, foundAt(best, header, others));
}

/** Of several columns that could be the id of cash and credits, takes the first that every row has. */
export function fillIds(
  ledger: LedgerName,
  found: Map<string, FoundColumn>,
  header: Row,
  records: readonly Row[],
): void {
  const [column = ''] = LEDGER_COLUMNS[ledger].key;
  const id = found.get(column);
  if (id === undefined || ledger === 'invoices') return;
  const used = new Set([...found.values()].map(({ at }) => at));
  const places = [id.at, ...id.others.filter((at) => !used.has(at))];
  const whole = places.find((at) => records.every((record) => (record[at] ?? '').trim() !== ''));
  if (whole === undefined || whole === id.at) return;
  const others = [id.at, ...id.others].filter((at) => at !== whole);
  found.set(column, foundAt(whole, header, others));
}

/** The columns as keys: those found, and questions for those that are missing. */
export function columnKeys(
  found: FoundColumns,
  header: Row,
  layout: KnownLayout | undefined,
  context: ProposalContext,
  values: Values,
  made: MadeColumns,
  owed: OwedAmount,
): Proposed[] {
  const { ledger, hasSplits } = context;
  const own = layout?.layout.mapping as Mapping | undefined;
  const columns = Object.fromEntries([...found.keys()].map((name) => [name, { from: [name] }]));
  const mapping = { ...own, columns: { ...columns, ...own?.columns } } as Mapping;
  const keys: Proposed[] = [];
  const isSheet = isQuotaSheet(ledger, found, header);
  for (const column of LEDGER_COLUMNS[ledger].columns) {
    const { name } = column;
    const isGiven = own?.columns?.[name] !== undefined || own?.constants?.[name] !== undefined;
    if (isGiven || made.constants[name] !== undefined) continue;
    const one = found.get(name);
    if (isSheet && isMadeOfPeriods(name)) continue;
    const other = made.columns.get(name) ?? (name === 'amount' ? askedAmount(owed) : undefined);
    if (other !== undefined) {
      keys.push(other);
      continue;
    }
    const isMissed = isNeeded(column, { ledger, mapping, hasSplits, hasOpenings: false }, header);
    // A column that the preset leaves out is only added where the ledger requires it.
    if (one !== undefined && (layout === undefined || column.needed)) {
      const decided = owed.kind === 'decided' && name === 'amount' ? owed : undefined;
      keys.push({ key: name, state: 'set', ...sourceOf(name, one, header, found, context, values, decided) });
    } else if (one === undefined && isMissed) {
      keys.push({ key: name, value: '', state: 'question', note: say.notFound(ledger, name) });
    }
  }
  return keys;
}

/** A question where names do not settle which amount counts. */
function askedAmount(owed: OwedAmount): Proposed | undefined {
  if (owed.kind === 'open') return questionKey('amount', '', say.netOrGross(owed.choices));
  return owed.kind === 'net-only' ? questionKey('amount', '', say.netOnly(owed.net)) : undefined;
}

/** Whether the columns of a quota sheet are quarters or months. */
export function isQuotaSheet(ledger: LedgerName, found: FoundColumns, header: Row): boolean {
  return !found.has('quarter') && !found.has('quota') && periodColumns(ledger, {}, header).length > 0;
}

/** Names of amounts that do not include tax. */
const NET = /^amount$|[Nn]et|[Ee]xcl|[Uu]ntaxed|[Ss]ub ?total|\b(ht|HT)\b|[Bb]ase imponible/;

function sourceOf(
  column: string,
  { at, header: title, others }: FoundColumn,
  header: Row,
  found: FoundColumns,
  { ledger, invoices, invoiceIds, repIds }: ProposalContext,
  values: Values,
  decided: Extract<OwedAmount, { readonly kind: 'decided' }> | undefined,
): { readonly value: unknown; readonly note?: string } {
  const notes: string[] = [];
  if (typeof title === 'number') notes.push(say.twice(header[at] as string, title));
  if (decided !== undefined) notes.push(say.owedIn(decided.side, decided.commissionable !== undefined));
  if (ledger === 'items' && column === 'amount' && invoices !== undefined) notes.push(say.sameAsInvoices);
  if (column === 'discount') notes.push(say.letGo);
  if (column === 'rep_id' && isUnlinked(values.get(column) ?? [], repIds)) notes.push(say.noReps);
  const used = new Set([...found.values()].map((one) => one.at));
  const free = others.filter((other) => !used.has(other));
  if (free.length > 0) notes.push(say.others(free.map((other) => header[other] as string)));
  const isUnsure = column === 'amount' && found.has('invoice_date') && !found.has('total');
  if (isUnsure && !NET.test(String(title))) notes.push(say.isItNet);
  if (column === 'payment_id' && invoices !== undefined && found.get('invoice_id')?.at === at)
    notes.push(say.onePaymentEach);
  const links = column === 'invoice_id' && ledger !== 'invoices' && invoiceIds !== undefined;
  const after = links ? findPrefix(values.get(column) ?? [], invoiceIds) : undefined;
  if (after !== undefined) notes.push(say.prefixed);
  else if (links && !(values.get(column) ?? []).some((id) => invoiceIds.has(id))) notes.push(say.unlinked);
  const value = after === undefined ? title : { from: title, after };
  return notes.length === 0 ? { value } : { value, note: notes.join(' ') };
}

function isUnlinked(values: readonly string[], known: ReadonlySet<string> | undefined): boolean {
  const written = values.filter((value) => value !== '');
  return (
    known !== undefined && known.size > 0 && written.length > 0 && !written.some((one) => known.has(one))
  );
}

/** The text before the invoice ids in another ledger: `Invoice #INV-1`. */
function findPrefix(values: readonly string[], invoiceIds: ReadonlySet<string>): string | undefined {
  const [first = '', ...more] = values.filter((value) => value !== '');
  if (invoiceIds.has(first)) return undefined;
  const end = Array.from({ length: first.length }).findIndex(
    (_, at) => at > 0 && invoiceIds.has(first.slice(at)),
  );
  const before = first.slice(0, Math.max(0, end)).trimEnd();
  return before !== '' && more.every((value) => value.startsWith(before)) ? before : undefined;
}

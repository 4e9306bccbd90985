/** Columns of ours that an export rarely has as such, and what makes them: other cells, a constant, words of the file. */
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import type { Header } from '../mapping.js';
import { PRODUCT } from './column-names.js';
import { type FoundColumn, type FoundColumns, foundAt } from './columns.js';
import { plainName, withoutBrackets } from './names.js';
import { type Proposed, setKey, stopKey, type Values } from './proposed.js';
import type { Row } from './rows.js';
import * as say from './wording.js';

/** What is proposed for columns that are made, and the places of the cells that they are made from. */
export interface MadeColumns {
  /** By our column name. */
  readonly columns: ReadonlyMap<string, Proposed>;
  /** Values that every row has, by our column name. */
  readonly constants: Readonly<Record<string, string>>;
  readonly keys: readonly Proposed[];
  readonly places: readonly number[];
}

export const NOTHING_MADE: MadeColumns = { columns: new Map(), constants: {}, keys: [], places: [] };

/** What makes the columns of a ledger that its file has none for. */
export function madeColumns(
  ledger: LedgerName,
  found: FoundColumns,
  header: Row,
  records: readonly Row[],
  values: Values,
): MadeColumns {
  switch (ledger) {
    case 'items':
      return itemIds(found, header, records);
    case 'entries':
      return entryIds(found, values);
    case 'draws':
      return { ...NOTHING_MADE, keys: wordKeys(ledger, found, header, values) };
    case 'teams':
    case 'accounts':
      return found.has('from') || found.size === 0
        ? NOTHING_MADE
        : constant({ from: '1900-01-01' }, say.sinceEver(ledger));
    default:
      return NOTHING_MADE;
  }
}

/** An item is known by the number of its line, if that is unique; otherwise by what it sells, numbered where it repeats. */
function itemIds(found: FoundColumns, header: Row, records: readonly Row[]): MadeColumns {
  const invoice = found.get('invoice_id');
  if (invoice === undefined) return NOTHING_MADE;
  const line = found.get('item_id');
  if (line !== undefined && isUnique(records, [invoice.at, line.at])) return NOTHING_MADE;
  const sold = productIn(header, invoice.at) ?? found.get('category') ?? found.get('amount');
  if (sold === undefined) return NOTHING_MADE;
  return {
    ...NOTHING_MADE,
    columns: new Map([['item_id', joined('item_id', [invoice, sold], say.itemIds)]]),
    places: [invoice.at, sold.at],
  };
}

/** A sheet of bonuses has no ids, and every row of it is a bonus. */
function entryIds(found: FoundColumns, values: Values): MadeColumns {
  const parts = ['date', 'rep_id', 'reason'].flatMap((column) => found.get(column) ?? []);
  const hasId = found.has('entry_id') || !found.has('date') || !found.has('rep_id');
  const kind = found.has('kind')
    ? { ...NOTHING_MADE, keys: wordKeys('entries', found, [], values) }
    : constant({ kind: 'bonus' }, say.allBonuses);
  if (found.size === 0) return NOTHING_MADE;
  if (hasId) return kind;
  return {
    ...kind,
    columns: new Map([['entry_id', joined('entry_id', parts, say.entryIds)]]),
    places: parts.map(({ at }) => at),
  };
}

function joined(key: string, parts: readonly FoundColumn[], note: string): Proposed {
  const join: readonly Header[] = parts.map((part) => part.header);
  return setKey(key, { join, numbered: true }, note);
}

function isUnique(records: readonly Row[], places: readonly number[]): boolean {
  const keys = records.map((record) => places.map((at) => (record[at] ?? '').trim()).join('\u0000'));
  const [, last = 0] = places;
  return new Set(keys).size === keys.length && records.every((record) => (record[last] ?? '').trim() !== '');
}

const PRODUCTS = PRODUCT.map(plainName);

/** The column with what a line sells. */
function productIn(header: Row, except: number): FoundColumn | undefined {
  const names = header.map((name) => plainName(withoutBrackets(name)));
  for (const product of PRODUCTS) {
    const at = names.indexOf(product);
    if (at >= 0 && at !== except) return foundAt(at, header, []);
  }
  return undefined;
}

/** What a sheet need not say: it is the same in every row. */
function constant(constants: Readonly<Record<string, string>>, note: string): MadeColumns {
  return { ...NOTHING_MADE, constants, keys: [setKey('constants', constants, note)] };
}

/** What the words of sheets mean in ours, as {@link plainName} writes them. */
const MEANINGS: Readonly<Partial<Record<LedgerName, Readonly<Record<string, string>>>>> = {
  entries: {
    ...{ bonus: 'bonus', spif: 'bonus', spiff: 'bonus', award: 'bonus', adjustment: 'bonus' },
    ...{ correction: 'bonus', deduction: 'bonus', waiver: 'waiver', waived: 'waiver', forgiven: 'waiver' },
    ...{ forgiveness: 'waiver', repayment: 'repayment', repaid: 'repayment', paidback: 'repayment' },
  },
  draws: {
    ...{ recoverable: 'recoverable', recoverabledraw: 'recoverable', draw: 'recoverable' },
    ...{ yes: 'recoverable', y: 'recoverable', true: 'recoverable', x: 'recoverable' },
    ...{ guarantee: 'guarantee', guaranteed: 'guarantee', nonrecoverable: 'guarantee' },
    ...{ nonrecoverabledraw: 'guarantee', no: 'guarantee', n: 'guarantee', false: 'guarantee' },
  },
};

/** Under a heading such as Recoverable, yes and no are answers; under any other, only words are kinds. */
const ANSWERS: ReadonlySet<string> = new Set(['yes', 'y', 'true', 'x', 'no', 'n', 'false']);

function wordKeys(
  ledger: 'entries' | 'draws',
  found: FoundColumns,
  header: Row,
  values: Values,
): readonly Proposed[] {
  const kind = found.get('kind');
  if (kind === undefined) return [];
  const isAsked = /recoverable/i.test(header[kind.at] ?? '');
  const written = [...new Set(values.get('kind') ?? [])].filter((value) => value !== '');
  const meanings = new Map<string, string>();
  const unknown: string[] = [];
  for (const word of written) {
    const plain = plainName(word);
    const meant = ANSWERS.has(plain) && !isAsked ? undefined : MEANINGS[ledger]?.[plain];
    if (meant === undefined) unknown.push(word);
    else meanings.set(word, meant);
  }
  const isOurs = [...meanings].every(([word, meant]) => word === meant);
  if (unknown.length > 0) {
    const kinds = Object.fromEntries([...meanings, ...unknown.map((word) => [word, '?'] as const)]);
    return [stopKey('values', { kind: kinds }, say.unknownWords(unknown, ledger))];
  }
  return isOurs ? [] : [setKey('values', { kind: Object.fromEntries(meanings) }, undefined)];
}

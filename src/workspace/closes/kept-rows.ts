/** `ledger-rows.csv`: which rows of the ledgers were there at a close, as what has changed since the close before (R11.12). */
import type { Ledgers } from '../../engine/r2-ledgers/ledger.js';
import { LEDGER_NAMES, type LedgerName } from '../../ledger-specs/ledgers.js';
import { byCodeUnit } from '../../order.js';
import { invariant } from '../../problems/problem.js';
import { visitRows } from './ledger-rows.js';

/** The name of the file. */
export const LEDGER_ROWS = 'ledger-rows.csv';

const HEADER = 'hash,change,ledger,key';

/** A row of a ledger that is new, or no longer there. */
export interface LedgerRow {
  readonly ledger: LedgerName;
  readonly key: string;
  readonly hash: bigint;
}

/** The rows that are new since, and those that are gone; a row that was changed is one of each. */
export interface RowDifference {
  readonly added: readonly LedgerRow[];
  readonly removed: readonly LedgerRow[];
}

/**
 * What is different in the ledgers since some closes.
 *
 * @param kept - the files of the closes, in order
 */
export function differenceSince(kept: readonly Uint8Array[], ledgers: Ledgers): RowDifference {
  const [appeared, vanished] = [new Hashes(), new Hashes()];
  for (const file of kept) {
    visitLines(file, (line, hash) => (line[ADDED_AT] === PLUS ? appeared : vanished).add(hash));
  }
  const before = appeared.sorted();
  // What has vanished and what is there now make up what has appeared.
  visitRows(ledgers, (_, hash) => vanished.add(hash));
  const now = vanished.sorted();
  const [news, gone] = [surplus(now, before), surplus(before, now)];
  const added: LedgerRow[] = [];
  const removed: LedgerRow[] = [];
  if (news.size > 0) {
    visitRows(ledgers, (ledger, hash, key) => {
      if (take(news, hash)) added.push({ ledger, key: key(), hash });
    });
  }
  for (const file of gone.size > 0 ? kept : []) {
    visitLines(file, (line, hash) => {
      if (line[ADDED_AT] === PLUS && take(gone, hash)) removed.push({ ...rowIn(line), hash });
    });
  }
  return { added: added.sort(inRowOrder), removed: removed.sort(inRowOrder) };
}

/** The file of a close: whatever the order of rows, the same bytes. */
export function* ledgerRowsFile({ added, removed }: RowDifference): Iterable<string> {
  yield `${HEADER}\n`;
  const lines = [...added.map((row) => lineOf(row, '+')), ...removed.map((row) => lineOf(row, '-'))].sort();
  for (const line of lines) yield line;
}

function lineOf({ ledger, key, hash }: LedgerRow, change: '+' | '-'): string {
  const safe = /^[=+@\t'-]/.test(key) ? `'${key}` : key;
  const cell = /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  return `${hash.toString(16).padStart(DIGITS, '0')},${change},${ledger},${cell}\n`;
}

/** How many digits a hash has, and where the change follows it. */
const DIGITS = 16;
const ADDED_AT = DIGITS + 1;
const [PLUS, NEWLINE] = [0x2b, 0x0a];

function visitLines(file: Uint8Array, visit: (line: Uint8Array, hash: bigint) => void): void {
  let start = file.indexOf(NEWLINE) + 1;
  while (start > 0 && start < file.length) {
    const end = file.indexOf(NEWLINE, start);
    const line = file.subarray(start, end < 0 ? file.length : end);
    visit(line, hashIn(line));
    start = end < 0 ? file.length : end + 1;
  }
}

function hashIn(line: Uint8Array): bigint {
  return (BigInt(half(line, 0)) << 32n) | BigInt(half(line, DIGITS / 2));
}

function half(line: Uint8Array, from: number): number {
  let number = 0;
  for (let at = from; at < from + DIGITS / 2; at += 1) {
    const code = line[at] as number;
    number = number * 16 + (code < 0x3a ? code - 0x30 : code - 0x57);
  }
  return number;
}

function rowIn(line: Uint8Array): Omit<LedgerRow, 'hash'> {
  const text = Buffer.from(line).toString('utf8');
  const [, , name = ''] = text.split(',', 3);
  const cell = text.slice(ADDED_AT + 2 + name.length + 1);
  const safe = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
  const key = safe.startsWith("'") ? safe.slice(1) : safe;
  const ledger = LEDGER_NAMES.find((one) => one === name);
  invariant(ledger !== undefined, () => `a close keeps rows of ${name}`);
  return { ledger, key };
}

function inRowOrder(a: LedgerRow, b: LedgerRow): number {
  return byLedgerAndKey(a, b) || (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0);
}

const PLACES: ReadonlyMap<LedgerName, number> = new Map(LEDGER_NAMES.map((name, place) => [name, place]));

/** The order of rows: by ledger, then key. */
export function byLedgerAndKey(
  a: Pick<LedgerRow, 'ledger' | 'key'>,
  b: Pick<LedgerRow, 'ledger' | 'key'>,
): number {
  if (a.ledger === b.ledger) return byCodeUnit(a.key, b.key);
  return (PLACES.get(a.ledger) as number) - (PLACES.get(b.ledger) as number);
}

/** Many hashes: eight bytes each. */
class Hashes {
  #room = new BigUint64Array(1024);
  #length = 0;

  add(hash: bigint): void {
    if (this.#length === this.#room.length) {
      const larger = new BigUint64Array(this.#room.length * 2);
      larger.set(this.#room);
      this.#room = larger;
    }
    this.#room[this.#length] = hash;
    this.#length += 1;
  }

  sorted(): BigUint64Array {
    return this.#room.subarray(0, this.#length).sort();
  }
}

/** What one sorted list has beyond the other: how often, by hash. */
function surplus(list: BigUint64Array, other: BigUint64Array): Map<bigint, number> {
  const found = new Map<bigint, number>();
  let at = 0;
  for (const hash of list) {
    while (at < other.length && (other[at] as bigint) < hash) at += 1;
    if (other[at] === hash) at += 1;
    else found.set(hash, (found.get(hash) ?? 0) + 1);
  }
  return found;
}

/** Whether one more of a hash is to be found. */
function take(counts: Map<bigint, number>, hash: bigint): boolean {
  const count = counts.get(hash);
  if (count === undefined) return false;
  if (count === 1) counts.delete(hash);
  else counts.set(hash, count - 1);
  return true;
}

/** Which rows of the ledgers have changed since a close, and which adjustments each of them caused (R11.12). */
import type { Cause } from '../../engine/r1-words/causes.js';
import { netOf } from '../../engine/r1-words/line-accounts.js';
import type { Ledgers } from '../../engine/r2-ledgers/ledger.js';
import type { Posting } from '../../engine/r6-postings/posting-table.js';
import type { PayEntryRow } from '../../engine/r7-pay/entries.js';
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import type { Minor } from '../../money.js';
import { EVERYONE } from '../../plans/assignments.js';
import { byLedgerAndKey, differenceSince, type RowDifference } from './kept-rows.js';
import { KEY_SEPARATOR, keyText } from './ledger-rows.js';

/** What happened to a row. */
export type ChangeKind = 'added' | 'removed' | 'changed';

/** What adjusts closed periods because of a row; amounts in the currency's minor unit. */
export interface CausedAdjustments {
  /** How many postings and entries. */
  readonly count: number;
  /** The periods that are adjusted, as `postings.csv` names them, in order. */
  readonly adjusts: readonly string[];
  /** How much more is to be paid, or less where it is below 0 (R7.2). */
  readonly net: Minor;
  readonly held: Minor;
}

/** A row that has changed. */
export interface RowChange extends CausedAdjustments {
  readonly change: ChangeKind;
  readonly ledger: LedgerName;
  readonly key: string;
}

/** How many rows have changed. */
export type RowCounts = Readonly<Record<ChangeKind, number>>;

/** What has changed since a close. */
export interface Changes {
  /** By ledger, then key. */
  readonly rows: readonly RowChange[];
  /** What no single row caused: what several rows do to rates together, and changes of comp.yaml. */
  readonly others: CausedAdjustments;
}

/** How many rows have changed since some closes were made. */
export function countRows(kept: readonly Uint8Array[], ledgers: Ledgers): RowCounts {
  const counts = { added: 0, removed: 0, changed: 0 };
  for (const { change } of changedRows(differenceSince(kept, ledgers))) counts[change] += 1;
  return counts;
}

/**
 * The rows that have changed since some closes were made, with what they caused.
 *
 * @param kept - the files of the closes that say which rows the ledgers had, in order
 * @param adjustments - every posting and entry that adjusts a closed period and was posted since
 */
export function changesSince(
  kept: readonly Uint8Array[],
  ledgers: Ledgers,
  adjustments: {
    readonly postings: readonly Posting[];
    readonly entries: readonly PayEntryRow[];
    /** Whether comp.yaml is what it was. */
    readonly areTermsSame: boolean;
  },
): Changes {
  const rows = changedRows(differenceSince(kept, ledgers)).map((row) => ({ ...row, ...nothing() }));
  const index = new RowIndex(rows);
  const others = nothing();
  const unexplained: Posting[] = [];
  for (const posting of adjustments.postings) {
    const row = index.findOwn(posting);
    if (row === undefined) unexplained.push(posting);
    else add(row, posting.adjusts, netOf(posting), posting.held, posting.repId);
  }
  // Rates depend on the other sales of a rep: where one row alone moves them, it caused the rest, unless the terms have changed.
  for (const posting of unexplained) {
    const row = adjustments.areTermsSame ? index.findOfRep(posting.repId) : undefined;
    add(row ?? others, posting.adjusts, netOf(posting), posting.held);
  }
  for (const { entryId, kind, amount, adjusts } of adjustments.entries) {
    const row = index.find('entries', [entryId]);
    add(row ?? others, adjusts, kind === 'bonus' ? amount : 0n, 0n);
  }
  return { rows: rows.map(finished), others: finished(others) };
}

interface Sums {
  count: number;
  /** Undefined as long as it adjusts nothing, as most of many rows do. */
  periods: Set<string> | undefined;
  reps: Set<string> | undefined;
  net: Minor;
  held: Minor;
}

type RowSums = Omit<RowChange, keyof CausedAdjustments> & Sums;

function nothing(): Sums {
  return { count: 0, periods: undefined, reps: undefined, net: 0n, held: 0n };
}

function add(sums: Sums, adjusts: string, net: Minor, held: Minor, rep?: string): void {
  sums.count += 1;
  sums.periods ??= new Set();
  sums.periods.add(adjusts);
  sums.net += net;
  sums.held += held;
  if (rep === undefined) return;
  sums.reps ??= new Set();
  sums.reps.add(rep);
}

const NONE: readonly string[] = [];

function finished<Of extends Sums>({
  periods,
  reps: _,
  ...rest
}: Of): Omit<Of, 'periods' | 'reps'> & CausedAdjustments {
  return { ...rest, adjusts: periods === undefined ? NONE : [...periods].sort() };
}

/** A row that is gone and one that is new with the same key are one that was changed. */
function changedRows({ added, removed }: RowDifference): Omit<RowChange, keyof CausedAdjustments>[] {
  const gone = new Map<string, number>();
  const nameOf = (ledger: string, key: string) => `${ledger}\0${key}`;
  for (const { ledger, key } of removed) {
    const name = nameOf(ledger, key);
    gone.set(name, (gone.get(name) ?? 0) + 1);
  }
  const changed = new Map<string, number>();
  const news = added.map(({ ledger, key }) => {
    const name = nameOf(ledger, key);
    const left = gone.get(name) ?? 0;
    if (left === 0) return { change: 'added', ledger, key } as const;
    gone.set(name, left - 1);
    changed.set(name, (changed.get(name) ?? 0) + 1);
    return { change: 'changed', ledger, key } as const;
  });
  const left = removed.flatMap(({ ledger, key }) => {
    const name = nameOf(ledger, key);
    const paired = changed.get(name) ?? 0;
    if (paired === 0) return [{ change: 'removed', ledger, key } as const];
    changed.set(name, paired - 1);
    return [];
  });
  return [...news, ...left].sort(byLedgerAndKey);
}

/** The ledgers whose row is the source of a posting, by its cause. */
const SOURCES: Readonly<Partial<Record<Cause, readonly LedgerName[]>>> = {
  collected: ['payments'],
  refunded: ['payments'],
  credited: ['creditMemos', 'invoices'],
  'written-off': ['writeOffs'],
  'write-off-reversed': ['writeOffs'],
};

/** The ledgers about an invoice whose key begins with it, and those whose key ends with it, the likeliest first. */
const OF_INVOICE: readonly LedgerName[] = ['invoices', 'splits', 'items', 'schedules', 'disputes'];
const ON_INVOICE: readonly LedgerName[] = ['creditMemos', 'payments', 'writeOffs'];

/** The ledgers about a rep, whose key begins or ends with the rep. */
const OF_REP: readonly LedgerName[] = ['assignments', 'quotas', 'teams', 'accounts', 'reps', 'openings'];

/** Finds changed rows by what they are about. */
class RowIndex {
  readonly #rows: readonly RowSums[];
  readonly #byKey = new Map<string, RowSums>();
  /** By ledger and the first, or the last, part of the key. */
  readonly #byFirst = new Map<string, RowSums>();
  readonly #byLast = new Map<string, RowSums>();
  #ofReps: ReadonlyMap<string, readonly RowSums[]> | undefined;

  constructor(rows: readonly RowSums[]) {
    this.#rows = rows;
    for (const row of rows) {
      const parts = row.key.split(KEY_SEPARATOR);
      setOnce(this.#byKey, `${row.ledger}\0${row.key}`, row);
      setOnce(this.#byFirst, `${row.ledger}\0${parts[0] ?? ''}`, row);
      setOnce(this.#byLast, `${row.ledger}\0${parts.at(-1) ?? ''}`, row);
    }
  }

  find(ledger: LedgerName, parts: readonly string[]): RowSums | undefined {
    return this.#byKey.get(`${ledger}\0${keyText(parts)}`);
  }

  /** The row that a posting comes from, or else one about its invoice, its rep, or everyone. */
  findOwn({ cause, sourceId, invoiceId, repId }: Posting): RowSums | undefined {
    for (const ledger of SOURCES[cause] ?? []) {
      const row = this.find(ledger, [sourceId, invoiceId]) ?? this.find(ledger, [sourceId]);
      if (row !== undefined) return row;
    }
    for (const ledger of OF_INVOICE) {
      const row = this.find(ledger, [invoiceId, repId]) ?? this.#byFirst.get(`${ledger}\0${invoiceId}`);
      if (row !== undefined) return row;
    }
    for (const ledger of ON_INVOICE) {
      const row = this.#byLast.get(`${ledger}\0${invoiceId}`);
      if (row !== undefined) return row;
    }
    for (const ledger of OF_REP) {
      const row = this.#byFirst.get(`${ledger}\0${repId}`) ?? this.#byLast.get(`${ledger}\0${repId}`);
      if (row !== undefined) return row;
    }
    return this.#byFirst.get(`assignments\0${EVERYONE}`);
  }

  /** The only changed row that adjusts lines of the rep; undefined where there are several. */
  findOfRep(rep: string): RowSums | undefined {
    this.#ofReps ??= byRep(this.#rows);
    const own = this.#ofReps.get(rep) ?? [];
    return own.length === 1 ? own[0] : undefined;
  }
}

function byRep(rows: readonly RowSums[]): ReadonlyMap<string, readonly RowSums[]> {
  const found = new Map<string, RowSums[]>();
  for (const row of rows) {
    for (const rep of row.reps ?? NONE) {
      const own = found.get(rep);
      if (own === undefined) found.set(rep, [row]);
      else own.push(row);
    }
  }
  return found;
}

function setOnce(map: Map<string, RowSums>, key: string, row: RowSums): void {
  if (!map.has(key)) map.set(key, row);
}

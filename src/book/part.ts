/** The rows of a part of a book as ledgers of their own, and where each of them is in the book. */
import type { Run } from '../engine/calculate.js';
import type { Ledgers } from '../engine/r2-ledgers/ledger.js';
import { LEDGER_NAMES, type LedgerName } from '../ledger-specs/ledgers.js';
import { EVERYONE } from '../plans/assignments.js';
import type { BookCloses } from './closes.js';
import { type BookRows, type Edit, ledgerOf, type RowNumber } from './rows.js';
import { type Cells, idIn, invoiceTie, isOfEveryone, repTie, SHARED_LEDGERS } from './ties.js';

/** Rows, each once. */
export type RowSet = ReadonlySet<RowNumber>;

/** The rows of a part by ledger, in order. */
export class Part {
  readonly ledgers: Ledgers;
  readonly #rows = new Map<LedgerName, RowNumber[]>();

  /**
   * @param members - the rows of the part; those that every part needs are added
   * @param edit - an edit that the part is to be seen without; undefined where it is to be seen as it is
   */
  constructor(rows: BookRows, members: RowSet, edit?: Edit) {
    const cellsOf = (row: RowNumber) => (row === edit?.row ? edit.before : rows.cellsOf(row));
    const ledgers: Partial<Record<LedgerName, unknown>> = {};
    for (const name of LEDGER_NAMES) {
      if (rows.isGiven(name)) this.#rows.set(name, SHARED_LEDGERS.includes(name) ? [...rows.in(name)] : []);
    }
    for (const row of new Set([...members, ...rowsOfEveryone(rows)]))
      this.#rows.get(ledgerOf(row))?.push(row);
    for (const [name, own] of this.#rows) {
      const there = own.filter((row) => cellsOf(row) !== undefined).sort((a, b) => a - b);
      this.#rows.set(name, there);
      ledgers[name] = {
        rows: there.map((row) => cellsOf(row)),
        ...(rows.isSnapshot(name) ? { snapshot: true } : {}),
      };
    }
    // The invoices are always given.
    this.ledgers = ledgers as unknown as Ledgers;
  }

  /** The row of the book at a place in one of the part's ledgers. */
  rowAt(ledger: LedgerName, place: number): RowNumber {
    return this.#rows.get(ledger)?.[place] as RowNumber;
  }
}

/** The assignments of everyone (R2.6). */
function rowsOfEveryone(rows: BookRows): readonly RowNumber[] {
  return [...rows.tiedBy(repTie(EVERYONE))].filter((row) =>
    isOfEveryone(ledgerOf(row), rows.cellsOf(row) ?? {}),
  );
}

/** What is reached from some ties: everything that may change with them. */
export interface Closure {
  readonly ties: ReadonlySet<string>;
  readonly members: Set<RowNumber>;
}

/**
 * The rows that are tied to an edit, directly or through others.
 *
 * @param most - with more rows than this, undefined
 */
export function closureOf(rows: BookRows, closes: BookCloses, edit: Edit, most: number): Closure | undefined {
  const ties = new Set<string>();
  const members = new Set<RowNumber>([edit.row]);
  const waiting: string[] = [];
  const ledger = ledgerOf(edit.row);
  const reach = (tie: string) => {
    if (ties.has(tie)) return;
    ties.add(tie);
    waiting.push(tie);
  };
  // A customer ties invoices only where something is on the customer's account.
  const isTied = (tie: string) => !tie.startsWith('c ') || tiesCustomer(rows, tie);
  for (const cells of [edit.before, edit.after]) {
    if (cells === undefined) continue;
    for (const tie of rows.tiesOf(ledger, cells)) if (ledger !== 'invoices' || isTied(tie)) reach(tie);
  }
  for (let tie = waiting.pop(); tie !== undefined; tie = waiting.pop()) {
    for (const other of closes.tiedTo(tie)) reach(other);
    for (const row of rows.tiedBy(tie)) {
      if (members.has(row)) continue;
      members.add(row);
      if (members.size > most) return undefined;
      for (const other of rows.tiesOf(ledgerOf(row), rows.cellsOf(row) ?? {}))
        if (isTied(other)) reach(other);
    }
  }
  return { ties, members };
}

/** Whether anything is on a customer's account, or may come to be. */
export function tiesCustomer(rows: BookRows, tie: string): boolean {
  if (rows.rules.movesExcess) return true;
  for (const row of rows.tiedBy(tie)) if (ledgerOf(row) !== 'invoices') return true;
  return false;
}

/** What is said of one invoice alone: what happened to it posts its own lines again, at the prices that they have. */
const OF_INVOICE: readonly LedgerName[] = [
  'invoices',
  'payments',
  'writeOffs',
  'creditMemos',
  'splits',
  'items',
  'schedules',
  'disputes',
];

/** What is said of the reps of an invoice, that its lines depend on besides their prices. */
const OF_REP: readonly LedgerName[] = ['assignments', 'reps', 'teams'];

/** The rows that make one invoice and its lines, and the reps who may have one. */
export function invoiceRows(
  rows: BookRows,
  invoice: string,
): { readonly members: Set<RowNumber>; readonly reps: ReadonlySet<string> } {
  const members = new Set<RowNumber>();
  const reps = new Set<string>();
  const waiting: string[] = [];
  const reach = (rep: string) => {
    if (rep === '' || reps.has(rep)) return;
    reps.add(rep);
    waiting.push(rep);
  };
  for (const row of rows.tiedBy(invoiceTie(invoice))) {
    const ledger = ledgerOf(row);
    if (!OF_INVOICE.includes(ledger)) continue;
    members.add(row);
    if (ledger === 'invoices' || ledger === 'splits')
      reach(idIn(rows.rules, rows.cellsOf(row) ?? {}, 'rep_id'));
  }
  for (let rep = waiting.pop(); rep !== undefined; rep = waiting.pop()) {
    for (const row of rows.tiedBy(repTie(rep))) {
      const ledger = ledgerOf(row);
      if (!OF_REP.includes(ledger)) continue;
      const cells = rows.cellsOf(row) ?? {};
      // A manager's own team is nothing to the rep.
      if (idIn(rows.rules, cells, 'rep_id') !== rep) continue;
      members.add(row);
      if (rows.rules.hasTeams) reach(managerIn(rows, ledger, cells));
    }
  }
  return { members, reps };
}

function managerIn(rows: BookRows, ledger: LedgerName, cells: Cells): string {
  if (ledger === 'teams' || (ledger === 'reps' && !rows.rules.hasTeamsLedger))
    return idIn(rows.rules, cells, 'manager_id');
  return '';
}

/** A run of a part. */
export interface PartRun {
  readonly run: Run;
  readonly part: Part;
}

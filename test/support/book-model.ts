/** A book as plain arrays: what an incremental book must agree with, calculated from the beginning each time. */
import { calculate, type Inputs } from '../../src/engine/calculate.js';
import type { Posting } from '../../src/engine/r6-postings/posting-table.js';
import type { Close } from '../../src/engine/r11-closes/close.js';
import type { PostedResult, Refusal } from '../../src/engine/result.js';
import type { Workspace } from './run.js';

export type Row = Readonly<Record<string, string | undefined>>;

/** The columns that tell the rows of a ledger apart, written once more. */
export const KEY_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  invoices: ['invoice_id'],
  payments: ['payment_id', 'invoice_id'],
  writeOffs: ['write_off_id', 'invoice_id'],
  creditMemos: ['credit_memo_id', 'invoice_id'],
  splits: ['invoice_id', 'rep_id'],
  assignments: ['rep_id', 'plan_id', 'from'],
  quotas: ['rep_id', 'quarter', 'credit'],
  calendar: ['from'],
  openings: ['rep_id', 'credit'],
  reps: ['rep_id'],
  teams: ['rep_id', 'manager_id', 'from'],
  items: ['invoice_id', 'item_id'],
  fx: ['currency', 'date'],
  accounts: ['customer_id', 'rep_id', 'from'],
  schedules: ['invoice_id', 'due_date'],
  disputes: ['invoice_id', 'from'],
  entries: ['entry_id'],
  draws: ['rep_id', 'from', 'kind'],
  aliases: ['was'],
};

const DEFAULTS: Readonly<Record<string, string>> = { credit: 'own', kind: 'recoverable' };

function keyOf(ledger: string, row: Row): string {
  const cells = (KEY_COLUMNS[ledger] ?? []).map(
    (column) => (row[column] ?? '').trim() || (ledger === 'entries' ? '' : (DEFAULTS[column] ?? '')),
  );
  return JSON.stringify(cells);
}

export class BookModel {
  readonly terms: unknown;
  readonly asOf: string;
  readonly closes: readonly Close[];
  readonly #ledgers: ReadonlyMap<string, readonly Row[]>;

  constructor(
    { terms, asOf, ledgers }: Workspace,
    closes: readonly Close[] = [],
    rows: ReadonlyMap<string, readonly Row[]> = new Map(Object.entries(ledgers)),
  ) {
    this.terms = terms;
    this.asOf = asOf;
    this.closes = closes;
    this.#ledgers = rows;
  }

  rowsOf(ledger: string): readonly Row[] {
    return this.#ledgers.get(ledger) ?? [];
  }

  get ledgers(): readonly string[] {
    return [...this.#ledgers.keys()];
  }

  /** The model with a row more, in place of the one with its key or at the end. */
  with(ledger: string, row: Row): BookModel {
    const rows = this.rowsOf(ledger);
    const at = rows.findIndex((one) => keyOf(ledger, one) === keyOf(ledger, row));
    return this.#by(ledger, at < 0 ? [...rows, row] : rows.map((one, index) => (index === at ? row : one)));
  }

  without(ledger: string, row: Row): BookModel {
    return this.#by(
      ledger,
      this.rowsOf(ledger).filter((one) => one !== row),
    );
  }

  #by(ledger: string, rows: readonly Row[]): BookModel {
    const workspace = { terms: this.terms, asOf: this.asOf, ledgers: {} };
    return new BookModel(workspace, this.closes, new Map([...this.#ledgers, [ledger, rows]]));
  }

  inputs(asOf = this.asOf): Inputs {
    const ledgers = Object.fromEntries(Array.from(this.#ledgers, ([name, rows]) => [name, { rows }]));
    return { terms: this.terms, ledgers, asOf, closes: this.closes } as unknown as Inputs;
  }

  answer(asOf = this.asOf): PostedResult<readonly Posting[]> | Refusal {
    const outcome = calculate(this.inputs(asOf));
    return outcome.kind === 'refused' ? outcome : outcome.result;
  }
}

/** All figures of a result as plain data, in their order. */
export function figuresOf(result: PostedResult<readonly Posting[]>): Record<string, unknown> {
  const { opened, people, controls, terms: _, ...rest } = result;
  return {
    ...rest,
    postings: [...result.postings],
    openPostings: [...result.openPostings],
    opened: opened && { date: opened.date, postings: [...opened.postings] },
    people: [...people],
    controls: Array.from(controls, ([name, { byCurrency, ...totals }]) => [
      name,
      { ...totals, ...(byCurrency === undefined ? {} : { byCurrency: [...byCurrency] }) },
    ]),
  };
}

/** Which records a ledger leaves out: by `where`, `skipEmpty`, and in a snapshot those with nothing paid. */
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { findPlain } from '../money.js';
import { findNearest } from '../problems/nearest.js';
import type { Place } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import type { CellReader } from './cells.js';
import { ColumnCondition } from './conditions.js';
import type { TextRow } from './documents.js';
import type { Layout } from './layout.js';
import type { Mapping } from './mapping.js';

export class RecordFilter {
  readonly #ledger: LedgerName;
  readonly #mapping: Mapping;
  readonly #cells: CellReader;
  readonly #conditions: ReadonlyMap<string, ColumnCondition>;

  constructor(ledger: LedgerName, mapping: Mapping, cells: CellReader) {
    this.#ledger = ledger;
    this.#mapping = mapping;
    this.#cells = cells;
    this.#conditions = new Map(
      Object.entries(mapping.where ?? {}).map(([header, condition]) => [
        header,
        new ColumnCondition(condition, cells.nulls),
      ]),
    );
  }

  /** @param row - the record with our columns */
  leavesOut(record: readonly string[], layout: Layout, row: TextRow): boolean {
    if (!this.#meetsConditions(record, layout)) return true;
    const { amount, date } = LEDGER_COLUMNS[this.#ledger];
    const isEmpty = (column: string | undefined) => column !== undefined && (row[column] ?? '') === '';
    const { skipEmpty, snapshot } = this.#mapping;
    if (skipEmpty === true && (isEmpty(amount) || isEmpty(date))) return true;
    return snapshot === true && (isEmpty(amount) || isZero(row[amount as string]));
  }

  /**
   * The values of `where` that no row has, and a ledger without rows: a misspelled value must not empty a ledger, nor let
   * in what it should keep out.
   *
   * @param counts - how many rows the ledger has, and how many were left out
   */
  faults(counts: { readonly rows: number; readonly leftOut: number }): Fault[] {
    const unseen = [...this.#conditions].flatMap(([header, { unseen, seen }]): Fault[] => {
      const place: Place = { kind: 'terms', path: ['ledgers', this.#ledger, 'where', header] };
      return unseen.map((value) => ({
        code: 'value-not-seen',
        place,
        header,
        value,
        seen,
        nearest: findNearest(value, seen),
      }));
    });
    const canBeEmpty = Object.values(this.#mapping.where ?? {}).some(({ optional }) => optional);
    const isEmptied = counts.rows === 0 && counts.leftOut > 0 && !canBeEmpty;
    if (unseen.length > 0 || !isEmptied) return unseen;
    const place: Place = { kind: 'terms', path: ['ledgers', this.#ledger] };
    return [{ code: 'no-rows-left', place, rows: counts.leftOut }];
  }

  #meetsConditions(record: readonly string[], { conditions }: Layout): boolean {
    let holds = true;
    for (const [header, at] of conditions) {
      // Every condition sees every row, so that the values it has seen do not depend on other conditions.
      if (this.#conditions.get(header)?.holds(this.#cells.raw(record, at)) === false) holds = false;
    }
    return holds;
  }
}

function isZero(text: string | undefined): boolean {
  return text !== undefined && findPlain(text) !== undefined && !/[1-9]/.test(text);
}

/** Which records a ledger leaves out: by `where`, `skipEmpty`, and in a snapshot those with nothing paid. */
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { findPlain } from '../money.js';
import { findNearest } from '../problems/nearest.js';
import type { Place } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import type { CellReader } from './cells.js';
import { ColumnCondition, plainValue } from './conditions.js';
import type { TextRow } from './documents.js';
import type { Layout } from './layout.js';
import type { Mapping } from './mapping.js';

/** A value that is listed nowhere. */
interface Unlisted {
  readonly header: string;
  readonly value: string;
  /** The first record that has it. */
  readonly record: number;
  rows: number;
}

export class RecordFilter {
  readonly #ledger: LedgerName;
  readonly #mapping: Mapping;
  readonly #cells: CellReader;
  readonly #conditions: ReadonlyMap<string, ColumnCondition>;
  /** By header and value: rows with values that `where` does not list, though it lists the others. */
  readonly #unlisted = new Map<string, Unlisted>();

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

  /**
   * @param row - the record with our columns
   * @param number - the record's own number
   */
  leavesOut(record: readonly string[], layout: Layout, row: TextRow, number: number): boolean {
    if (!this.#meetsConditions(record, layout, number)) return true;
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
    const unlisted = [...this.#unlisted.values()].map(({ header, value, record, rows }): Fault => {
      const place: Place = { kind: 'record', ledger: this.#ledger, record };
      return { code: 'unlisted-value', place, header, value, rows };
    });
    if (unlisted.length > 0) return [...unseen, ...unlisted];
    const canBeEmpty = Object.values(this.#mapping.where ?? {}).some(({ optional }) => optional);
    const isEmptied = counts.rows === 0 && counts.leftOut > 0 && !canBeEmpty;
    if (unseen.length > 0 || !isEmptied) return unseen;
    const place: Place = { kind: 'terms', path: ['ledgers', this.#ledger] };
    return [{ code: 'no-rows-left', place, rows: counts.leftOut }];
  }

  #meetsConditions(record: readonly string[], { conditions }: Layout, number: number): boolean {
    let holds = true;
    for (const [header, at] of conditions) {
      const condition = this.#conditions.get(header);
      const cell = this.#cells.raw(record, at);
      // Every condition sees every row, so that the values it has seen do not depend on other conditions.
      if (condition?.holds(cell) === false) holds = false;
      if (condition?.isUnlisted(cell) === true) this.#noteUnlisted(header, cell, number);
    }
    return holds;
  }

  #noteUnlisted(header: string, value: string, record: number): void {
    const key = JSON.stringify([header, plainValue(value)]);
    const known = this.#unlisted.get(key);
    if (known === undefined) this.#unlisted.set(key, { header, value, record, rows: 1 });
    else known.rows += 1;
  }
}

function isZero(text: string | undefined): boolean {
  return text !== undefined && findPlain(text) !== undefined && !/[1-9]/.test(text);
}

/** The rows that a mapping makes: lines combined into documents, and the record and file that each comes from. */
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import type { Place } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import { type Difference, Documents, type TextRow } from './documents.js';
import type { RecordPlace } from './ledger-rows.js';
import type { Mapping } from './mapping.js';
import { numberIds } from './numbered-ids.js';

export class DocumentRows {
  readonly documents: Documents;
  readonly #ledger: LedgerName;
  readonly #mapping: Mapping;
  readonly #records: number[] = [];
  readonly #files: number[] = [];
  readonly #overlapping = new Set<number>();

  constructor(ledger: LedgerName, mapping: Mapping) {
    this.#ledger = ledger;
    this.#mapping = mapping;
    this.documents = new Documents(ledger, mapping.lines);
  }

  /** The first record of a row. */
  recordOf(row: number): number {
    return this.#records[row] as number;
  }

  /** Adds a line to its document, or as a new row. */
  add(line: TextRow, place: RecordPlace): { row: number; isFirst: boolean; faults: Fault[] } {
    const { row, isFirst, differences } = this.documents.add(line);
    const faults: Fault[] = [];
    if (isFirst) {
      this.#records.push(place.record);
      this.#files.push(place.file);
    } else if (this.#files[row] !== place.file && !this.#overlapping.has(row)) {
      // Files that overlap would count a document twice. A row without a key has a fault of its own.
      this.#overlapping.add(row);
      const key = keyOf(this.#ledger, line);
      if (key !== '') faults.push(this.#duplicate(this.placeOf(row, place), row, key));
    }
    for (const difference of differences) faults.push(this.#difference(difference, row, line, place));
    return { row, isFirst, faults };
  }

  /** The place of a record as a line of a row. */
  placeOf(row: number, { record }: RecordPlace, column?: string): Place {
    const place = { kind: 'row', ledger: this.#ledger, row, record } as const;
    return column === undefined ? place : { ...place, column };
  }

  /** Numbers equal ids that are made of other columns; a fault for each that is in two files. */
  numberIds(): Fault[] {
    const numbered = Object.entries(this.#mapping.columns ?? {}).filter(([, source]) => source?.numbered);
    return numbered.flatMap(([column]) => {
      const repeated = numberIds(this.#ledger, column, this.documents.rows, (row) => this.#files[row]);
      return repeated.map(({ id, first, row }) => {
        return this.#duplicate({ kind: 'row', ledger: this.#ledger, row }, first, id);
      });
    });
  }

  #difference({ column, found, other }: Difference, row: number, line: TextRow, place: RecordPlace): Fault {
    const { columns } = LEDGER_COLUMNS[this.#ledger];
    return {
      code: 'lines-differ',
      place: this.placeOf(row, place, column),
      column,
      isAmount: columns.some(({ name, kind }) => name === column && kind === 'amount'),
      found,
      other,
      document: keyOf(this.#ledger, line),
      first: { kind: 'row', ledger: this.#ledger, row },
    };
  }

  #duplicate(place: Place, first: number, key: string): Fault {
    return { code: 'duplicate-key', place, key, first: { kind: 'row', ledger: this.#ledger, row: first } };
  }
}

function keyOf(ledger: LedgerName, row: TextRow): string {
  const parts = LEDGER_COLUMNS[ledger].key.map((column) => row[column] ?? '');
  return parts.filter((part) => part !== '').join(' on ');
}

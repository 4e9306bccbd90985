/** Every row of the ledgers as one text, whatever the order of rows and columns, and a hash of it (R11.12). */

import type { Day } from '../../day.js';
import { isoOf } from '../../day.js';
import type { Ledger, Ledgers } from '../../engine/r2-ledgers/ledger.js';
import { type LedgerTable, NO_DAY } from '../../engine/r2-ledgers/ledger-table.js';
import { type Column, LEDGER_COLUMNS } from '../../ledger-specs/columns.js';
import { LEDGER_NAMES, type LedgerName } from '../../ledger-specs/ledgers.js';
import { formatUnits } from '../../money.js';

/** Takes a row: its ledger, the hash of all that it says, and its key, which is made on demand. */
export type VisitRow = (ledger: LedgerName, hash: bigint, key: () => string) => void;

/** Between the parts of a key. */
export const KEY_SEPARATOR = ' · ';

/** The parts of a key that are not blank, as one text on one line. */
export function keyText(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .join(KEY_SEPARATOR)
    .replace(/[\r\n]+/g, ' ');
}

/** Goes through all rows of all ledgers. */
export function visitRows(ledgers: Ledgers, visit: VisitRow): void {
  for (const name of LEDGER_NAMES) {
    const ledger: Ledger<unknown> | undefined = ledgers[name];
    if (ledger === undefined) continue;
    const { columns, key } = LEDGER_COLUMNS[name];
    const places = key.map((part) => columns.findIndex((column) => column.name === part));
    const cells = new Array<string>(columns.length).fill('');
    const keyNow = () => keyText(places.map((place) => cells[place] ?? ''));
    const visitCells = () => visit(name, hashOf(name, cells), keyNow);
    if (ledger.table === undefined) {
      ledger.rows.forEach((row) => {
        const written = row as Readonly<Record<string, string | null | undefined>>;
        columns.forEach((column, at) => {
          cells[at] = canonical(column, written[column.name]);
        });
        visitCells();
      });
    } else {
      visitTable(ledger.table, columns, cells, visitCells);
    }
  }
}

function visitTable(
  { length, scale, texts, days, amounts }: LedgerTable,
  columns: readonly Column[],
  cells: string[],
  visit: () => void,
): void {
  const readers = columns.map(({ name, kind }): ((row: number) => string) => {
    const [text, day, amount] = [texts[name], days[name], amounts[name]];
    if (text !== undefined) return (row) => canonical({ kind }, text.at(row));
    if (day !== undefined) return (row) => (day[row] === NO_DAY ? '' : isoOf(day[row] as Day));
    if (amount === undefined) return () => '';
    return (row) => {
      const units = amount[row] as number;
      return Number.isNaN(units) ? '' : withoutZeros(formatUnits(BigInt(units), scale, 0));
    };
  });
  for (let row = 0; row < length; row += 1) {
    for (let at = 0; at < readers.length; at += 1) cells[at] = (readers[at] as (row: number) => string)(row);
    visit();
  }
}

/** A cell as it counts: trimmed, an amount without zeros that say nothing. */
function canonical({ kind }: Pick<Column, 'kind'>, cell: string | null | undefined): string {
  const text = cell === undefined || cell === null ? '' : `${cell}`.trim();
  return kind === 'amount' || kind === 'rate' ? withoutZeros(text) : text;
}

function withoutZeros(amount: string): string {
  const plain = amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount;
  return plain === '-0' ? '0' : plain;
}

/** How many bits a part of the hash has. */
const HALF = 32n;

/**
 * A hash of 64 bits. It finds what has changed, and no more: a copy of the input (`--archive`) proves what it was.
 */
function hashOf(ledger: string, cells: readonly string[]): bigint {
  let [a, b] = [0xdead_beef, 0x41c6_ce57];
  const add = (text: string) => {
    for (let at = 0; at <= text.length; at += 1) {
      // The end of a cell counts as a character that no text has.
      const code = at === text.length ? 0x1_0000 : text.charCodeAt(at);
      a = Math.imul(a ^ code, 0x9e37_79b1);
      b = Math.imul(b ^ code, 0x5f35_6495);
      a = (a << 13) | (a >>> 19);
      b = (b << 17) | (b >>> 15);
    }
  };
  add(ledger);
  let last = cells.length;
  while (last > 0 && cells[last - 1] === '') last -= 1;
  for (let at = 0; at < last; at += 1) add(cells[at] as string);
  const high = mixed(a ^ (b >>> 16));
  const low = mixed(b ^ (a >>> 13));
  return (BigInt(high) << HALF) | BigInt(low);
}

/** Every bit of a number in every other. */
function mixed(number: number): number {
  let now = Math.imul(number ^ (number >>> 16), 0x85eb_ca6b);
  now = Math.imul(now ^ (now >>> 13), 0xc2b2_ae35);
  return (now ^ (now >>> 16)) >>> 0;
}

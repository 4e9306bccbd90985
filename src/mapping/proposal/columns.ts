/** Finds our columns under the header of an export by their usual names. */
import { LEDGER_COLUMNS } from '../../ledger-specs/columns.js';
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import type { Header } from '../mapping.js';
import { plainName, usualNames, withoutBrackets } from './names.js';

/** Where one of our columns seems to be in the file. */
export interface FoundColumn {
  readonly at: number;
  /** As comp.yaml names it: by position where the name is not unique. */
  readonly header: Header;
  /** The positions of other columns with a usual name of it. */
  readonly others: readonly number[];
}

export type FoundColumns = ReadonlyMap<string, FoundColumn>;

/** Our columns by name, each in a column of the file that no other uses. */
export function columnsIn(header: readonly string[], ledger: LedgerName): FoundColumns {
  const names = header.map((cell) => cell.trim());
  const whole = names.map(plainName);
  const bare = names.map((name) => plainName(withoutBrackets(name)));
  const taken = new Set<number>();
  const found = new Map<string, FoundColumn>();
  const ours = LEDGER_COLUMNS[ledger].columns.map(({ name }) => ({
    name,
    usual: usualNames(ledger, name),
  }));
  // Columns with exactly one of our names come first, then those with another usual name.
  for (const exact of [true, false]) {
    for (const { name, usual } of ours) {
      if (found.has(name)) continue;
      const accepted = exact ? usual.slice(0, 1) : usual;
      const written = exact ? [whole] : [whole, bare];
      const places = written.flatMap((plain) => accepted.flatMap((one) => placesOf(one, plain)));
      const free = [...new Set(places)].filter((at) => !taken.has(at));
      const [at] = free;
      if (at === undefined) continue;
      taken.add(at);
      found.set(name, foundAt(at, names, free.slice(1)));
    }
  }
  return found;
}

/** The column at a position. */
export function foundAt(at: number, names: readonly string[], others: readonly number[]): FoundColumn {
  const title = names[at] as string;
  const isTwice = names.indexOf(title) !== names.lastIndexOf(title);
  return { at, header: isTwice ? at + 1 : title, others };
}

function placesOf(name: string, plain: readonly string[]): number[] {
  return plain.flatMap((one, at) => (one === name ? [at] : []));
}

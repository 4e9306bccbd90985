/** Finds our columns under the header of an export by their usual names. */
import { LEDGER_COLUMNS } from '../../ledger-specs/columns.js';
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import type { Header } from '../mapping.js';
import { plainName, usualNames, withoutBrackets } from './names.js';

/** Where one of our columns seems to be. */
export interface FoundColumn {
  readonly at: number;
  /** As comp.yaml would name it: by its position where its name is there twice. */
  readonly header: Header;
  /** Other columns that are called so too, by their places. */
  readonly others: readonly number[];
}

export type FoundColumns = ReadonlyMap<string, FoundColumn>;

/** Our columns by name, each in a column of the file that no other has taken. */
export function columnsIn(header: readonly string[], ledger: LedgerName): FoundColumns {
  const names = header.map((cell) => cell.trim());
  const whole = names.map(plainName);
  const bare = names.map((name) => plainName(withoutBrackets(name)));
  const taken = new Set<number>();
  const found = new Map<string, FoundColumn>();
  const wanted = LEDGER_COLUMNS[ledger].columns.map(({ name }) => ({
    name,
    usual: usualNames(ledger, name),
  }));
  // A column that has exactly one of our names is that one, before any is found by what it is called elsewhere.
  for (const exact of [true, false]) {
    for (const { name, usual } of wanted) {
      if (found.has(name)) continue;
      const asked = exact ? usual.slice(0, 1) : usual;
      const places = [whole, bare].flatMap((plain) => asked.flatMap((one) => placesOf(one, plain)));
      const free = [...new Set(places)].filter((at) => !taken.has(at));
      const [at] = free;
      if (at === undefined) continue;
      taken.add(at);
      found.set(name, foundAt(at, names, free.slice(1)));
    }
  }
  return found;
}

/** A column at that place. */
export function foundAt(at: number, names: readonly string[], others: readonly number[]): FoundColumn {
  const title = names[at] as string;
  const isTwice = names.indexOf(title) !== names.lastIndexOf(title);
  return { at, header: isTwice ? at + 1 : title, others };
}

function placesOf(name: string, plain: readonly string[]): number[] {
  return plain.flatMap((one, at) => (one === name ? [at] : []));
}

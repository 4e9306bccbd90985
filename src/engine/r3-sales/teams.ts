/** Whose sales managers are credited with, through all levels of the team tree (R12.3). */
import { addDays, type Day } from '../../day.js';
import { plus, type Ratio, times } from '../../ratio.js';
import type { Books, SharedCredit } from '../r2-ledgers/books.js';

/** A manager's share of a rep's credit, by the manager's number. */
export interface ManagerShare {
  readonly manager: number;
  readonly share: Ratio;
}

/** The managers of a rep on a day, or the reps who manage each other in a circle. */
export type Managers =
  | { readonly kind: 'tree'; readonly shares: readonly ManagerShare[] }
  | { readonly kind: 'cycle'; readonly reps: readonly number[] };

const NO_MANAGERS: Managers = { kind: 'tree', shares: [] };

/** The team tree: it is the same from one day on which a row starts or ends to the next. */
export class TeamTree {
  readonly #byRep = new Map<number, SharedCredit[]>();
  readonly #managerOf = new Map<SharedCredit, number>();
  /** The days on which rows start, or have ended. */
  readonly #changes: readonly Day[];
  readonly #known = new Map<number, Map<number, Managers>>();
  readonly #reach = new Map<number, number>();

  /** Gives every manager a number among the reps. */
  constructor(books: Pick<Books, 'teams' | 'plain' | 'reps'>) {
    const rows = teamRowsOf(books);
    for (const row of rows) {
      const rep = books.reps.numberOf(row.of);
      const own = this.#byRep.get(rep);
      if (own === undefined) this.#byRep.set(rep, [row]);
      else own.push(row);
      this.#managerOf.set(row, books.reps.numberOf(row.to));
    }
    const days = rows.flatMap(({ from, until }) =>
      until === undefined ? [from] : [from, addDays(until, 1)],
    );
    this.#changes = [...new Set(days)].sort((a, b) => a - b);
  }

  /** The managers of a rep on a day, each with the sum of the shares that come up to them. */
  managersOf(rep: number, day: Day): Managers {
    if (!this.#byRep.has(rep)) return NO_MANAGERS;
    let on = this.#known.get(this.#stretchOf(day));
    if (on === undefined) {
      on = new Map();
      this.#known.set(this.#stretchOf(day), on);
    }
    return this.#managersOn(rep, day, on, []);
  }

  /** How many managers are above a rep, on whatever day. */
  reachOf(rep: number): number {
    const known = this.#reach.get(rep);
    if (known !== undefined) return known;
    const above = new Set<number>();
    const climb = (from: number) => {
      for (const row of this.#byRep.get(from) ?? []) {
        const manager = this.#managerOf.get(row) as number;
        if (above.has(manager)) continue;
        above.add(manager);
        climb(manager);
      }
    };
    climb(rep);
    this.#reach.set(rep, above.size);
    return above.size;
  }

  #managersOn(rep: number, day: Day, known: Map<number, Managers>, below: readonly number[]): Managers {
    const before = known.get(rep);
    if (before !== undefined) return before;
    if (below.includes(rep)) return { kind: 'cycle', reps: [...below.slice(below.indexOf(rep)), rep] };
    const shares = new Map<number, Ratio>();
    const add = (manager: number, share: Ratio) => {
      const sum = shares.get(manager);
      shares.set(manager, sum === undefined ? share : plus(sum, share));
    };
    for (const row of this.#byRep.get(rep) ?? []) {
      if (row.from > day || (row.until !== undefined && row.until < day)) continue;
      const manager = this.#managerOf.get(row) as number;
      const above = this.#managersOn(manager, day, known, [...below, rep]);
      // Who is below a circle is in it for good; who is in one is known only once it is closed.
      if (above.kind === 'cycle') return above;
      add(manager, row.share);
      for (const up of above.shares) add(up.manager, times(row.share, up.share));
    }
    const managers: Managers = {
      kind: 'tree',
      shares: Array.from(shares, ([manager, share]) => ({ manager, share })),
    };
    known.set(rep, managers);
    return managers;
  }

  /** The number of changes up to a day. */
  #stretchOf(day: Day): number {
    let [low, high] = [0, this.#changes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#changes[middle] as Day) <= day) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** R12.3: without a teams ledger, the managers of the reps ledger hold for all time. */
export function teamRowsOf({ teams, plain }: Pick<Books, 'teams' | 'plain'>): readonly SharedCredit[] {
  if (teams !== undefined) return teams;
  return plain.reps
    .filter(({ manager_id: manager }) => manager !== '')
    .map(({ row, rep_id: of, manager_id: to }) => ({
      row,
      of,
      to,
      from: EARLIEST,
      until: undefined,
      share: { n: 1n, d: 1n },
    }));
}

/** Before every day. */
const EARLIEST = -(10 ** 9) as Day;

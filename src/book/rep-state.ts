/** What a book knows of one rep: rows, entries and postings, and the run that they come from. */
import { checkedRowsOf, type Run } from '../engine/calculate.js';
import { Findings } from '../engine/findings.js';
import type { RepAttainment } from '../engine/r4-rates/rates.js';
import type { PeriodFlows } from '../engine/r7-pay/accounts.js';
import type { PayEntryRow } from '../engine/r7-pay/entries.js';
import type { AttainmentRow, RepRows } from '../engine/r8-results/results.js';
import { noteUnusedEntries } from '../engine/r9-exceptions/entry-notices.js';
import { groupedBy } from '../grouped.js';
import type { Minor } from '../money.js';
import type { Exception } from '../problems/exception.js';
import type { LinePostings } from './line-postings.js';

/** A rep of a book. */
export interface RepState {
  /** The run that has priced the rep's lines last. */
  readonly run: Run;
  /** Whether a ledger names the rep. */
  readonly isNamed: boolean;
  readonly rows: RepRows;
  readonly attainments: readonly AttainmentRow[];
  /** Those of open periods. */
  readonly entries: readonly PayEntryRow[];
  /** What has changed since that run: flows by the place of the pay period, and what is held at an opening. */
  readonly flows: ReadonlyMap<number, PeriodFlows>;
  readonly held: Minor;
  /** Whether the run is another than the book's first: then none of the first run's postings are the rep's any more. */
  readonly isOfPart: boolean;
  /** By invoice: of a part all, else those that have changed. */
  readonly lines: ReadonlyMap<string, LinePostings>;
}

/** What a run says of each rep. */
export class RunReps {
  readonly #run: Run;
  readonly #attainments: ReadonlyMap<string, RepAttainment>;
  readonly #quarters: ReadonlyMap<string, RepRows['quarters']>;
  readonly #months: ReadonlyMap<string, RepRows['months']>;
  readonly #shown: ReadonlyMap<string, readonly AttainmentRow[]>;
  readonly #entries: ReadonlyMap<string, readonly PayEntryRow[]>;
  readonly #named: ReadonlySet<string>;

  constructor(run: Run) {
    const { rows, entries, attainments, setting } = run;
    const byRep = ({ repId }: { readonly repId: string }) => repId;
    const { reps } = setting.books;
    this.#run = run;
    this.#named = new Set(Array.from({ length: reps.length }, (_, number) => reps.nameOf(number)));
    this.#attainments = new Map(attainments.map((one) => [setting.books.reps.nameOf(one.rep), one]));
    this.#quarters = groupedBy(rows.quarters, byRep);
    this.#months = groupedBy(rows.months, byRep);
    this.#shown = groupedBy(rows.attainments, byRep);
    this.#entries = groupedBy(entries.open, byRep);
  }

  /** Everyone who has rows, attainments or entries. */
  names(): Set<string> {
    return new Set([
      ...this.#quarters.keys(),
      ...this.#months.keys(),
      ...this.#shown.keys(),
      ...this.#entries.keys(),
    ]);
  }

  findAttainment(rep: string): RepAttainment | undefined {
    return this.#attainments.get(rep);
  }

  stateOf(rep: string): RepState {
    return {
      run: this.#run,
      isNamed: this.#named.has(rep),
      rows: { quarters: this.#quarters.get(rep) ?? [], months: this.#months.get(rep) ?? [] },
      attainments: this.#shown.get(rep) ?? [],
      entries: this.#entries.get(rep) ?? [],
      flows: new Map(),
      held: 0n,
      isOfPart: false,
      lines: new Map(),
    };
  }
}

/** The flows that one run has and another has not. */
export function changedFlows(
  known: ReadonlyMap<number, PeriodFlows>,
  periods: Iterable<number>,
  before: (period: number) => PeriodFlows,
  after: (period: number) => PeriodFlows,
): ReadonlyMap<number, PeriodFlows> {
  const changed = new Map(known);
  for (const period of periods) {
    const [was, is] = [before(period), after(period)];
    const own = known.get(period);
    changed.set(
      period,
      flowsBy((flow) => (own?.[flow] ?? 0n) + is[flow] - was[flow]),
    );
  }
  return changed;
}

/** A rep's rows with the flows that have changed since the run. */
export function rowsWith(
  rep: string,
  attainment: RepAttainment,
  { run, flows, held }: Pick<RepState, 'run' | 'flows' | 'held'>,
): RepRows {
  const { setting, posted, closed, givenOf } = run;
  const accounts = {
    flowsOf: (number: number, period: number): PeriodFlows => {
      const [first, more] = [posted.accounts.flowsOf(number, period), flows.get(period)];
      return more === undefined ? first : flowsBy((flow) => first[flow] + more[flow]);
    },
  };
  const brought = run.frozen.balances.get(rep);
  const frozen =
    held === 0n
      ? run.frozen
      : {
          ...run.frozen,
          balances: new Map([
            [rep, { owed: 0n, carried: 0n, ...brought, held: (brought?.held ?? 0n) + held }],
          ]),
        };
  return checkedRowsOf(setting, attainment, accounts, closed, frozen, givenOf);
}

/** The notices about entries of a rep that are not used up. */
export function entryNotices(
  { run, entries }: Pick<RepState, 'run' | 'entries'>,
  rows: RepRows,
): readonly Exception[] {
  const findings = new Findings();
  noteUnusedEntries(run.setting, entries, rows, findings);
  return findings.exceptions;
}

const FLOWS = [
  'earned',
  'released',
  'advanced',
  'forfeited',
  'clawedBack',
  'reinstated',
  'gains',
  'charged',
  'back',
] as const satisfies readonly (keyof PeriodFlows)[];

/** Nothing. */
export const NO_FLOWS: PeriodFlows = flowsBy(() => 0n);

function flowsBy(amountOf: (flow: keyof PeriodFlows) => Minor): PeriodFlows {
  return Object.fromEntries(FLOWS.map((flow) => [flow, amountOf(flow)])) as Record<keyof PeriodFlows, Minor>;
}

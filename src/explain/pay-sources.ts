/** Where what pay has beside postings is written: entries, draws and guarantees in their ledgers, caps in comp.yaml. */
import { isoOf } from '../day.js';
import { type Draw, drawKindOf } from '../engine/r7-pay/draws.js';
import type { PayEntryRow } from '../engine/r7-pay/entries.js';
import type { PayPeriod } from '../engine/r11-closes/close.js';
import type { Explainable } from '../engine/result.js';
import { type Minor, powerOfTen } from '../money.js';
import { firstVersions } from '../plans/plan.js';
import type { Place } from '../problems/place.js';

/** A row of the draws ledger that covers days of a pay period. */
export interface DrawSource {
  readonly kind: Draw['kind'];
  readonly from: string;
  /** Undefined where there is no end. */
  readonly to: string | undefined;
  /** For a whole pay period. */
  readonly amount: Minor;
  readonly place: Place;
}

/** Finds the places of one calculation. */
export interface PaySources {
  /** Undefined where the ledger no longer has the entry: then it is a correction of a closed period. */
  findEntry(entry: PayEntryRow): Place | undefined;
  /** The key of comp.yaml. */
  capOf(planId: string): Place;
  /** In the order of the ledger. */
  drawsIn(repId: string, period: PayPeriod): readonly DrawSource[];
}

/** @param calculation - with `lines` kept */
export function paySources({ result, working }: Explainable): PaySources {
  const { terms } = result;
  const { books } = working.lines.setting;
  const unit = powerOfTen(books.scale - terms.currency.digits);
  const entries = new Map(books.plain.entries.map(({ entry_id: id, row }) => [id, row]));
  return {
    findEntry: ({ entryId }) => {
      const row = entries.get(entryId);
      return row === undefined ? undefined : { kind: 'row', ledger: 'entries', row };
    },
    capOf: (planId) => {
      const plan = firstVersions(terms.plans).findIndex(({ id }) => id === planId);
      return { kind: 'terms', path: ['plans', plan, 'cap'] };
    },
    drawsIn: (repId, period) =>
      books.plain.draws.flatMap((draw): DrawSource[] => {
        const kind = drawKindOf(draw);
        const [from, to] = [isoOf(draw.from), draw.to === undefined ? undefined : isoOf(draw.to)];
        const isOutside = from > period.to || (to !== undefined && to < period.from);
        if (draw.rep_id !== repId || kind === undefined || isOutside) return [];
        const place = { kind: 'row', ledger: 'draws', row: draw.row } as const;
        return [{ kind, from, to, amount: draw.amount / unit, place }];
      }),
  };
}

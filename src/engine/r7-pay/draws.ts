/** Draws and guarantees: the least that a rep is paid in a pay period (R24.1). */
import { type Day, isoOf } from '../../day.js';
import type { LedgerEntry } from '../../ledger-specs/ledgers.js';
import { formatUnits, type Minor, powerOfTen, round } from '../../money.js';
import { byCodeUnit } from '../../order.js';
import { findNearest } from '../../problems/nearest.js';
import type { Findings } from '../findings.js';
import { findQuarter, outsideCalendar, type Period } from '../r2-ledgers/calendar.js';
import type { Setting } from '../setting.js';

/** What a row of the draws ledger gives. */
export const DRAW_KINDS = ['recoverable', 'guarantee'] as const;

export type DrawKind = (typeof DRAW_KINDS)[number];

/** What a rep is paid at least in a pay period: in advance, and for good. */
export interface Least {
  readonly draw: Minor;
  readonly guarantee: Minor;
}

export const NO_LEAST: Least = { draw: 0n, guarantee: 0n };

/** A row that counts as of the date. */
export interface Draw {
  readonly kind: DrawKind;
  readonly from: Day;
  readonly to: Day | undefined;
  /** Per pay period. */
  readonly amount: Minor;
}

/** The rows by rep id, in order of their first day; those that begin after the as-of date are left out (R7.5). */
export type Draws = ReadonlyMap<string, readonly Draw[]>;

/** Reads the draws, and finds what is wrong with them (R24.1). */
export function drawsIn(setting: Setting, findings: Findings): Draws {
  const { books, asOf, terms } = setting;
  const byRep = new Map<string, Draw[]>();
  if (books.plain.draws.length === 0) return byRep;
  checkDraws(setting, findings);
  const unit = powerOfTen(books.scale - terms.currency.digits);
  for (const row of [...books.plain.draws].sort((a, b) => a.from - b.from)) {
    const kind = drawKindOf(row);
    if (kind === undefined || row.from > asOf) continue;
    const draw = { kind, from: row.from, to: row.to, amount: row.amount / unit };
    const own = byRep.get(row.rep_id);
    if (own === undefined) byRep.set(row.rep_id, [draw]);
    else own.push(draw);
  }
  return byRep;
}

/** R24.1: of a period that a row covers in part, the row gives amount × its days ÷ the period's days, rounded. */
export function leastIn(draws: readonly Draw[], period: Period, { terms }: Setting): Least {
  const least = { draw: 0n, guarantee: 0n };
  for (const { kind, from, to, amount } of draws) {
    const days = Math.min(to ?? period.to, period.to) - Math.max(from, period.from) + 1;
    if (days <= 0) continue;
    const part = round(amount * BigInt(days), BigInt(period.to - period.from + 1), terms.rounding);
    least[kind === 'guarantee' ? 'guarantee' : 'draw'] += part;
  }
  return least;
}

type DrawEntry = LedgerEntry<'draws'>;

/** The kind of a row; undefined where it is none of them. */
export function drawKindOf({ kind }: Pick<DrawEntry, 'kind'>): DrawKind | undefined {
  return kind === '' ? 'recoverable' : DRAW_KINDS.find((one) => one === kind);
}

function checkDraws({ books, asOf, calendar }: Setting, findings: Findings): void {
  const { draws } = books.plain;
  for (const draw of draws) {
    const { row, from, to, amount, kind } = draw;
    const placeOf = (column: string) => ({ kind: 'row', ledger: 'draws', row, column }) as const;
    if (drawKindOf(draw) === undefined) {
      const nearest = findNearest(kind, DRAW_KINDS);
      findings.addFault({ code: 'unknown-kind', place: placeOf('kind'), kind, kinds: DRAW_KINDS, nearest });
    }
    if (amount < 0n) {
      const text = formatUnits(amount, books.scale, 0);
      findings.addFault({ code: 'not-above-zero', place: placeOf('amount'), column: 'amount', found: text });
    }
    if (to !== undefined && to < from) {
      findings.addFault({ code: 'to-before-from', place: placeOf('to'), from: isoOf(from), to: isoOf(to) });
    }
    if (from <= asOf && findQuarter(calendar, from) === undefined) {
      findings.addFault(outsideCalendar(placeOf('from'), from, calendar));
    }
  }
  checkOverlaps(draws, findings);
}

/** R24.1: rows of one rep and kind do not overlap. */
function checkOverlaps(draws: readonly DrawEntry[], findings: Findings): void {
  const keyOf = (row: DrawEntry) => `${drawKindOf(row)} ${row.rep_id}`;
  const inOrder = [...draws].sort(
    (a, b) => byCodeUnit(keyOf(a), keyOf(b)) || a.from - b.from || a.row - b.row,
  );
  let widest: DrawEntry | undefined;
  for (const next of inOrder) {
    const isOther = widest === undefined || keyOf(widest) !== keyOf(next);
    if (widest !== undefined && !isOther && next.from <= endOf(widest)) {
      findings.addFault({
        code: 'overlapping-draws',
        place: { kind: 'row', ledger: 'draws', row: next.row },
        rep: next.rep_id,
        kind: drawKindOf(next) ?? next.kind,
        from: isoOf(next.from),
        otherFrom: isoOf(widest.from),
        otherTo: widest.to && isoOf(widest.to),
        first: { kind: 'row', ledger: 'draws', row: widest.row },
      });
    }
    if (widest === undefined || isOther || endOf(next) > endOf(widest)) widest = next;
  }
}

function endOf({ to }: DrawEntry): number {
  return to ?? Number.POSITIVE_INFINITY;
}

/** Why a variant differs from today for a rep or an invoice: line by line, and event by event. */
import { exactly, type MinorAmount, minus, plus } from '../amount.js';
import { type Day, isoOf } from '../day.js';
import type { Run } from '../engine/calculate.js';
import { type Cause, causeOf } from '../engine/r1-words/causes.js';
import { Poster } from '../engine/r6-postings/poster.js';
import type { CreditKind } from '../ledger-specs/credit-kinds.js';
import { type Minor, max } from '../money.js';
import { byCodeUnit } from '../order.js';

/** What an event of a line changes, in minor units. */
export interface LineMove {
  readonly date: string;
  readonly cause: Cause;
  /** The id of the ledger row behind it (R6.2). */
  readonly sourceId: string;
  /** What becomes payable, less what is taken back: today, and under the variant. */
  readonly today: Minor;
  readonly variant: Minor;
  /** What is held from then on, or below 0 no longer. */
  readonly heldToday: Minor;
  readonly held: Minor;
}

/** A rep's line on an invoice that differs. */
export interface LineDifference {
  readonly repId: string;
  readonly invoiceId: string;
  readonly customerId: string;
  readonly credit: CreditKind;
  /** Undefined where the line is there on one side only. */
  readonly planToday: string | undefined;
  readonly plan: string | undefined;
  /** What all its events make payable, less what they take back. */
  readonly today: Minor;
  readonly variant: Minor;
  readonly moves: readonly LineMove[];
}

interface Move {
  readonly day: Day;
  readonly cause: number;
  readonly source: number;
  payable: MinorAmount;
  held: MinorAmount;
}

interface Line {
  readonly rep: string;
  readonly invoice: number;
  readonly credit: CreditKind;
  readonly plan: string;
  readonly moves: Move[];
}

/**
 * The lines of a rep, or of an invoice, that a variant changes: first those whose sum changes most.
 *
 * @param what - the id of a rep or of an invoice
 * @returns undefined where nobody and nothing has that id
 */
export function differencesOf(today: Run, variant: Run, what: string): readonly LineDifference[] | undefined {
  const { reps, invoices } = today.setting.books;
  const isRep = Array.from({ length: reps.length }, (_, rep) => reps.nameOf(rep)).includes(what);
  const invoice = isRep ? -1 : invoices.sales.findText(what);
  if (!isRep && invoice < 0) return undefined;
  const isWanted = (line: { readonly rep: string; readonly invoice: number }): boolean =>
    isRep ? line.rep === what : line.invoice === invoice;
  const [before, after] = [linesOf(today, isWanted), linesOf(variant, isWanted)];
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names
    .flatMap((name) => differenceOf(today, variant, before.get(name), after.get(name)) ?? [])
    .sort(
      (a, b) =>
        compareBySize(sizeOf(b), sizeOf(a)) ||
        byCodeUnit(a.invoiceId, b.invoiceId) ||
        byCodeUnit(a.repId, b.repId),
    );
}

function linesOf(
  run: Run,
  isWanted: (line: { rep: string; invoice: number }) => boolean,
): ReadonlyMap<string, Line> {
  const { setting, priced } = run;
  const { lines } = priced;
  const found = new Map<string, Line>();
  let moves: Move[] = [];
  const poster = new Poster(setting, priced, (_line, day, cause, source, change) => {
    const payable = minus(plus(change.advanced, change.released), change.clawedBack);
    moves.push({ day, cause, source, payable, held: change.held });
  });
  for (let line = 0; line < lines.length; line += 1) {
    const invoice = lines.invoices[line] as number;
    const rep = setting.books.reps.nameOf(lines.reps[line] as number);
    const credit = lines.creditOf(line);
    // Cash that is credited is paid for when it comes, whatever the level (R12.4).
    if (credit === 'cash' || !isWanted({ rep, invoice })) continue;
    moves = [];
    poster.post(line);
    found.set(`${invoice} ${credit} ${rep}`, { rep, invoice, credit, plan: lines.planOf(line).id, moves });
  }
  return found;
}

/** Undefined where the line is the same on both sides. */
function differenceOf(
  run: Run,
  other: Run,
  today: Line | undefined,
  variant: Line | undefined,
): LineDifference | undefined {
  const line = (today ?? variant) as Line;
  const { invoices } = run.setting.books;
  const moves = movesOf(run, other, today?.moves ?? [], variant?.moves ?? []);
  const differs = moves.some((move) => move.today !== move.variant || move.heldToday !== move.held);
  if (!differs) return undefined;
  return {
    repId: line.rep,
    invoiceId: invoices.ids.at(line.invoice),
    customerId: invoices.customers.at(line.invoice),
    credit: line.credit,
    planToday: today?.plan,
    plan: variant?.plan,
    today: moves.reduce((sum, move) => sum + move.today, 0n),
    variant: moves.reduce((sum, move) => sum + move.variant, 0n),
    moves,
  };
}

/** The events of both sides, in order of day: those with one cause and source are one. */
function movesOf(
  run: Run,
  other: Run,
  today: readonly Move[],
  variant: readonly Move[],
): readonly LineMove[] {
  const merged = new Map<string, { move: LineMove; day: Day; order: number }>();
  const add = (of: Run, { day, cause, source, payable, held }: Move, isToday: boolean): void => {
    const sourceId = of.setting.sources.idOf(source);
    const key = `${day} ${cause} ${sourceId}`;
    const before = merged.get(key)?.move;
    const none: LineMove = {
      date: isoOf(day),
      cause: causeOf(cause),
      sourceId,
      today: 0n,
      variant: 0n,
      heldToday: 0n,
      held: 0n,
    };
    const own = before ?? none;
    const move: LineMove = isToday
      ? { ...own, today: own.today + exactly(payable), heldToday: own.heldToday + exactly(held) }
      : { ...own, variant: own.variant + exactly(payable), held: own.held + exactly(held) };
    merged.set(key, { move, day, order: merged.get(key)?.order ?? cause });
  };
  for (const move of today) add(run, move, true);
  for (const move of variant) add(other, move, false);
  return [...merged.values()].sort((a, b) => a.day - b.day || a.order - b.order).map(({ move }) => move);
}

/** How much a line's sum changes; where only the days change, how much of it moves. */
function sizeOf({ today, variant, moves }: LineDifference): readonly [Minor, Minor] {
  const change = max(variant - today, today - variant);
  const moved = moves.reduce(
    (sum, move) => sum + max(move.variant - move.today, move.today - move.variant),
    0n,
  );
  return [change, moved];
}

function compareBySize([a, c]: readonly [Minor, Minor], [b, d]: readonly [Minor, Minor]): number {
  return a < b ? -1 : a > b ? 1 : c < d ? -1 : c > d ? 1 : 0;
}

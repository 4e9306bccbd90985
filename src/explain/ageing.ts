/** Open invoices by days past due with the commission that depends on them: who has to ask, and what happens next. */
import type { Explainable } from '../engine/result.js';
import type { Minor, Units } from '../money.js';
import { byCodeUnit } from '../order.js';
import { type DaysToCollect, daysToCollect } from './days-to-collect.js';
import { type ComingPart, type OpenLine, openLines } from './forecast/open-lines.js';
import { invoiceCash } from './invoice-cash.js';
import { type ShortPayer, shortPayers } from './short-pay.js';

/** A band of age: not yet due, a range of days past due, or without a due date. */
export type AgeBand =
  | { readonly kind: 'current' }
  | { readonly kind: 'past-due'; readonly from: number; readonly to: number | undefined }
  | { readonly kind: 'no-due-date' };

/** What is open, in units, and the commission on it, in minor units. */
export interface AgeingFigures {
  /** By band, in order; they add up to `open`. */
  readonly bands: readonly Units[];
  readonly open: Units;
  readonly held: Minor;
  readonly atRisk: Minor;
}

/** An open line and the place of its band: that of the first part that is open. */
export interface AgedLine extends OpenLine {
  readonly band: number;
  /** The bands of its parts (R16.6). */
  readonly partBands: readonly number[];
}

/** What a customer owes on the invoices that a rep is credited on: whole invoices, the rep's commission. */
export interface AgeingRow extends AgeingFigures {
  readonly repId: string;
  readonly customerId: string;
  /** By due date, then id; those without a due date last. */
  readonly lines: readonly AgedLine[];
}

/** A line whose commission will be clawed back unless more is paid. */
export interface ComingClawback extends AgedLine, ComingPart {
  readonly clawbackOn: string;
  readonly clawbackIn: number;
}

export interface Ageing {
  /** Not yet due, the bands of age in order, and without a due date. */
  readonly bands: readonly AgeBand[];
  /** By rep, then customer. */
  readonly rows: readonly AgeingRow[];
  /** What rows of several reps count more than once: the sum of the rows less this is the total. No commission. */
  readonly shared: AgeingFigures;
  /** Every open invoice once, however many reps share it; the commission of all of them. */
  readonly total: AgeingFigures;
  /** How many open invoices there are. */
  readonly invoices: number;
  /** The open invoices that are disputed on the date: their days do not count (R16.5). */
  readonly disputed: { readonly open: Units; readonly invoiceIds: readonly string[] };
  /** Soonest first, then by rep and invoice. */
  readonly clawbacks: readonly ComingClawback[];
  readonly shortPayers: readonly ShortPayer[];
  readonly daysToCollect: DaysToCollect;
}

/**
 * Open invoices as of the date of a result by days past due, per rep and customer.
 *
 * @param calculation - with `lines` kept
 * @param reps - these only; all if none is given
 * @example ageingOf(calculation).clawbacks[0]?.atRisk // 25000n, on 2025-06-20
 */
export function ageingOf(calculation: Explainable, reps: readonly string[] = []): Ageing {
  const isRequested = (repId: string) => reps.length === 0 || reps.includes(repId);
  const { ageing } = calculation.result.terms;
  const bands = bandsOf(ageing.bounds);
  const lines = [...openLines(calculation)]
    .filter(({ repId }) => isRequested(repId))
    .map((line): AgedLine => {
      const partBands = line.parts.map((part) => bandOf(part.daysPastDue, ageing.bounds));
      return { ...line, band: bandOf(line.daysPastDue, ageing.bounds), partBands };
    });
  const rows = rowsOf(lines, bands.length);
  const { total, invoices } = totalOf(lines, bands.length);
  const cash = [...invoiceCash(calculation)].flatMap((invoice) => {
    const repIds = invoice.repIds.filter(isRequested);
    return repIds.length === 0 ? [] : [{ ...invoice, repIds }];
  });
  return {
    bands,
    rows,
    shared: minus(added(rows, bands.length), total),
    total,
    invoices,
    disputed: disputedIn(lines),
    clawbacks: clawbacksOf(lines),
    shortPayers: shortPayers(cash, ageing.shortPay),
    daysToCollect: daysToCollect(cash),
  };
}

/** The sum of figures of different invoices. */
export function added(all: readonly AgeingFigures[], bands: number): AgeingFigures {
  const sum = noFigures(bands);
  for (const one of all) {
    one.bands.forEach((amount, band) => {
      sum.bands[band] = (sum.bands[band] as Units) + amount;
    });
    sum.open += one.open;
    sum.held += one.held;
    sum.atRisk += one.atRisk;
  }
  return sum;
}

/** The bands of age, from not yet due on; those without a due date last. */
export function bandsOf(bounds: readonly number[]): AgeBand[] {
  const pastDue = [...bounds, undefined].map((to, index): AgeBand => {
    return { kind: 'past-due', from: (bounds[index - 1] ?? 0) + 1, to };
  });
  return [{ kind: 'current' }, ...pastDue, { kind: 'no-due-date' }];
}

/** The name of a band: `current`, `1–30`, `over 90`. */
export function bandTitle(band: AgeBand, dash = '–'): string {
  if (band.kind === 'current') return 'current';
  if (band.kind === 'no-due-date') return 'no due date';
  if (band.to === undefined) return `over ${band.from - 1}`;
  return band.from === band.to ? `${band.from}` : `${band.from}${dash}${band.to}`;
}

/** The place of the band of a number of days past due. */
export function bandOf(days: number | undefined, bounds: readonly number[]): number {
  if (days === undefined) return bounds.length + 2;
  if (days <= 0) return 0;
  const at = bounds.findIndex((bound) => days <= bound);
  return at < 0 ? bounds.length + 1 : at + 1;
}

interface Sums extends AgeingFigures {
  readonly bands: Units[];
  open: Units;
  held: Minor;
  atRisk: Minor;
}

function noFigures(bands: number): Sums {
  return { bands: Array.from({ length: bands }, () => 0n), open: 0n, held: 0n, atRisk: 0n };
}

function minus(a: AgeingFigures, b: AgeingFigures): AgeingFigures {
  return {
    bands: a.bands.map((amount, band) => amount - (b.bands[band] as Units)),
    open: a.open - b.open,
    held: a.held - b.held,
    atRisk: a.atRisk - b.atRisk,
  };
}

/** A rep has at most one line on an invoice, so within a row nothing is counted twice. */
function rowsOf(lines: readonly AgedLine[], bands: number): AgeingRow[] {
  const byRow = new Map<string, AgedLine[]>();
  for (const line of lines) {
    const key = JSON.stringify([line.repId, line.customerId]);
    const own = byRow.get(key);
    if (own === undefined) byRow.set(key, [line]);
    else own.push(line);
  }
  return [...byRow.values()]
    .map((own): AgeingRow => {
      const [{ repId, customerId }] = own as [AgedLine];
      const figures = own.map((line) => figuresOf(line, bands));
      return { repId, customerId, lines: own.sort(byDue), ...added(figures, bands) };
    })
    .sort((a, b) => byCodeUnit(a.repId, b.repId) || byCodeUnit(a.customerId, b.customerId));
}

function figuresOf({ parts, partBands, open, held, atRisk }: AgedLine, bands: number): AgeingFigures {
  const figures = noFigures(bands);
  parts.forEach((part, at) => {
    const band = partBands[at] as number;
    figures.bands[band] = (figures.bands[band] as Units) + part.open;
  });
  return { ...figures, open, held, atRisk };
}

function byDue(a: OpenLine, b: OpenLine): number {
  const [due, other] = [a.due ?? '~', b.due ?? '~'];
  return byCodeUnit(due, other) || byCodeUnit(a.invoiceId, b.invoiceId);
}

/**
 * Each open invoice once, as one of its lines. If the plans of its reps differ in what they count as collected, it is the line
 * that leaves most open.
 */
export function openOnce(lines: readonly AgedLine[]): AgedLine[] {
  const most = new Map<string, AgedLine>();
  for (const line of lines) {
    const known = most.get(line.invoiceId);
    if (known === undefined || line.open > known.open) most.set(line.invoiceId, line);
  }
  return [...most.values()].filter((line) => line.open !== 0n);
}

function disputedIn(lines: readonly AgedLine[]): Ageing['disputed'] {
  const disputed = openOnce(lines).filter(({ dispute }) => dispute !== undefined);
  return {
    open: disputed.reduce((sum, { open }) => sum + open, 0n),
    invoiceIds: disputed.map(({ invoiceId }) => invoiceId).sort(byCodeUnit),
  };
}

function totalOf(lines: readonly AgedLine[], bands: number): { total: AgeingFigures; invoices: number } {
  const open = openOnce(lines);
  const figures = open.map((line) => ({ ...figuresOf(line, bands), held: 0n, atRisk: 0n }));
  const commission = lines.map((line) => ({ ...figuresOf(line, bands), bands: [], open: 0n }));
  return { total: added([...figures, ...commission], bands), invoices: open.length };
}

function clawbacksOf(lines: readonly AgedLine[]): ComingClawback[] {
  return lines
    .flatMap((line): ComingClawback[] => {
      // What a payment keeps is known for the line as a whole.
      const keep = line.coming.length === 1 ? line.keep : undefined;
      return line.coming.map((part) => ({ ...line, ...part, keep }));
    })
    .sort(
      (a, b) =>
        a.clawbackIn - b.clawbackIn || byCodeUnit(a.repId, b.repId) || byCodeUnit(a.invoiceId, b.invoiceId),
    );
}

/** The prices that a run has found for the lines of one invoice, for a run of that invoice alone. */
import type { KnownPrices, Run } from '../engine/calculate.js';
import type { Prices, Pricing, RateStep } from '../engine/r4-rates/prices.js';
import type { CreditKind } from '../ledger-specs/credit-kinds.js';
import { invariant } from '../problems/problem.js';
import { Texts } from '../texts.js';

interface PricedLine {
  readonly run: Run;
  readonly line: number;
}

/**
 * The prices of an invoice's lines.
 *
 * @param reps - who may have a line on it
 * @param runOf - the run that has priced a rep's lines last
 */
export function knownPricesOf(
  invoice: string,
  reps: Iterable<string>,
  runOf: (rep: string) => Run,
): KnownPrices {
  const lines = new Map<string, PricedLine>();
  for (const run of new Set(Array.from(reps, runOf))) {
    for (const line of linesOn(run, invoice)) {
      const rep = run.setting.books.reps.nameOf(run.priced.lines.reps[line] as number);
      // Another run may have priced the rep's lines since.
      if (runOf(rep) === run) lines.set(nameOf(rep, run.priced.lines.creditOf(line)), { run, line });
    }
  }
  const sources = new Texts();
  const numbers = new Map<string, number>();
  const sourceOf = (run: Run, source: number): number => {
    const id = run.setting.sources.idOf(source);
    const known = numbers.get(id) ?? sources.add(id);
    numbers.set(id, known);
    return known;
  };
  const pricings = new Map(
    Array.from(lines, ([name, { run, line }]): [string, Pricing] => [
      name,
      withSources(run.priced.prices.pricingOf(line), (source) => sourceOf(run, source)),
    ]),
  );
  return {
    sources,
    pricesOf: ({ books }, { reps: repOf, creditOf }, firstSource): Prices => {
      const named = (line: number) => nameOf(books.reps.nameOf(repOf[line] as number), creditOf(line));
      return {
        pricingOf: (line) => {
          const pricing = pricings.get(named(line));
          invariant(pricing !== undefined, () => `a line of ${invoice} has no price`);
          return withSources(pricing as Pricing, (source) => firstSource + source);
        },
        findSum: (line) => {
          const known = lines.get(named(line));
          return known?.run.priced.prices.findSum(known.line);
        },
        findItems: () => undefined,
        findBooked: () => undefined,
      };
    },
  };
}

function nameOf(rep: string, credit: CreditKind): string {
  return `${credit} ${rep}`;
}

/** The lines of an invoice: they are next to each other, in order of invoice id. */
function* linesOn({ setting: { books }, priced: { lines } }: Run, id: string): Iterable<number> {
  const invoice = books.invoices.sales.findText(id);
  if (invoice < 0) return;
  const { ids } = books.invoices;
  const rank = ids.rankOf(invoice);
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ids.rankOf(lines.invoices[middle] as number) < rank) low = middle + 1;
    else high = middle;
  }
  for (let line = low; line < lines.length && lines.invoices[line] === invoice; line += 1) yield line;
}

/** The same prices, with other numbers for the sources of their steps. */
function withSources(pricing: Pricing, sourceOf: (source: number) => number): Pricing {
  const moved = (steps: readonly RateStep[]) =>
    steps.map((step) => ({ ...step, source: sourceOf(step.source) }));
  switch (pricing.kind) {
    case 'fixed':
      return pricing;
    case 'retroactive':
      return { ...pricing, steps: moved(pricing.steps) };
    case 'items':
      return { ...pricing, parts: pricing.parts.map((part) => ({ ...part, steps: moved(part.steps) })) };
  }
}

/** Control totals from the ERP: `expect` in comp.yaml, `--expect` on the command line. */
import * as z from 'zod/mini';
import type { ControlTotals } from '../engine/r8-results/controls.js';
import type { Result } from '../engine/result.js';
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import { LEDGER_NAMES, type LedgerName } from '../ledger-specs/ledgers.js';
import { DecimalSum, findPlain, formatUnits, groupThousands, negated, sumOf } from '../money.js';
import type { Place } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import { readBySchema, refuse } from '../problems/schema-issues.js';

type Figure = 'rows' | 'amount' | 'total';

/** A figure that a ledger must match. */
export interface Expectation {
  readonly ledger: LedgerName;
  readonly figure: Figure;
  /** Plain decimals by currency (R15.3), or one of a ledger whose rows are all in the workspace's. */
  readonly value: string | ReadonlyMap<string, string>;
  readonly place: Place;
}

/** The figures of a ledger: rows, and amounts if it has them. */
function figuresOf(name: LedgerName): readonly Figure[] {
  const { amount, total } = LEDGER_COLUMNS[name];
  return [
    'rows',
    ...(amount === undefined ? [] : ['amount' as const]),
    ...(total === undefined ? [] : ['total' as const]),
  ];
}

/** The `expect` of comp.yaml: the expected rows and amounts of each ledger. */
export function expectShape() {
  const plainNumber = z.transform((written: string | number, context) => {
    const plain = findPlain(String(written));
    if (plain !== undefined) return plain;
    return refuse(context, 'wrong-value', { found: String(written), expected: 'a number such as 1234.56' });
  });
  const number = z.pipe(z.union([z.string(), z.number()]), plainNumber);
  const byCurrency = z.record(z.string().check(z.regex(/^[A-Z]{3}$/)), number);
  const rows = z.optional(number);
  const amount = z.optional(z.union([number, byCurrency]));
  const figures = (name: LedgerName) =>
    z.optional(
      z.strictObject(Object.fromEntries(figuresOf(name).map((one) => [one, one === 'rows' ? rows : amount]))),
    );
  const shape = z.strictObject(Object.fromEntries(LEDGER_NAMES.map((name) => [name, figures(name)])));
  const description =
    'Control totals of the ERP by ledger: rows, amount, and for invoices total. An amount in several currencies has one for each: {USD: 100.00, EUR: 50.00}. The run stops if they differ.';
  z.globalRegistry.add(shape, { description });
  return z.optional(shape);
}

/** What comp.yaml expects. */
export function expectedBy(written: unknown): {
  readonly expected: readonly Expectation[];
  readonly faults: readonly Fault[];
} {
  // Building the schema takes longer than reading most of comp.yaml, and few files have the key.
  if (written === undefined) return { expected: [], faults: [] };
  const { value, faults } = readBySchema(expectShape(), written, ['expect']);
  const expected = Object.entries(value ?? {}).flatMap(([ledger, figures]) =>
    Object.entries(figures ?? {}).flatMap(([name, plain]) =>
      plain === undefined
        ? []
        : [
            {
              ledger: ledger as LedgerName,
              figure: name as Figure,
              value: typeof plain === 'object' ? new Map(Object.entries(plain)) : plain,
              place: { kind: 'terms', path: ['expect', ledger, name] } as const,
            },
          ],
    ),
  );
  return { expected, faults };
}

/** Reads `invoices.total=1234.56`, or `invoices.total.EUR=1234.56`; undefined if the text has another form. */
export function findExpectation(text: string): Expectation | undefined {
  const [, ledger, figure, currency, value] = /^(\w+)\.(\w+)(?:\.([A-Z]{3}))?=(.+)$/.exec(text.trim()) ?? [];
  const name = LEDGER_NAMES.find((one) => one === ledger);
  const plain = value === undefined ? undefined : findPlain(value);
  if (name === undefined || plain === undefined) return undefined;
  const known = figuresOf(name).find((one) => one === figure);
  if (known === undefined || (known === 'rows' && currency !== undefined)) return undefined;
  const one = currency === undefined ? plain : new Map([[currency, plain]]);
  return { ledger: name, figure: known, value: one, place: { kind: 'run' } };
}

/** A fault for every figure that the ledgers do not match. */
export function differencesTo(expected: readonly Expectation[], result: Result): Fault[] {
  return expected.flatMap((expectation) => {
    const { ledger, figure, value, place } = expectation;
    const name = `${ledger}.${figure}`;
    const currencies = figure === 'rows' ? [] : currenciesIn(result, ledger);
    if (typeof value === 'string') {
      // R15.3: amounts of several currencies have no sum.
      if (currencies.length > 1) {
        const found = groupThousands(value);
        return [{ code: 'control-total-currencies', place, figure: name, found, currencies }];
      }
      return differing(place, name, figureOf(result.controls.get(ledger), result, figure), value);
    }
    // Given on the command line, each currency is a figure of its own; in comp.yaml, those that are left out have nothing.
    const all = place.kind === 'run' ? [...value.keys()] : [...new Set([...value.keys(), ...currencies])];
    return all.flatMap((currency) => {
      const found = figureOf(totalsIn(result, ledger, currency), result, figure);
      return differing(place, name, found, value.get(currency) ?? '0', currency);
    });
  });
}

function differing(
  place: Place,
  figure: string,
  found: string,
  expected: string,
  currency?: string,
): Fault[] {
  const difference = sumOf(found, negated(expected));
  if (!/[1-9]/.test(difference)) return [];
  return [
    {
      code: 'control-total-differs',
      place,
      figure,
      found: groupThousands(found),
      expected: groupThousands(expected),
      difference: groupThousands(difference),
      currency,
    },
  ];
}

/** The currencies that a ledger has rows in. */
function currenciesIn({ controls, currency }: Result, ledger: LedgerName): readonly string[] {
  const totals = controls.get(ledger);
  if (totals === undefined) return [];
  return totals.byCurrency === undefined ? [currency.code] : [...totals.byCurrency.keys()];
}

function totalsIn(
  { controls, currency }: Result,
  ledger: LedgerName,
  code: string,
): ControlTotals | undefined {
  const totals = controls.get(ledger);
  if (totals?.byCurrency !== undefined) return totals.byCurrency.get(code);
  return code === currency.code ? totals : undefined;
}

/** The figure of a ledger: rows used, later and set aside, without those that the mapping skips. */
function figureOf(totals: ControlTotals | undefined, { scale, currency }: Result, figure: Figure): string {
  if (totals === undefined) return '0';
  const { used, later, setAside } = totals;
  const parts = [used, later, setAside];
  if (figure === 'rows') {
    // Lines that add up to a document count as one row, as in the ERP.
    const rows = totals.documents ?? parts.reduce((sum, { rows: some }) => sum + some, 0);
    return `${rows}`;
  }
  const sum = new DecimalSum();
  for (const part of parts) sum.add(formatUnits(part[figure], scale, currency.digits));
  return sum.text();
}

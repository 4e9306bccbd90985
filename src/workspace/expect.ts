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
  /** A plain decimal. */
  readonly value: string;
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
  const figure = z.optional(z.pipe(z.union([z.string(), z.number()]), plainNumber));
  const figures = (name: LedgerName) =>
    z.optional(z.strictObject(Object.fromEntries(figuresOf(name).map((one) => [one, figure]))));
  const shape = z.strictObject(Object.fromEntries(LEDGER_NAMES.map((name) => [name, figures(name)])));
  const description =
    'Control totals of the ERP by ledger: rows, amount, and for invoices total. The run stops if they differ.';
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
              value: plain,
              place: { kind: 'terms', path: ['expect', ledger, name] } as const,
            },
          ],
    ),
  );
  return { expected, faults };
}

/** Reads `invoices.total=1234.56`; undefined if the text has another form. */
export function findExpectation(text: string): Expectation | undefined {
  const [, ledger, figure, value] = /^(\w+)\.(\w+)=(.+)$/.exec(text.trim()) ?? [];
  const name = LEDGER_NAMES.find((one) => one === ledger);
  const plain = value === undefined ? undefined : findPlain(value);
  if (name === undefined || plain === undefined) return undefined;
  const known = figuresOf(name).find((one) => one === figure);
  return known && { ledger: name, figure: known, value: plain, place: { kind: 'run' } };
}

/** A fault for every figure that the ledgers do not match. */
export function differencesTo(expected: readonly Expectation[], result: Result): Fault[] {
  const faults: Fault[] = [];
  for (const { ledger, figure, value, place } of expected) {
    const found = figureOf(result, ledger, figure);
    const difference = sumOf(found, negated(value));
    if (!/[1-9]/.test(difference)) continue;
    faults.push({
      code: 'control-total-differs',
      place,
      figure: `${ledger}.${figure}`,
      found: groupThousands(found),
      expected: groupThousands(value),
      difference: groupThousands(difference),
    });
  }
  return faults;
}

/** The figure of a ledger: rows used, later and set aside, without those that the mapping skips. */
function figureOf({ controls, scale, currency }: Result, ledger: LedgerName, figure: Figure): string {
  const totals = controls.get(ledger);
  if (totals === undefined) return '0';
  const { used, later, setAside }: ControlTotals = totals;
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

/** A history as plain data: terms, ledgers as rows of text, and the day up to which they count. */
import fc from 'fast-check';
import type { Inputs, LedgersInput } from '../library/given-inputs.js';
import type { TermsInput } from '../plans/schema.js';
import { asCsv } from './as-csv.js';
import type { Row } from './row.js';

/** What the generators make and the helpers change: the inputs of a calculation with every cell as text. */
export interface History {
  readonly terms: unknown;
  readonly ledgers: Readonly<Record<string, readonly Readonly<Row>[]>>;
  readonly asOf: string;
  /** The first day on which anything is booked. */
  readonly from?: string;
}

/** The history as inputs of a calculation, which a failing property shows as CSV. */
export function inputsOf({ terms, ledgers, asOf }: History): Inputs {
  const given = Object.entries(ledgers).map(([name, rows]) => [name, { rows }]);
  // The generators name ledgers and columns as R2.1 does.
  const inputs = { terms: terms as TermsInput, ledgers: Object.fromEntries(given) as LedgersInput, asOf };
  return shownAsCsv(inputs);
}

/** fast-check writes what has this method with it; copies keep it and write themselves. */
function shownAsCsv(inputs: Inputs): Inputs {
  const method = {
    [fc.toStringMethod](this: Inputs) {
      return `\n${asCsv(this)}\n`;
    },
  };
  return { ...inputs, ...method };
}

/** Inputs as a draft, whose terms and rows a law may change, and back. */
import { LEDGER_NAMES } from '../../ledger-specs/ledgers.js';
import type { Inputs, LedgersInput } from '../../library/given-inputs.js';
import type { TermsInput } from '../../plans/schema.js';
import { type Draft, draftOf } from '../features/dressing.js';
import { cellsOf } from '../given-rows.js';
import type { Row } from '../row.js';

/** A copy of the inputs, with every cell as text. */
export function draftOfInputs(inputs: Inputs): Draft {
  const present = LEDGER_NAMES.filter((name) => inputs.ledgers[name] !== undefined);
  const ledgers: Record<string, readonly Row[]> = Object.fromEntries(
    present.map((name) => [name, cellsOf(inputs, name)]),
  );
  return draftOf({ terms: inputs.terms, ledgers, asOf: inputs.asOf });
}

/** The inputs with the terms and rows of a draft; without its closes, which are about other terms and rows. */
export function withDraft(inputs: Inputs, { terms, ledgers, asOf }: Draft): Inputs {
  const given = Object.entries(ledgers).map(([name, rows]) => [name, { rows }]);
  const { closes: _, ...others } = inputs;
  // A draft's terms and ledgers are those of the inputs it was made from, with what the rules have besides.
  return {
    ...others,
    terms: terms as unknown as TermsInput,
    ledgers: Object.fromEntries(given) as LedgersInput,
    asOf,
  };
}

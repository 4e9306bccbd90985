/** What is compared: the same ledgers under other terms. */
import type { TermsInput } from '../plans/schema.js';

/** One way to pay for the same sales. */
export interface Variant {
  /** What it is called wherever it is shown; every variant has a name of its own. */
  readonly name: string;
  /** Its terms; those of today unless given. */
  readonly terms?: TermsInput;
}

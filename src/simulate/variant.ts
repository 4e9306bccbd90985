/** What is compared: the same ledgers under other terms. */
import type { TermsInput } from '../plans/schema.js';
import type { CollectionRule } from './collections/rule.js';

/** One way to pay for the same sales. */
export interface Variant {
  /** What it is called wherever it is shown; every variant has a name of its own. */
  readonly name: string;
  /** Its terms; those of today unless given. */
  readonly terms?: TermsInput;
}

/** What else is supposed, for every variant alike. */
export interface Suppositions {
  /** Rules that move customers' cash; the first that fits decides. */
  readonly collect?: readonly CollectionRule[];
  /** The last day of a forecast, `YYYY-MM-DD`: open invoices are paid as customers have paid. */
  readonly until?: string;
  /** A rep or an invoice whose differences are listed event by event. */
  readonly explain?: string;
}

/** What a rep is credited with (R12.1): own sales, those of a team, or the cash that comes in. */

/** In their order, which is the last tie of every other order (R6.4). */
export const CREDIT_KINDS = ['own', 'team', 'cash'] as const;

export type CreditKind = (typeof CREDIT_KINDS)[number];

/** The workspace that `comp init` makes to start from: comp.yaml as a tutorial, and its ledgers. */
import { isoOf } from '../../day.js';
import { starterLedgers } from './starter-ledgers.js';
import { quartersAround, type StarterQuarter } from './starter-quarters.js';

/** The line by which editors find the schema of comp.yaml. */
export const SCHEMA_LINE = '# yaml-language-server: $schema=node_modules/clawback/schema/comp.schema.json';

export interface Starter {
  /** The files by name, comp.yaml first. */
  readonly files: Readonly<Record<string, string>>;
  /** The last complete quarter: `2025-Q3`. */
  readonly period: string;
}

/**
 * The workspace to start from. Its dates lie in the last two complete quarters and on the first day of the current one.
 *
 * @param today - as `YYYY-MM-DD`
 */
export function starter(today: string): Starter {
  const { story, before } = quartersAround(today);
  return {
    files: { 'comp.yaml': config(story, before.length > 0), ...starterLedgers(story, before) },
    period: story[1].name,
  };
}

function config(
  [first, last, current]: readonly [StarterQuarter, StarterQuarter, StarterQuarter],
  hasEarlierQuotas: boolean,
): string {
  const quotas = hasEarlierQuotas
    ? `a row per rep and quarter; 0 in ${first.name.slice(0, 4)} before they started`
    : 'a row per rep and quarter';
  return `${SCHEMA_LINE}
#
# A workspace of comp, made up to start from: 12 invoices of three reps. This file says where the
# ledgers are and what the plans say. Try it in this order, in this folder:
#
#   comp check                       what would be refused or set aside; nothing is written
#   comp calc --period ${last.name}       the close of the last complete quarter, into out/
#   comp calc                        the same as of today
#
# What comes out, and why, stands at the end of this file, to be redone on paper. Then change a
# level, a rate or a payment, and run it again. Your own exports: comp init --help, under --from.

currency: USD
fiscalYearStart: 1                 # the month in which your fiscal year starts
payPeriod: quarter                 # when payroll pays; or month

ledgers:                           # CSV files beside this one, one row each:
  invoices: invoices.csv           # what was sold, by whom, due when
  payments: payments.csv           # what customers paid, on which invoice
  writeOffs: write_offs.csv        # what they will never pay
  quotas: quotas.csv               # ${quotas}
  assignments: assignments.csv     # who is on which plan, from when

# A plan's level says how pay depends on cash:
#   0  no-linkage           paid with the invoice, never taken back
#   1  clawback             paid with the invoice, taken back if the customer does not pay
#   2  partial-hold         a part paid with the invoice, the rest as the customer pays
#   3  pay-on-collection    earned with the invoice, paid as the customer pays
#   4  earn-on-collection   earned and paid as the customer pays
# To see another one: comp calc --level 3. A key that a level has no use for is refused.

plans:
  - id: account-executive          # ana and ben
    level: 1
    rate:
      attainment: year-to-date     # sales against quotas of the fiscal year so far; or quarter, year
      tiers: marginal              # each part of a sale at its own rate; or retroactive
      table:
        - { from: 0%, rate: 5% }       # up to quota
        - { from: 100%, rate: 8% }     # what is sold above it
    clawback:
      pastDueDays: 90              # taken back when unpaid 90 days after the due date ...
      onWriteOff: true             # ... or written off
      reinstate: true              # given back if the customer pays after all

  - id: partner                    # cleo
    level: 2
    hold: 50%                      # this part waits for the customer's payments
    rate: 10%

# WHAT COMES OUT
#
# ${first.name} (${first.months}): 9,900.00 is paid
#   ana   5,000.00   sells 100,000, exactly the quota: 60,000 × 5% + 40,000 × 5%
#   ben   3,000.00   40,000 × 5% + 20,000 × 5%
#   cleo  1,900.00   earns 10% of 38,000, which is 3,800; half is paid and half is held
#
# ${last.name} (${last.months}): 10,850.00 is paid
#   ana   6,600.00   sells 20,000 above quota: 80,000 × 5%, then 20,000 × 5% + 20,000 × 8% on INV-108
#   ben   1,500.00   50,000 × 5% + 10,000 × 5% = 3,000, less 1,500 taken back: Cedar had paid 10,000 of
#                    40,000 on INV-103, 90 days after it was due; 2,000 × 75% unpaid = 1,500
#   cleo  2,750.00   Elm paid INV-105, which sets 1,500 free; half of 10% of 20,000 (INV-110) = 1,000,
#                    and Elm paid a quarter of it, which sets 250 free. Fjord's INV-106 was written
#                    off: the 400 held on it will not be paid. 750.00 is still held
#   One row is set aside: PAY-509 names INV-210, and there is no such invoice. INV-110 was meant:
#   mend it in payments.csv and run comp calc again, and cleo is paid 3,000.00.
#
# ${current.name}, as of its first day (${isoOf(current.from)}): 2,500.00
#   ana   1,500.00   30,000 × 5%
#   ben   1,000.00   given back: Cedar paid another 20,000 of INV-103; 2,000 × 20,000 ÷ 40,000
`;
}

/** The sample workspace of `comp init`: a comp.yaml that explains itself, and its ledgers. */
import { isoOf } from '../../day.js';
import { starterLedgers } from './starter-ledgers.js';
import { quartersAround, type StarterQuarter } from './starter-quarters.js';

/** The line that shows editors the schema of comp.yaml. */
export const SCHEMA_LINE = '# yaml-language-server: $schema=node_modules/clawback/schema/comp.schema.json';

export interface Starter {
  /** The files by name, comp.yaml first. */
  readonly files: Readonly<Record<string, string>>;
  /** The last complete quarter: `2025-Q3`. */
  readonly period: string;
}

/**
 * The sample workspace. Its dates are in the last two complete quarters and on the first day of the current one.
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
    ? `a rep's quota for a quarter; 0 for the part of ${first.name.slice(0, 4)} before they started`
    : "a rep's quota for a quarter";
  return `${SCHEMA_LINE}
#
# A sample workspace with made-up data: 12 invoices of three reps. This file lists the ledgers and
# defines the plans. Try these commands in this folder, in this order:
#
#   comp check                       shows what comp would reject or set aside; writes nothing
#   comp calc --period ${last.name}       calculates the last complete quarter; results in out/
#   comp calc                        the same as of today
#
# The results are at the end of this file, with the arithmetic, so that you can check them by hand.
# Then change a level, a rate or a payment, and run it again. For your own exports, see --from in
# comp init --help.

currency: USD
fiscalYearStart: 1                 # the first month of your fiscal year
payPeriod: quarter                 # how often commission is paid; or month

ledgers:                           # CSV files in this folder; each row is
  invoices: invoices.csv           # a sale: the customer, the rep, the amount, when it is due
  payments: payments.csv           # what a customer paid on an invoice
  writeOffs: write_offs.csv        # what a customer will never pay
  quotas: quotas.csv               # ${quotas}
  assignments: assignments.csv     # a rep's plan, and since when

# A plan's level sets how pay depends on cash:
#   0  no-linkage           paid when invoiced, never taken back
#   1  clawback             paid when invoiced, taken back if the customer does not pay
#   2  partial-hold         part paid when invoiced, the rest as the customer pays
#   3  pay-on-collection    earned when invoiced, paid as the customer pays
#   4  earn-on-collection   earned and paid as the customer pays
# To try another level: comp calc --level 3. comp rejects keys that a level does not use.

plans:
  - id: account-executive          # ana and ben
    level: 1
    rate:
      attainment: year-to-date     # sales against quota in the fiscal year to date; or quarter, year
      tiers: marginal              # each part of a sale at its own rate; or retroactive
      table:
        - { from: 0%, rate: 5% }       # up to quota
        - { from: 100%, rate: 8% }     # above quota
    clawback:
      pastDueDays: 90              # taken back when unpaid 90 days after the due date ...
      onWriteOff: true             # ... or written off
      reinstate: true              # given back if the customer pays later

  - id: partner                    # cleo
    level: 2
    hold: 50%                      # this part is paid as the customer pays
    rate: 10%

# RESULTS
#
# ${first.name} (${first.months}): 9,900.00 is paid
#   ana   5,000.00   sells 100,000, exactly the quota: 60,000 × 5% + 40,000 × 5%
#   ben   3,000.00   40,000 × 5% + 20,000 × 5%
#   cleo  1,900.00   earns 10% of 38,000, which is 3,800; half is paid and half is held
#
# ${last.name} (${last.months}): 10,850.00 is paid
#   ana   6,600.00   sells 20,000 above quota: 80,000 × 5%, then 20,000 × 5% + 20,000 × 8% on INV-108
#   ben   1,500.00   50,000 × 5% + 10,000 × 5% = 3,000, less 1,500 clawed back: 90 days after INV-103
#                    was due, Cedar had paid 10,000 of 40,000; 2,000 × 75% unpaid = 1,500
#   cleo  2,750.00   Elm paid INV-105, which releases 1,500; half of 10% of 20,000 (INV-110) = 1,000,
#                    and Elm paid a quarter of it, which releases 250. Fjord's INV-106 was written
#                    off: the 400 held on it will never be paid. 750.00 is still held
#   One row is set aside: PAY-509 names INV-210, which does not exist. It should be INV-110: correct
#   it in payments.csv and run comp calc again, and cleo is paid 3,000.00.
#
# ${current.name}, as of its first day (${isoOf(current.from)}): 2,500.00
#   ana   1,500.00   30,000 × 5%
#   ben   1,000.00   given back: Cedar paid another 20,000 on INV-103; 2,000 × 20,000 ÷ 40,000
`;
}

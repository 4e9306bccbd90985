/** The shape of the terms in comp.yaml, as zod schemas; the JSON Schema for editors is made from the same. */
import { code as currencyOf } from 'currency-codes';
import { z } from 'zod';
import { findDecimal, findPercent } from '../money.js';
import { refuse } from '../problems/schema-issues.js';
import { compare, ONE, type Ratio, ZERO } from '../ratio.js';
import { LEVELS } from './levels.js';

interface PercentLimits {
  /** The largest value allowed; undefined where there is none. */
  readonly most?: Ratio;
  /** Whether the `%` must be there. */
  readonly signed?: boolean;
  readonly description: string;
}

const numberOrText = z.union([z.string(), z.number()]);

/** `5%` or `0.05`, exactly as written (R9.1: never below 0%; a bare number above 1 asks for its `%`). */
function percent({ most, signed, description }: PercentLimits) {
  return numberOrText
    .transform((said, context): Ratio => {
      const found = String(said).trim();
      const read = findPercent(found);
      if (read === undefined) {
        return refuse(context, 'wrong-value', { found, expected: 'a percentage such as 5% or 0.05' });
      }
      if (!read.signed && (signed === true || compare(read.value, ONE) > 0)) {
        return refuse(context, 'percent-needed', { found, threshold: signed === true });
      }
      if (compare(read.value, ZERO) < 0 || (most !== undefined && compare(read.value, most) > 0)) {
        const expected = most === undefined ? '0% or more' : '0% to 100%';
        return refuse(context, 'percent-out-of-range', { found, expected });
      }
      return read.value;
    })
    .meta({ description });
}

/** An amount of the currency that is not below 0, exactly as written. */
function amount(description: string) {
  return numberOrText
    .transform((said, context): Ratio => {
      const found = String(said).trim();
      const read = findDecimal(found);
      if (read === undefined || read.n < 0n) {
        return refuse(context, 'wrong-value', {
          found,
          expected: 'an amount of 0 or more, such as 250000 or 1.50',
        });
      }
      return read;
    })
    .meta({ description });
}

/** A whole number; what is none is told what was expected. */
function wholeNumber(least: number, most?: number) {
  const error = `a whole number ${most === undefined ? `of ${least} or more` : `from ${least} to ${most}`}`;
  const schema = z.int({ error }).min(least, { error });
  return most === undefined ? schema : schema.max(most, { error });
}

const bandSchema = z.strictObject({
  from: percent({
    signed: true,
    description: 'The share of quota from which the band applies, with its %: 0%, 100%, 120%.',
  }).optional(),
  fromAmount: amount(
    'The amount of bookings from which the band applies; in every band or in none.',
  ).optional(),
  rate: percent({ description: 'The commission rate of the band: 5% or 0.05.' }),
});

const tableSchema = z.strictObject({
  attainment: z
    .enum(['quarter', 'year-to-date', 'year'])
    .describe(
      'The bookings that count: the quarter, the fiscal year so far (rolling), or against the whole year.',
    )
    .optional(),
  tiers: z
    .enum(['marginal', 'retroactive'])
    .describe('Each part of a booking at its own band (marginal), or the whole quarter at one (retroactive).')
    .default('marginal'),
  table: z.array(bandSchema).min(1).describe('The bands; the first starts at 0, thresholds rise.'),
});

const clawbackSchema = z.strictObject({
  pastDueDays: wholeNumber(0)
    .describe('Days after the due date until unpaid commission is taken back; leave out: only write-offs.')
    .optional(),
  onWriteOff: z.boolean().describe('Whether a write-off takes commission back.').default(true),
  scope: z
    .enum(['unpaid', 'whole'])
    .describe('Take back the unpaid part, or the whole commission as soon as a part is unpaid.')
    .default('unpaid'),
  reinstate: z.boolean().describe('Whether cash that comes later gives commission back.').default(true),
});

const planSchema = z.strictObject({
  id: z
    .union([z.string().trim().min(1), z.int()])
    .transform(String)
    .describe('The name of the plan, as assignments use it.'),
  level: z
    .literal([...LEVELS.map((level) => level.number), ...LEVELS.map((level) => level.name)])
    .describe(
      'How pay depends on cash: 0 no-linkage, 1 clawback, 2 partial-hold, 3 pay-on-collection, 4 earn-on-collection.',
    ),
  basis: z.enum(['revenue', 'gross-profit']).describe('What the rate is applied to.').default('revenue'),
  quotaOn: z
    .enum(['basis', 'revenue'])
    .describe('What attainment is measured in: the basis, or always revenue.')
    .default('basis'),
  earnOn: z
    .enum(['invoice', 'booking'])
    .describe('The date from which commission is posted (levels 0 to 3).')
    .default('invoice'),
  rate: z
    .union([percent({ description: 'A flat rate: 5% or 0.05.' }), tableSchema])
    .describe('A flat rate, or a table of bands by attainment.'),
  creditsReduceQuota: z.boolean().describe('Whether credit memos lower attainment.').default(true),
  tolerance: amount('An open remainder up to this amount counts as collected (levels 1 to 4).').optional(),
  hold: percent({
    most: ONE,
    description: 'The share held until cash comes (level 2); 50% unless said.',
  }).optional(),
  release: z
    .enum(['pro-rata', 'paid-in-full'])
    .describe('Release held commission with each payment, or only when all is paid (levels 2 and 3).')
    .default('pro-rata'),
  clawback: clawbackSchema
    .describe('How commission is taken back (level 1; optional at level 2).')
    .optional(),
});

const currencySchema = z
  .string('a currency such as USD, EUR or JPY')
  .transform((found, context) => {
    const known = currencyOf(found);
    if (known === undefined || !Number.isInteger(known.digits) || known.code !== found) {
      return refuse(context, 'unknown-currency', { found });
    }
    return { code: known.code, digits: known.digits };
  })
  .meta({ description: 'The currency of all amounts, as ISO 4217 names it: USD, EUR, JPY.' });

/** The keys of comp.yaml that are terms; the ledgers are the workspace's. */
export const termsShape = {
  currency: currencySchema,
  fiscalYearStart: wholeNumber(1, 12)
    .describe('The month in which the fiscal year starts, 1 to 12.')
    .optional(),
  payPeriod: z
    .enum(['quarter', 'month'])
    .describe('When payroll pays and clawbacks are netted.')
    .default('quarter'),
  recoveryLimit: percent({
    most: ONE,
    description:
      "The largest share of a period's gains that may be withheld to recover clawbacks; 100% unless said.",
  }).optional(),
  rounding: z
    .enum(['half-up', 'half-even'])
    .describe('How a half is rounded: away from zero, or to the even neighbour.')
    .default('half-up'),
  applyCash: z
    .enum(['none', 'oldest-due-first'])
    .describe(
      'Cash, credit memos and write-offs that name a customer but no invoice: set aside (none), or applied to the open invoices of the customer, oldest due date first.',
    )
    .default('none'),
  plans: z.array(planSchema).min(1).describe('The commission plans.'),
};

/** The terms alone, as the library takes them. */
export const termsSchema = z.strictObject(termsShape);

/** The terms as they are written. Percentages and amounts may be text or numbers; text is safest. */
export type TermsInput = z.input<typeof termsSchema>;

/** A plan as it is written in the terms. */
export type PlanInput = TermsInput['plans'][number];

export type PlanRead = z.output<typeof planSchema>;
export type TermsRead = z.output<typeof termsSchema>;

/**
 * The shape of the terms in comp.yaml, as zod schemas; the JSON Schema for editors is made from the same. Every run makes
 * them, so they are of zod's small form, which is made in half the time.
 */
import { code as currencyOf } from 'currency-codes';
import * as z from 'zod/mini';
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

/** Ten years: a day that is further away is no pay day. */
const MOST_DAYS = 3650;

/** More bands of age than this are no overview. */
const MOST_BOUNDS = 5;
const A_LIST_OF_BOUNDS = `a list of 1 to ${MOST_BOUNDS} numbers of days, such as [30, 60, 90]`;

const numberOrText = z.union([z.string(), z.number()]);

/** The schema with what editors tell about it. */
function described<Schema extends z.core.$ZodType>(schema: Schema, description: string): Schema {
  z.globalRegistry.add(schema, { description });
  return schema;
}

/** `5%` or `0.05`, exactly as written (R9.1: never below 0%; a bare number above 1 asks for its `%`). */
function percent({ most, signed, description }: PercentLimits) {
  const percentage = z.transform((said: string | number, context): Ratio => {
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
  });
  return described(z.pipe(numberOrText, percentage), description);
}

/** An amount of the currency that is not below 0, exactly as written. */
function amount(description: string) {
  const decimal = z.transform((said: string | number, context): Ratio => {
    const found = String(said).trim();
    const read = findDecimal(found);
    if (read === undefined || read.n < 0n) {
      return refuse(context, 'wrong-value', {
        found,
        expected: 'an amount of 0 or more, such as 250000 or 1.50',
      });
    }
    return read;
  });
  return described(z.pipe(numberOrText, decimal), description);
}

/** A whole number; what is none is told what was expected. */
function wholeNumber(description: string, least: number, most = Number.MAX_SAFE_INTEGER) {
  const isOpen = most === Number.MAX_SAFE_INTEGER;
  const error = `a whole number ${isOpen ? `of ${least} or more` : `from ${least} to ${most}`}`;
  const from = z.int({ error }).check(z.gte(least, { error }));
  return described(isOpen ? from : from.check(z.lte(most, { error })), description);
}

/** One of a few words; the first unless said. */
function oneOf<const Words extends readonly [string, ...string[]]>(words: Words, description: string) {
  return z._default(described(z.enum(words), description), words[0] as Words[number]);
}

/** Yes unless said. */
function yes(description: string) {
  return z._default(described(z.boolean(), description), true);
}

const bandSchema = z.strictObject({
  from: z.optional(
    percent({
      signed: true,
      description: 'The share of quota from which the band applies, with its %: 0%, 100%, 120%.',
    }),
  ),
  fromAmount: z.optional(
    amount('The amount of bookings from which the band applies; in every band or in none.'),
  ),
  rate: percent({ description: 'The commission rate of the band: 5% or 0.05.' }),
});

const tableSchema = z.strictObject({
  attainment: z.optional(
    described(
      z.enum(['quarter', 'year-to-date', 'year']),
      'The bookings that count: the quarter, the fiscal year so far (rolling), or against the whole year.',
    ),
  ),
  tiers: oneOf(
    ['marginal', 'retroactive'],
    'Each part of a booking at its own band (marginal), or the whole quarter at one (retroactive).',
  ),
  table: described(
    z.array(bandSchema).check(z.minLength(1)),
    'The bands; the first starts at 0, thresholds rise.',
  ),
});

const clawbackSchema = z.strictObject({
  pastDueDays: z.optional(
    wholeNumber(
      'Days after the due date until unpaid commission is taken back; leave out: only write-offs.',
      0,
    ),
  ),
  onWriteOff: yes('Whether a write-off takes commission back.'),
  scope: oneOf(
    ['unpaid', 'whole'],
    'Take back the unpaid part, or the whole commission as soon as a part is unpaid.',
  ),
  reinstate: yes('Whether cash that comes later gives commission back.'),
});

const planId = z.union([z.string().check(z.trim(), z.minLength(1)), z.int()]);

const planSchema = z.strictObject({
  id: described(z.pipe(planId, z.transform(String)), 'The name of the plan, as assignments use it.'),
  level: described(
    z.literal([...LEVELS.map((level) => level.number), ...LEVELS.map((level) => level.name)]),
    'How pay depends on cash: 0 no-linkage, 1 clawback, 2 partial-hold, 3 pay-on-collection, 4 earn-on-collection.',
  ),
  basis: oneOf(['revenue', 'gross-profit'], 'What the rate is applied to.'),
  quotaOn: oneOf(['basis', 'revenue'], 'What attainment is measured in: the basis, or always revenue.'),
  earnOn: oneOf(['invoice', 'booking'], 'The date from which commission is posted (levels 0 to 3).'),
  rate: described(
    z.union([percent({ description: 'A flat rate: 5% or 0.05.' }), tableSchema]),
    'A flat rate, or a table of bands by attainment.',
  ),
  creditsReduceQuota: yes('Whether credit memos lower attainment.'),
  tolerance: z.optional(amount('An open remainder up to this amount counts as collected (levels 1 to 4).')),
  hold: z.optional(
    percent({ most: ONE, description: 'The share held until cash comes (level 2); 50% unless said.' }),
  ),
  release: oneOf(
    ['pro-rata', 'paid-in-full'],
    'Release held commission with each payment, or only when all is paid (levels 2 and 3).',
  ),
  clawback: z.optional(
    described(clawbackSchema, 'How commission is taken back (level 1; optional at level 2).'),
  ),
});

/** A name that may be written as a number. */
function nameOrNumber(description: string) {
  const named = z.pipe(planId, z.transform(String));
  return z.optional(described(named, description));
}

const journalSchema = z.strictObject({
  accounts: z.optional(
    described(
      z.strictObject({
        expense: nameOrNumber("Commission that is earned; 'Commission expense' unless said."),
        payable: nameOrNumber("Commission that is to be paid by payroll; 'Commission payable' unless said."),
        held: nameOrNumber("Commission that waits for customers' cash; 'Commission held' unless said."),
        recoverable: nameOrNumber("What reps owe; 'Recoverable from reps' unless said."),
        opening: nameOrNumber("What balances the opening entry; 'Opening balances' unless said."),
      }),
      'The accounts that entries are made in, by number or name, each its own.',
    ),
  ),
  by: oneOf(['rep', 'total'], 'An entry for each rep, or one for all.'),
});

const companySchema = z.strictObject({
  name: nameOrNumber('The name of the company, at the head of statements.'),
  contact: nameOrNumber('Whom reps ask about their statements: a name, an address, a number.'),
});

const varianceSchema = z.strictObject({
  share: z.optional(
    percent({ description: 'The share of what was paid before that pay must move by; 25% unless said.' }),
  ),
  amount: z.optional(amount('The amount that pay must move by as well; 0 unless said.')),
});

/** Days by which open invoices are told apart, rising strictly. */
const boundsSchema = z.pipe(
  z
    .array(wholeNumber('Days past due.', 1, MOST_DAYS))
    .check(
      z.minLength(1, { error: A_LIST_OF_BOUNDS }),
      z.maxLength(MOST_BOUNDS, { error: A_LIST_OF_BOUNDS }),
    ),
  z.transform((bounds: number[], context): readonly number[] => {
    const at = bounds.findIndex((bound, index) => bound <= (bounds[index - 1] ?? 0));
    if (at < 0) return bounds;
    const expected = `more days than the bound before, ${bounds[at - 1]}`;
    return refuse(context, 'wrong-value', { found: `${bounds[at]}`, expected }, [at]);
  }),
);

const ageingSchema = z.strictObject({
  bounds: z.optional(
    described(
      boundsSchema,
      'The last day past due of each band of open invoices, 1 to 5 of them, rising; [30, 60, 90] unless said.',
    ),
  ),
  shortPay: z.optional(
    described(
      z.strictObject({
        share: z.optional(
          percent({
            most: ONE,
            description:
              'An invoice is paid short where less than this share of it stays open; 10% unless said.',
          }),
        ),
        invoices: z.optional(
          wholeNumber('So many invoices paid short make it a habit of a customer; 3 unless said.', 1),
        ),
      }),
      'When a customer habitually pays short.',
    ),
  ),
});

const knownCurrency = z.transform((found: string, context) => {
  const known = currencyOf(found);
  if (known === undefined || !Number.isInteger(known.digits) || known.code !== found) {
    return refuse(context, 'unknown-currency', { found });
  }
  return { code: known.code, digits: known.digits };
});

/** The keys of comp.yaml that are terms; the ledgers are the workspace's. */
export const termsShape = {
  currency: described(
    z.pipe(z.string('a currency such as USD, EUR or JPY'), knownCurrency),
    'The currency of all amounts, as ISO 4217 names it: USD, EUR, JPY.',
  ),
  company: z.optional(described(companySchema, 'Who pays, as statements name it.')),
  fiscalYearStart: z.optional(wholeNumber('The month in which the fiscal year starts, 1 to 12.', 1, 12)),
  payPeriod: oneOf(['quarter', 'month'], 'When payroll pays and clawbacks are netted.'),
  recoveryLimit: z.optional(
    percent({
      most: ONE,
      description:
        "The largest share of a period's gains that may be withheld to recover clawbacks; 100% unless said.",
    }),
  ),
  payWithin: z.optional(
    wholeNumber(
      'The days from the earliest receipt that makes commission payable to the day it is paid by; 30 unless said.',
      0,
      MOST_DAYS,
    ),
  ),
  journal: z.optional(described(journalSchema, 'How the journal of a close is written.')),
  variance: z.optional(described(varianceSchema, 'When a close tells that the pay of a rep has moved.')),
  ageing: z.optional(described(ageingSchema, 'How open invoices are told by age.')),
  rounding: oneOf(
    ['half-up', 'half-even'],
    'How a half is rounded: away from zero, or to the even neighbour.',
  ),
  applyCash: oneOf(
    ['none', 'oldest-due-first'],
    'Cash, credit memos and write-offs that name a customer but no invoice: set aside (none), or applied to the open invoices of the customer, oldest due date first.',
  ),
  plans: described(z.array(planSchema).check(z.minLength(1)), 'The commission plans.'),
};

/** The terms alone, as the library takes them. */
export const termsSchema = z.strictObject(termsShape);

/** The terms as they are written. Percentages and amounts may be text or numbers; text is safest. */
export type TermsInput = z.input<typeof termsSchema>;

/** A plan as it is written in the terms. */
export type PlanInput = TermsInput['plans'][number];

export type PlanRead = z.output<typeof planSchema>;
export type TermsRead = z.output<typeof termsSchema>;

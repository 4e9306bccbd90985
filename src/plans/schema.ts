/**
 * The shape of the terms in comp.yaml, as zod schemas; the JSON Schema for editors is generated from them. Every run builds
 * them, so they use zod's small form, which takes half the time.
 */
import * as z from 'zod/mini';
import { type Day, findDay } from '../day.js';
import { CREDIT_KINDS } from '../ledger-specs/credit-kinds.js';
import { findDecimal, findPercent } from '../money.js';
import { refuse } from '../problems/schema-issues.js';
import { compare, ONE, type Ratio, ZERO } from '../ratio.js';
import { findCurrency } from './currencies.js';
import { LEVELS } from './levels.js';
import type { TimingBand, Tolerance } from './plan.js';

interface PercentLimits {
  /** The largest value allowed; undefined if there is none. */
  readonly most?: Ratio;
  /** Whether the `%` is required. */
  readonly signed?: boolean;
  readonly description: string;
}

/** Ten years: no payday is further away. */
const MOST_DAYS = 3650;

/** More age bands than this give no overview. */
const MOST_BOUNDS = 5;
const A_DAY = 'a date such as 2025-07-01';
const A_LIST_OF_BOUNDS = `a list of 1 to ${MOST_BOUNDS} numbers of days, such as [30, 60, 90]`;

const numberOrText = z.union([z.string(), z.number()]);

/** The schema with the description that editors show. */
function described<Schema extends z.core.$ZodType>(schema: Schema, description: string): Schema {
  z.globalRegistry.add(schema, { description });
  return schema;
}

/** `5%` or `0.05`, exactly as written (R9.1: never below 0%; a bare number above 1 needs its `%`). */
function percent({ most, signed, description }: PercentLimits) {
  const percentage = z.transform((written: string | number, context): Ratio => {
    const found = String(written).trim();
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
  const decimal = z.transform((written: string | number, context): Ratio => {
    const found = String(written).trim();
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

/** An amount of the currency, or a percentage, which has its `%`. */
function amountOrPercent(description: string) {
  const either = z.transform((written: string | number, context): Tolerance => {
    const found = String(written).trim();
    const share = found.endsWith('%') ? findPercent(found)?.value : undefined;
    const read = share ?? findDecimal(found);
    if (read === undefined || read.n < 0n) {
      const expected = 'an amount of 0 or more, such as 1.50, or a percentage, such as 2%';
      return refuse(context, 'wrong-value', { found, expected });
    }
    if (share === undefined) return { kind: 'amount', amount: read };
    if (compare(share, ONE) > 0)
      return refuse(context, 'percent-out-of-range', { found, expected: '0% to 100%' });
    return { kind: 'share', share };
  });
  return described(z.pipe(numberOrText, either), description);
}

/** A whole number within limits. */
function wholeNumber(description: string, least: number, most = Number.MAX_SAFE_INTEGER) {
  const isOpen = most === Number.MAX_SAFE_INTEGER;
  const error = `a whole number ${isOpen ? `of ${least} or more` : `from ${least} to ${most}`}`;
  const from = z.int({ error }).check(z.gte(least, { error }));
  return described(isOpen ? from : from.check(z.lte(most, { error })), description);
}

/** One of a few words; the first is the default. */
function oneOf<const Words extends readonly [string, ...string[]]>(words: Words, description: string) {
  return z._default(described(z.enum(words), description), words[0] as Words[number]);
}

/** True by default. */
function trueByDefault(description: string) {
  return z._default(described(z.boolean(), description), true);
}

const bandSchema = z.strictObject({
  from: z.optional(
    percent({
      signed: true,
      description: 'The share of quota from which the band applies, with the % sign: 0%, 100%, 120%.',
    }),
  ),
  fromAmount: z.optional(
    amount('The amount of bookings from which the band applies; use it in every band or in none.'),
  ),
  rate: percent({ description: 'The commission rate of the band: 5% or 0.05.' }),
});

const tableSchema = z.strictObject({
  attainment: z.optional(
    described(
      z.enum(['month', 'quarter', 'year-to-date', 'year', 'sale']),
      'The bookings that count: each sale by itself (sale), those of the month (month), those of the quarter (quarter), or those of the fiscal year so far, against the quota so far (year-to-date) or against the quota of the whole year (year).',
    ),
  ),
  tiers: oneOf(
    ['marginal', 'retroactive', 'whole'],
    'Whether each part of a booking is paid at the rate of its own band (marginal), the whole booking at the rate of the band that it reaches (whole), or the whole quarter at one rate (retroactive).',
  ),
  table: described(
    z.array(bandSchema).check(z.minLength(1)),
    'The bands; the first starts at 0, and each threshold is higher than the one before.',
  ),
});

const rateSchema = z.union([percent({ description: 'A flat rate: 5% or 0.05.' }), tableSchema]);

const categoryName = z.pipe(
  z.union([z.string().check(z.trim(), z.minLength(1)), z.int()]),
  z.transform(String),
);

const categoryRateSchema = z.strictObject({
  category: z.optional(
    described(
      z.union([categoryName, z.array(categoryName).check(z.minLength(1))]),
      'The category of what is sold, or a list of categories. The last entry may leave it out: it applies to every other category.',
    ),
  ),
  rate: described(rateSchema, 'A flat rate, or a table of bands by attainment.'),
  countsForQuota: trueByDefault(
    'Whether what is sold in these categories counts toward quota; false needs a flat rate.',
  ),
});

const pastDueSchema = z.strictObject({
  from: z.optional(wholeNumber('The first day past due that counts; default 1.', 0, MOST_DAYS)),
  to: z.optional(
    wholeNumber('The last day past due that counts; without it, there is no limit.', 0, MOST_DAYS),
  ),
});

const perInvoiceSchema = z.strictObject({
  most: z.optional(amount('The most commission on one invoice.')),
  least: z.optional(amount('The least commission on an invoice that earns any.')),
});

const clawbackSchema = z.strictObject({
  pastDueDays: z.optional(
    wholeNumber(
      'Days after the due date until unpaid commission is taken back. Without it, only write-offs take commission back.',
      0,
    ),
  ),
  onWriteOff: trueByDefault('Whether a write-off takes commission back.'),
  scope: oneOf(
    ['unpaid', 'whole'],
    'Whether to take back the unpaid part only, or the whole commission as soon as any part is unpaid.',
  ),
  reinstate: trueByDefault('Whether later cash gives commission back.'),
});

const timingBandSchema = z.strictObject({
  days: z.optional(
    wholeNumber(
      'The last day of the band, counted from the date in `from`; below 0 is early. The last band has none.',
      -MOST_DAYS,
      MOST_DAYS,
    ),
  ),
  factor: percent({ description: 'The factor that multiplies commission on cash in this band: 110%, 80%.' }),
});

/** The last day of each band, strictly increasing; only the last band has none (R17.1). */
const timingTable = z.pipe(
  z.array(timingBandSchema).check(z.minLength(1)),
  z.transform((bands: z.output<typeof timingBandSchema>[], context): readonly TimingBand[] => {
    const last = bands.length - 1;
    for (const [index, { days }] of bands.entries()) {
      const before = bands[index - 1]?.days;
      const path = [index, 'days'];
      if (index === last) {
        if (days === undefined) continue;
        const expected = 'no days in the last band, which applies to all later cash';
        return refuse(context, 'wrong-value', { found: `${days}`, expected }, path);
      }
      if (days === undefined) {
        const expected = 'the last day of the band; only the last band has none';
        return refuse(context, 'missing-key', { key: 'days', expected }, path);
      }
      if (before !== undefined && days <= before) {
        const expected = `more days than in the previous band, ${before}`;
        return refuse(context, 'wrong-value', { found: `${days}`, expected }, path);
      }
    }
    return bands.map(({ days, factor }) => ({ days, factor }));
  }),
);

const timingSchema = z.strictObject({
  from: oneOf(
    ['due', 'invoice', 'booking'],
    'The date from which days are counted: the due date, the invoice date or the booking date.',
  ),
  table: described(timingTable, 'The bands in order of their days, and the factor of each.'),
});

const planId = z.union([z.string().check(z.trim(), z.minLength(1)), z.int()]);

const BASIS = described(z.enum(['revenue', 'gross-profit']), 'What the rate is applied to.');

const QUOTA_ON = described(
  z.enum(['basis', 'revenue']),
  'What attainment is measured in: the basis of the plan, or always revenue.',
);

const EARN_ON = described(
  z.enum(['invoice', 'booking']),
  'The date from which commission is posted (levels 0 to 3).',
);

const CREDITS_REDUCE_QUOTA = described(z.boolean(), 'Whether credit memos lower attainment.');

const RELEASE = described(
  z.enum(['pro-rata', 'paid-in-full']),
  'Whether held commission is released with each payment, or only when the invoice is paid in full (levels 2 and 3).',
);

/** The keys of a plan that a version may change (R31.1). */
const versionShape = {
  of: z.optional(
    described(
      z.enum(['account', 'collector']),
      "With credit: cash, whose cash counts: that of the rep's invoices or accounts (account, the default), or that of the payments that the rep collected (collector).",
    ),
  ),
  pastDue: z.optional(described(pastDueSchema, 'With credit: cash, count only cash that comes late.')),
  level: z.optional(
    described(
      z.literal([...LEVELS.map((level) => level.number), ...LEVELS.map((level) => level.name)]),
      'How pay depends on cash: 0 no-linkage, 1 clawback, 2 partial-hold, 3 pay-on-collection, 4 earn-on-collection. Required, but for versions and with credit: cash.',
    ),
  ),
  basis: z.optional(BASIS),
  quotaOn: z.optional(QUOTA_ON),
  earnOn: z.optional(EARN_ON),
  rate: z.optional(described(rateSchema, 'A flat rate, or a table of bands by attainment.')),
  rates: z.optional(
    described(
      z.array(categoryRateSchema).check(z.minLength(1)),
      'In place of rate: a rate for each category of sales.',
    ),
  ),
  perInvoice: z.optional(
    described(perInvoiceSchema, 'The most and the least commission on one invoice, for a share of 100%.'),
  ),
  creditsReduceQuota: z.optional(CREDITS_REDUCE_QUOTA),
  tolerance: z.optional(
    amountOrPercent(
      'An open balance up to this limit counts as collected (levels 1 to 4): an amount, or a percentage of what is owed; default 0.',
    ),
  ),
  hold: z.optional(
    percent({
      most: ONE,
      description: 'The share of commission held until cash comes in (level 2); default 50%.',
    }),
  ),
  untilInvoice: z.optional(
    percent({
      most: ONE,
      description:
        'The share of commission that waits for the invoice (level 2 with earnOn: booking); default 0%.',
    }),
  ),
  timing: z.optional(described(timingSchema, 'More commission for early cash, and less for late cash.')),
  release: z.optional(RELEASE),
  clawback: z.optional(
    described(clawbackSchema, 'How commission is taken back (required at level 1, optional at level 2).'),
  ),
};

/** `2025-07-01`, as ledgers write it. */
const daySchema = z.pipe(
  z.string({ error: A_DAY }),
  z.transform((written, context): Day => {
    const found = written.trim();
    return findDay(found) ?? refuse(context, 'wrong-value', { found, expected: A_DAY });
  }),
);

const versionSchema = z.strictObject({
  from: described(daySchema, 'The first booking date that the version prices: 2025-07-01.'),
  ...versionShape,
});

/** A plan without its versions; a version with the keys that it takes over is one as well. */
const oneVersionShape = {
  id: described(z.pipe(planId, z.transform(String)), 'The name of the plan, as used in assignments.'),
  credit: oneOf(
    CREDIT_KINDS,
    "What is credited: the rep's own sales (own), those of the rep's team (team), or cash as it comes in (cash).",
  ),
  ...versionShape,
  basis: z._default(BASIS, 'revenue'),
  quotaOn: z._default(QUOTA_ON, 'basis'),
  earnOn: z._default(EARN_ON, 'invoice'),
  creditsReduceQuota: z._default(CREDITS_REDUCE_QUOTA, true),
  release: z._default(RELEASE, 'pro-rata'),
  cap: z.optional(
    described(
      z.strictObject({
        amount: amount('The most that the plan pays a rep in the window.'),
        per: described(
          z.enum(['pay-period', 'quarter', 'year']),
          'The window: each pay period, each fiscal quarter, or the fiscal year.',
        ),
      }),
      'The most that the plan pays a rep. What exceeds it is earned but never paid.',
    ),
  ),
};

export const oneVersionSchema = z.strictObject(oneVersionShape);

const planSchema = z.strictObject({
  ...oneVersionShape,
  versions: z.optional(
    described(
      z.array(versionSchema).check(z.minLength(1)),
      'Changes of the plan: each for sales booked from a day on, with only the keys that change.',
    ),
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
        expense: nameOrNumber("Commission that is earned; default 'Commission expense'."),
        payable: nameOrNumber("Commission that payroll has to pay; default 'Commission payable'."),
        held: nameOrNumber("Commission that waits for customers' cash; default 'Commission held'."),
        recoverable: nameOrNumber("What reps owe; default 'Recoverable from reps'."),
        carried: nameOrNumber(
          "What is too small to be paid out, and is carried forward; default 'Commission carried forward'.",
        ),
        cash: nameOrNumber("What reps pay back in cash; default 'Cash from reps'."),
        opening: nameOrNumber("The balance of the opening entry; default 'Opening balances'."),
      }),
      'The journal accounts, by number or name, all different.',
    ),
  ),
  by: oneOf(['rep', 'total'], 'Whether to write entries per rep, or one total for all reps.'),
});

const companySchema = z.strictObject({
  name: nameOrNumber('The name of the company, shown at the top of statements.'),
  contact: nameOrNumber('Whom reps can ask about their statements: a name, an address or a number.'),
});

const varianceSchema = z.strictObject({
  share: z.optional(
    percent({ description: 'The share of the previous pay by which pay must change; default 25%.' }),
  ),
  amount: z.optional(amount('The amount by which pay must also change; default 0.')),
});

/** The last day of each age band, strictly increasing. */
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
    const expected = `more days than the previous bound, ${bounds[at - 1]}`;
    return refuse(context, 'wrong-value', { found: `${bounds[at]}`, expected }, [at]);
  }),
);

const ageingSchema = z.strictObject({
  bounds: z.optional(
    described(
      boundsSchema,
      'The last day past due of each age band of open invoices: 1 to 5 increasing numbers; default [30, 60, 90].',
    ),
  ),
  shortPay: z.optional(
    described(
      z.strictObject({
        share: z.optional(
          percent({
            most: ONE,
            description:
              'An invoice is paid short if less than this share of it is not collected; default 10%.',
          }),
        ),
        invoices: z.optional(
          wholeNumber(
            'A customer with at least this many invoices paid short is a habitual short-payer; default 3.',
            1,
          ),
        ),
      }),
      'When a customer counts as a habitual short-payer.',
    ),
  ),
});

const knownCurrency = z.transform((found: string, context) => {
  return findCurrency(found) ?? refuse(context, 'unknown-currency', { found });
});

/** Text that is not blank. */
function words(description: string) {
  return described(z.string().check(z.trim(), z.minLength(1)), description);
}

const acceptedSchema = z.strictObject({
  question: words('The code of the question, as comp lint shows it.'),
  plan: nameOrNumber('Accept it about this plan only.'),
  rep: nameOrNumber('Accept it about this rep only.'),
  reason: words('Why it is accepted.'),
});

/** Who may approve a close. */
export const approvalsSchema = z.strictObject({
  fourEyes: trueByDefault(
    'Whether whoever closed a period cannot approve it; true by default. An approval records whether it was so.',
  ),
});

/** The keys of comp.yaml that are terms; the workspace reads the ledgers. */
export const termsShape = {
  currency: described(
    z.pipe(z.string('a currency such as USD, EUR or JPY'), knownCurrency),
    'The currency of all amounts, as an ISO 4217 code: USD, EUR, JPY.',
  ),
  company: z.optional(described(companySchema, 'The company that pays, as shown on statements.')),
  fiscalYearStart: z.optional(wholeNumber('The month in which the fiscal year starts, 1 to 12.', 1, 12)),
  payPeriod: oneOf(['quarter', 'month'], 'When payroll pays and clawbacks are netted.'),
  recoveryLimit: z.optional(
    percent({
      most: ONE,
      description:
        "Short for recovery.limit: the largest share of a period's gains that may be withheld; default 100%.",
    }),
  ),
  recovery: z.optional(
    described(
      z.strictObject({
        limit: z.optional(
          percent({
            most: ONE,
            description:
              "The largest share of a period's gains that may be withheld to recover what a rep owes; default 100%.",
          }),
        ),
        keep: z.optional(amount("The least that is left of a period's gains; default 0.")),
        most: z.optional(amount('The most that is withheld in a pay period; no limit by default.')),
      }),
      'How much of the gains of a pay period may be withheld to recover what a rep owes.',
    ),
  ),
  payout: z.optional(
    described(
      z.strictObject({
        least: amount('The least that is paid out; less is carried to the next pay period. Default 0.'),
      }),
      'When pay is paid out, and when it is carried forward.',
    ),
  ),
  payDay: z.optional(
    wholeNumber(
      "Days from a pay period's last day to the day on which payroll pays it, which statements show; without it, they show the pay-by date.",
      0,
      MOST_DAYS,
    ),
  ),
  payWithin: z.optional(
    wholeNumber(
      'Days between the earliest receipt that makes commission payable and the pay-by date of that commission; default 30.',
      0,
      MOST_DAYS,
    ),
  ),
  journal: z.optional(described(journalSchema, 'How the journal of a close is written.')),
  variance: z.optional(described(varianceSchema, 'When a close reports that the pay of a rep has moved.')),
  ageing: z.optional(described(ageingSchema, 'How open invoices are grouped by age.')),
  approvals: z.optional(described(approvalsSchema, 'Who may approve a close (comp approve).')),
  lint: z.optional(
    described(
      z.strictObject({
        accept: z.optional(
          described(z.array(acceptedSchema), 'The questions that are answered: comp lint only counts them.'),
        ),
      }),
      'What comp lint asks.',
    ),
  ),
  rounding: oneOf(
    ['half-up', 'half-even'],
    'How a half is rounded: away from zero (half-up), or to the even neighbor (half-even).',
  ),
  applyCash: oneOf(
    ['none', 'oldest-due-first'],
    'What happens to cash, credit memos and write-offs that name a customer but no invoice: they are set aside (none), or applied to the open invoices of the customer, oldest due date first (oldest-due-first).',
  ),
  excessCash: oneOf(
    ['none', 'on-account'],
    'With applyCash, what happens to cash beyond what is owed on an invoice: it stays there (none), or goes on account of the customer (on-account).',
  ),
  discounts: oneOf(
    ['collected', 'credited'],
    'Whether the discount of a payment counts as cash (collected), or as a credit memo (credited).',
  ),
  leavers: z.optional(
    described(
      z.strictObject({
        tailDays: wholeNumber(
          'Days after the last day of a rep (left, in the reps ledger) on which cash still pays that rep.',
          0,
          MOST_DAYS,
        ),
      }),
      'What reps who have left are paid; without it, their last day changes nothing.',
    ),
  ),
  plans: described(z.array(planSchema).check(z.minLength(1)), 'The commission plans.'),
};

/** The terms alone, as the library takes them. */
export const termsSchema = z.strictObject(termsShape);

/** A JSON Schema, as zod writes it. */
export type SchemaAsJson = z.core.JSONSchema.BaseSchema;

/** The schema of the terms as JSON. */
export function termsAsJsonSchema(): SchemaAsJson {
  return z.toJSONSchema(termsSchema, { io: 'input' });
}

export type { PlanInput, TermsInput } from './terms-input.js';

/** The terms as the schema takes them, without the keys of each level. */
export type WrittenTerms = z.input<typeof termsSchema>;

/** A plan that is read, without its versions. */
export type PlanRead = z.output<typeof oneVersionSchema>;
export type TermsRead = z.output<typeof termsSchema>;

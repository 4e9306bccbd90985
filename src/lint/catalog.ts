/** The closed catalog of questions: what each asks, and why a careful reader would ask it. */

/** How much depends on the answer. */
export type Weight = 'high' | 'medium' | 'low';

export const WEIGHTS: readonly Weight[] = ['high', 'medium', 'low'];

/** A question of the catalog. */
export interface CatalogEntry {
  readonly weight: Weight;
  /** A heading. */
  readonly title: string;
  /** When it is raised. */
  readonly asks: string;
  readonly why: string;
}

type Family = Readonly<Record<string, CatalogEntry>>;

/** Rate tables. */
const RATES = {
  'tier-lowers-pay': {
    weight: 'high',
    title: 'One more sale lowers pay',
    asks: 'A retroactive or whole-booking table has a band with a lower rate than the band before it.',
    why: 'At the threshold the lower rate applies to what was sold before, so a rep earns less by selling more, and has a reason to keep a sale back.',
  },
  'tier-jumps': {
    weight: 'medium',
    title: 'One more sale makes pay jump',
    asks: 'A retroactive or whole-booking table has a band with a higher rate than the band before it.',
    why: 'At the threshold the smallest sale raises the pay on everything before it, so sales are pulled forward or kept back around it, and a credit memo takes all of it away again.',
  },
  'falling-rate': {
    weight: 'medium',
    title: 'Rates fall as sales rise',
    asks: 'A marginal table has a band with a lower rate than the band before it.',
    why: 'Each further sale pays less than the one before, so a rep has a reason to book it in the next window.',
  },
  'threshold-out-of-reach': {
    weight: 'low',
    title: 'A threshold that nobody comes near',
    asks: 'An amount is above every quota and everything booked in a window, or a share of quota is more than twice the best attainment, with at least 4 windows seen.',
    why: 'A rate that nobody reaches pays nobody; it may be a slip of the pen, a month that was meant as a quarter for example.',
  },
} as const satisfies Family;

/** What waits for cash. */
const HOLDING = {
  'hold-all-or-nothing': {
    weight: 'medium',
    title: 'A hold of 0% or 100%',
    asks: 'A plan at level 2 holds 0% or 100% of commission.',
    why: 'With 0% nothing waits for cash, and with 100% nothing is paid before it: level 0 or 1, or level 3, says so in its name, and readers of the plan know what they sign.',
  },
  'earned-not-paid': {
    weight: 'high',
    title: 'Earned, but not paid until cash comes in',
    asks: 'A plan is at level 3.',
    why: 'Commission counts as earned at invoicing and is paid only when the customer pays, if ever. State law may call earned commission wages, with its own rules on when wages are paid.',
  },
} as const satisfies Family;

/** What is taken back, and what it leaves. */
const CLAWBACK = {
  'clawback-without-advance': {
    weight: 'medium',
    title: 'Clawback: is the advance in writing?',
    asks: 'A plan pays commission before cash comes in and claws it back.',
    why: 'What is taken back was paid as earned commission, unless the signed plan calls it an advance. comp.yaml cannot show what was signed.',
  },
  'clawback-before-due': {
    weight: 'high',
    title: 'Clawback before the customer is late',
    asks: 'Commission is taken back on the due date itself (pastDueDays: 0), or was taken back before the due date.',
    why: 'A customer who still has time to pay, or whose transfer takes a day, costs the rep the commission.',
  },
  'debt-beyond-recovery': {
    weight: 'high',
    title: 'More is owed than pay can recover in a year',
    asks: 'A rep owes more than the recovery terms allowed to withhold from the pay periods of the last year.',
    why: 'At that pace the debt lasts for more than a year, or for good if the rep leaves. It may not be worth what the books say.',
  },
  'no-pay-left': {
    weight: 'high',
    title: 'Recovery can leave a pay period without pay',
    asks: 'Recovery has no limit below 100%, no keep and no most, and something can be recovered.',
    why: 'One clawback can take all the commission of a pay period. Law or contract may want something to be left.',
  },
} as const satisfies Family;

/** Reps, managers, quotas and categories. */
const PEOPLE = {
  'rep-without-plan': {
    weight: 'high',
    title: 'A rep sells without a plan',
    asks: 'Sales are set aside because their rep has no plan of any credit on the booking date.',
    why: 'These sales earn nothing and count toward no quota. The rep will ask, and mostly an assignment was forgotten.',
  },
  'assignment-gap': {
    weight: 'medium',
    title: 'Days between two plans',
    asks: 'Two assignments of a rep with the same credit have days between them.',
    why: 'Whatever is booked in these days earns nothing; later rows may still be dated in them.',
  },
  'shares-overlap': {
    weight: 'medium',
    title: 'Shares of more than 100%',
    asks: "The shares of a rep's managers, or of those who have a customer's account, come to more than 100% on a day.",
    why: 'The same sale or the same cash is credited twice. It may be meant, or one row should have ended before the other began.',
  },
  'manager-outside-tree': {
    weight: 'medium',
    title: 'A manager outside the team tree',
    asks: 'A manager has a team but no team plan, a team plan but no team, or a team after the last day of employment.',
    why: 'Overrides are paid to nobody, or to somebody who is no longer there.',
  },
  'category-without-rate': {
    weight: 'medium',
    title: 'A category without a rate',
    asks: 'A plan has rates by category and none for a category that the ledgers have.',
    why: 'The run stops on the day on which a rep of the plan sells it, in the middle of a close.',
  },
  'zero-quota': {
    weight: 'high',
    title: 'A quota of 0',
    asks: 'The quota of a window is 0, and the plan has thresholds in percent of quota.',
    why: 'Every sale is above a quota of 0, so all of them are paid at the top rate.',
  },
} as const satisfies Family;

/** What the ledgers show. */
const LEDGERS = {
  'cap-in-first-month': {
    weight: 'medium',
    title: 'A cap that was reached in the first month',
    asks: "Within 31 days, what a plan pays a rep reaches the plan's cap of the quarter or the year.",
    why: 'For the rest of the window nothing pays for one more sale, so sales are kept back or never made.',
  },
  'draw-never-recovered': {
    weight: 'medium',
    title: 'A draw that was never recovered',
    asks: 'In 3 pay periods or more after the first draw, nothing of what a rep has drawn was recovered, repaid or waived.',
    why: 'A draw that never comes back is pay. It is in the books as a debt of the rep.',
  },
  'write-off-without-reason': {
    weight: 'low',
    title: 'Write-offs without a reason',
    asks: 'A write-off has no reason.',
    why: 'Write-offs take commission back, or let it wait for nothing. A rep will ask why, and the ledger should answer.',
  },
  'paid-on-last-day': {
    weight: 'medium',
    title: 'Payments on the last day before the clawback',
    asks: 'A customer paid three quarters of the invoices, and 3 or more, on the last day before commission would be taken back, or on the day before it. Plans with less than 15 days of grace do not count.',
    why: 'Reps may tell customers when the clawback comes, or payment dates may be set to fit.',
  },
  'held-on-one-customer': {
    weight: 'medium',
    title: 'Held commission that waits for one customer',
    asks: "More than half of a rep's held commission, on 3 lines or more, waits for the cash of one customer.",
    why: 'One dispute or insolvency takes most of what the rep waits for.',
  },
  'sold-into-past-due': {
    weight: 'medium',
    title: 'Sales on accounts that are past due',
    asks: 'A tenth of what a rep sold, in 3 sales or more, was booked for customers who were more than 30 days past due at the time, with at least a tenth of the new sale.',
    why: 'Growth that is sold into unpaid balances may never be paid either, and a plan that pays before cash pays for it.',
  },
} as const satisfies Family;

const QUESTIONS = { ...RATES, ...HOLDING, ...CLAWBACK, ...PEOPLE, ...LEDGERS };

export type QuestionCode = keyof typeof QUESTIONS;

/** The codes in the order of the catalog. */
export const QUESTION_CODES: readonly QuestionCode[] = codesOf(QUESTIONS);

/** The codes by family. */
export const FAMILIES: readonly { readonly title: string; readonly codes: readonly QuestionCode[] }[] = [
  { title: 'Rates and thresholds', codes: codesOf(RATES) },
  { title: 'Holding and earning', codes: codesOf(HOLDING) },
  { title: 'Clawback and recovery', codes: codesOf(CLAWBACK) },
  { title: 'People, quotas and categories', codes: codesOf(PEOPLE) },
  { title: 'What the ledgers show', codes: codesOf(LEDGERS) },
];

/** What the catalog has on a code. */
export function catalogEntry(code: QuestionCode): CatalogEntry {
  return QUESTIONS[code];
}

/** The keys of a constant are those of its type. */
function codesOf<Key extends string>(table: Readonly<Record<Key, unknown>>): readonly Key[] {
  return Object.keys(table) as Key[];
}

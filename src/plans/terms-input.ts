/** Terms as a program writes them: `npm run schema` writes this file from the schema of comp.yaml and the table of levels. */

/** The terms of comp.yaml: everything but its ledgers. Percentages and amounts can be text or numbers; text is safest. */
export interface TermsInput {
  /** The currency of all amounts, as an ISO 4217 code: USD, EUR, JPY. */
  readonly currency: string;
  /** The company that pays, as shown on statements. */
  readonly company?:
    | {
        /** The name of the company, shown at the top of statements. */
        readonly name?: string | number | undefined;
        /** Whom reps can ask about their statements: a name, an address or a number. */
        readonly contact?: string | number | undefined;
      }
    | undefined;
  /** The month in which the fiscal year starts, 1 to 12. */
  readonly fiscalYearStart?: number | undefined;
  /** When payroll pays and clawbacks are netted. */
  readonly payPeriod?: 'quarter' | 'month' | undefined;
  /** Short for recovery.limit: the largest share of a period's gains that may be withheld; default 100%. */
  readonly recoveryLimit?: string | number | undefined;
  /** How much of the gains of a pay period may be withheld to recover what a rep owes. */
  readonly recovery?:
    | {
        /** The largest share of a period's gains that may be withheld to recover what a rep owes; default 100%. */
        readonly limit?: string | number | undefined;
        /** The least that is left of a period's gains; default 0. */
        readonly keep?: string | number | undefined;
        /** The most that is withheld in a pay period; no limit by default. */
        readonly most?: string | number | undefined;
      }
    | undefined;
  /** When pay is paid out, and when it is carried forward. */
  readonly payout?:
    | {
        /** The least that is paid out; less is carried to the next pay period. Default 0. */
        readonly least: string | number;
      }
    | undefined;
  /** Days from a pay period's last day to the day on which payroll pays it, which statements show; without it, they show the pay-by date. */
  readonly payDay?: number | undefined;
  /** Days between the earliest receipt that makes commission payable and the pay-by date of that commission; default 30. */
  readonly payWithin?: number | undefined;
  /** How the journal of a close is written. */
  readonly journal?:
    | {
        /** The journal accounts, by number or name, all different. */
        readonly accounts?:
          | {
              /** Commission that is earned; default 'Commission expense'. */
              readonly expense?: string | number | undefined;
              /** Commission that payroll has to pay; default 'Commission payable'. */
              readonly payable?: string | number | undefined;
              /** Commission that waits for customers' cash; default 'Commission held'. */
              readonly held?: string | number | undefined;
              /** What reps owe; default 'Recoverable from reps'. */
              readonly recoverable?: string | number | undefined;
              /** What is too small to be paid out, and is carried forward; default 'Commission carried forward'. */
              readonly carried?: string | number | undefined;
              /** What reps pay back in cash; default 'Cash from reps'. */
              readonly cash?: string | number | undefined;
              /** The balance of the opening entry; default 'Opening balances'. */
              readonly opening?: string | number | undefined;
            }
          | undefined;
        /** Whether to write entries per rep, or one total for all reps. */
        readonly by?: 'rep' | 'total' | undefined;
      }
    | undefined;
  /** When a close reports that the pay of a rep has moved. */
  readonly variance?:
    | {
        /** The share of the previous pay by which pay must change; default 25%. */
        readonly share?: string | number | undefined;
        /** The amount by which pay must also change; default 0. */
        readonly amount?: string | number | undefined;
      }
    | undefined;
  /** How open invoices are grouped by age. */
  readonly ageing?:
    | {
        /** The last day past due of each age band of open invoices: 1 to 5 increasing numbers; default [30, 60, 90]. */
        readonly bounds?: readonly number[] | undefined;
        /** When a customer counts as a habitual short-payer. */
        readonly shortPay?:
          | {
              /** An invoice is paid short if less than this share of it is not collected; default 10%. */
              readonly share?: string | number | undefined;
              /** A customer with at least this many invoices paid short is a habitual short-payer; default 3. */
              readonly invoices?: number | undefined;
            }
          | undefined;
      }
    | undefined;
  /** Who may approve a close (comp approve). */
  readonly approvals?:
    | {
        /** Whether whoever closed a period cannot approve it; true by default. An approval records whether it was so. */
        readonly fourEyes?: boolean | undefined;
      }
    | undefined;
  /** What comp lint asks. */
  readonly lint?:
    | {
        /** The questions that are answered: comp lint only counts them. */
        readonly accept?:
          | readonly {
              /** The code of the question, as comp lint shows it. */
              readonly question: string;
              /** Accept it about this plan only. */
              readonly plan?: string | number | undefined;
              /** Accept it about this rep only. */
              readonly rep?: string | number | undefined;
              /** Why it is accepted. */
              readonly reason: string;
            }[]
          | undefined;
      }
    | undefined;
  /** How a half is rounded: away from zero (half-up), or to the even neighbor (half-even). */
  readonly rounding?: 'half-up' | 'half-even' | undefined;
  /** What happens to cash, credit memos and write-offs that name a customer but no invoice: they are set aside (none), or applied to the open invoices of the customer, oldest due date first (oldest-due-first). */
  readonly applyCash?: 'none' | 'oldest-due-first' | undefined;
  /** With applyCash, what happens to cash beyond what is owed on an invoice: it stays there (none), or goes on account of the customer (on-account). */
  readonly excessCash?: 'none' | 'on-account' | undefined;
  /** Whether the discount of a payment counts as cash (collected), or as a credit memo (credited). */
  readonly discounts?: 'collected' | 'credited' | undefined;
  /** What reps who have left are paid; without it, their last day changes nothing. */
  readonly leavers?:
    | {
        /** Days after the last day of a rep (left, in the reps ledger) on which cash still pays that rep. */
        readonly tailDays: number;
      }
    | undefined;
  /** The commission plans. */
  readonly plans: readonly PlanInput[];
}

/** A plan as written: its level, or the credit cash, says which keys it has. */
export type PlanInput =
  | NoLinkagePlan
  | ClawbackPlan
  | PartialHoldPlan
  | PayOnCollectionPlan
  | EarnOnCollectionPlan
  | CashPlan;

/** The keys that every plan may have. */
export interface EveryPlan {
  /** The name of the plan, as used in assignments. */
  readonly id: string | number;
  /** A flat rate, or a table of bands by attainment. */
  readonly rate?: string | number | RateTableInput | undefined;
  /** Whether credit memos lower attainment. */
  readonly creditsReduceQuota?: boolean | undefined;
  /** The most that the plan pays a rep. What exceeds it is earned but never paid. */
  readonly cap?:
    | {
        /** The most that the plan pays a rep in the window. */
        readonly amount: string | number;
        /** The window: each pay period, each fiscal quarter, or the fiscal year. */
        readonly per: 'pay-period' | 'quarter' | 'year';
      }
    | undefined;
  /** Changes of the plan: each for sales booked from a day on, with only the keys that change. */
  readonly versions?: readonly PlanVersion[] | undefined;
}

/** The keys of a plan that pays for sales, at any level. */
export interface SalesPlan extends EveryPlan {
  /** What is credited: the rep's own sales (own), those of the rep's team (team), or cash as it comes in (cash). */
  readonly credit?: 'own' | 'team' | undefined;
  /** What the rate is applied to. */
  readonly basis?: 'revenue' | 'gross-profit' | undefined;
  /** What attainment is measured in: the basis of the plan, or always revenue. */
  readonly quotaOn?: 'basis' | 'revenue' | undefined;
  /** In place of rate: a rate for each category of sales. */
  readonly rates?: readonly CategoryRateInput[] | undefined;
  /** The most and the least commission on one invoice, for a share of 100%. */
  readonly perInvoice?:
    | {
        /** The most commission on one invoice. */
        readonly most?: string | number | undefined;
        /** The least commission on an invoice that earns any. */
        readonly least?: string | number | undefined;
      }
    | undefined;
  /** More commission for early cash, and less for late cash. */
  readonly timing?: TimingInput | undefined;
  readonly of?: undefined;
  readonly pastDue?: undefined;
}

/** A plan at level 0, no-linkage: it pays everything with the sale and never looks at cash. */
export interface NoLinkagePlan extends SalesPlan {
  /** Level 0, no-linkage: the plan pays everything with the sale and never looks at cash. */
  readonly level: 0 | 'no-linkage';
  readonly hold?: undefined;
  readonly untilInvoice?: undefined;
  readonly release?: undefined;
  readonly clawback?: undefined;
  /** The date from which commission is posted (levels 0 to 3). */
  readonly earnOn?: 'invoice' | 'booking' | undefined;
  readonly tolerance?: undefined;
}

/** A plan at level 1, clawback: it pays everything with the sale and takes it back if the cash does not come in. */
export interface ClawbackPlan extends SalesPlan {
  /** Level 1, clawback: the plan pays everything with the sale and takes it back if the cash does not come in. */
  readonly level: 1 | 'clawback';
  readonly hold?: undefined;
  readonly untilInvoice?: undefined;
  readonly release?: undefined;
  /** How commission is taken back (required at level 1, optional at level 2). */
  readonly clawback: ClawbackInput;
  /** The date from which commission is posted (levels 0 to 3). */
  readonly earnOn?: 'invoice' | 'booking' | undefined;
  /** An open balance up to this limit counts as collected (levels 1 to 4): an amount, or a percentage of what is owed; default 0. */
  readonly tolerance?: string | number | undefined;
}

/** A plan at level 2, partial-hold: it holds a part until cash comes in. */
export interface PartialHoldPlan extends SalesPlan {
  /** Level 2, partial-hold: the plan holds a part until cash comes in. */
  readonly level: 2 | 'partial-hold';
  /** The share of commission held until cash comes in (level 2); default 50%. */
  readonly hold?: string | number | undefined;
  /** The share of commission that waits for the invoice (level 2 with earnOn: booking); default 0%. */
  readonly untilInvoice?: string | number | undefined;
  /** Whether held commission is released with each payment, or only when the invoice is paid in full (levels 2 and 3). */
  readonly release?: 'pro-rata' | 'paid-in-full' | undefined;
  /** How commission is taken back (required at level 1, optional at level 2). */
  readonly clawback?: ClawbackInput | undefined;
  /** The date from which commission is posted (levels 0 to 3). */
  readonly earnOn?: 'invoice' | 'booking' | undefined;
  /** An open balance up to this limit counts as collected (levels 1 to 4): an amount, or a percentage of what is owed; default 0. */
  readonly tolerance?: string | number | undefined;
}

/** A plan at level 3, pay-on-collection: it holds everything until cash comes in. */
export interface PayOnCollectionPlan extends SalesPlan {
  /** Level 3, pay-on-collection: the plan holds everything until cash comes in. */
  readonly level: 3 | 'pay-on-collection';
  readonly hold?: undefined;
  readonly untilInvoice?: undefined;
  /** Whether held commission is released with each payment, or only when the invoice is paid in full (levels 2 and 3). */
  readonly release?: 'pro-rata' | 'paid-in-full' | undefined;
  readonly clawback?: undefined;
  /** The date from which commission is posted (levels 0 to 3). */
  readonly earnOn?: 'invoice' | 'booking' | undefined;
  /** An open balance up to this limit counts as collected (levels 1 to 4): an amount, or a percentage of what is owed; default 0. */
  readonly tolerance?: string | number | undefined;
}

/** A plan at level 4, earn-on-collection: it earns nothing until cash comes in. */
export interface EarnOnCollectionPlan extends SalesPlan {
  /** Level 4, earn-on-collection: the plan earns nothing until cash comes in. */
  readonly level: 4 | 'earn-on-collection';
  readonly hold?: undefined;
  readonly untilInvoice?: undefined;
  readonly release?: undefined;
  readonly clawback?: undefined;
  readonly earnOn?: undefined;
  /** An open balance up to this limit counts as collected (levels 1 to 4): an amount, or a percentage of what is owed; default 0. */
  readonly tolerance?: string | number | undefined;
}

/** A plan that pays for cash as it comes in (R12.4): it has no level. */
export interface CashPlan extends EveryPlan {
  /** What is credited: the rep's own sales (own), those of the rep's team (team), or cash as it comes in (cash). */
  readonly credit: 'cash';
  /** With credit: cash, whose cash counts: that of the rep's invoices or accounts (account, the default), or that of the payments that the rep collected (collector). */
  readonly of?: 'account' | 'collector' | undefined;
  /** With credit: cash, count only cash that comes late. */
  readonly pastDue?:
    | {
        /** The first day past due that counts; default 1. */
        readonly from?: number | undefined;
        /** The last day past due that counts; without it, there is no limit. */
        readonly to?: number | undefined;
      }
    | undefined;
  readonly level?: undefined;
  readonly basis?: undefined;
  readonly quotaOn?: undefined;
  readonly rates?: undefined;
  readonly perInvoice?: undefined;
  readonly timing?: undefined;
  readonly hold?: undefined;
  readonly untilInvoice?: undefined;
  readonly release?: undefined;
  readonly clawback?: undefined;
  readonly earnOn?: undefined;
  readonly tolerance?: undefined;
}

/** A table of bands by attainment (R4.1). */
export interface RateTableInput {
  /** The bookings that count: each sale by itself (sale), those of the month (month), those of the quarter (quarter), or those of the fiscal year so far, against the quota so far (year-to-date) or against the quota of the whole year (year). */
  readonly attainment?: 'month' | 'quarter' | 'year-to-date' | 'year' | 'sale' | undefined;
  /** Whether each part of a booking is paid at the rate of its own band (marginal), the whole booking at the rate of the band that it reaches (whole), or the whole quarter at one rate (retroactive). */
  readonly tiers?: 'marginal' | 'retroactive' | 'whole' | undefined;
  /** The bands; the first starts at 0, and each threshold is higher than the one before. */
  readonly table: readonly {
    /** The share of quota from which the band applies, with the % sign: 0%, 100%, 120%. */
    readonly from?: string | number | undefined;
    /** The amount of bookings from which the band applies; use it in every band or in none. */
    readonly fromAmount?: string | number | undefined;
    /** The commission rate of the band: 5% or 0.05. */
    readonly rate: string | number;
  }[];
}

/** The rate of some categories of what is sold (R13.2). */
export interface CategoryRateInput {
  /** The category of what is sold, or a list of categories. The last entry may leave it out: it applies to every other category. */
  readonly category?: string | number | readonly (string | number)[] | undefined;
  /** A flat rate, or a table of bands by attainment. */
  readonly rate: string | number | RateTableInput;
  /** Whether what is sold in these categories counts toward quota; false needs a flat rate. */
  readonly countsForQuota?: boolean | undefined;
}

/** How advanced commission is taken back (R5.6). */
export interface ClawbackInput {
  /** Days after the due date until unpaid commission is taken back. Without it, only write-offs take commission back. */
  readonly pastDueDays?: number | undefined;
  /** Whether a write-off takes commission back. */
  readonly onWriteOff?: boolean | undefined;
  /** Whether to take back the unpaid part only, or the whole commission as soon as any part is unpaid. */
  readonly scope?: 'unpaid' | 'whole' | undefined;
  /** Whether later cash gives commission back. */
  readonly reinstate?: boolean | undefined;
}

/** What early cash adds to commission, and late cash takes from it (R17). */
export interface TimingInput {
  /** The date from which days are counted: the due date, the invoice date or the booking date. */
  readonly from?: 'due' | 'invoice' | 'booking' | undefined;
  /** The bands in order of their days, and the factor of each. */
  readonly table: readonly {
    /** The last day of the band, counted from the date in `from`; below 0 is early. The last band has none. */
    readonly days?: number | undefined;
    /** The factor that multiplies commission on cash in this band: 110%, 80%. */
    readonly factor: string | number;
  }[];
}

/** Keys of a plan that change for sales booked from a day on (R31.1). */
export interface PlanVersion {
  /** The first booking date that the version prices: 2025-07-01. */
  readonly from: string;
  /** With credit: cash, whose cash counts: that of the rep's invoices or accounts (account, the default), or that of the payments that the rep collected (collector). */
  readonly of?: 'account' | 'collector' | undefined;
  /** With credit: cash, count only cash that comes late. */
  readonly pastDue?:
    | {
        /** The first day past due that counts; default 1. */
        readonly from?: number | undefined;
        /** The last day past due that counts; without it, there is no limit. */
        readonly to?: number | undefined;
      }
    | undefined;
  /** How pay depends on cash: 0 no-linkage, 1 clawback, 2 partial-hold, 3 pay-on-collection, 4 earn-on-collection. Required, but for versions and with credit: cash. */
  readonly level?:
    | 0
    | 1
    | 2
    | 3
    | 4
    | 'no-linkage'
    | 'clawback'
    | 'partial-hold'
    | 'pay-on-collection'
    | 'earn-on-collection'
    | undefined;
  /** What the rate is applied to. */
  readonly basis?: 'revenue' | 'gross-profit' | undefined;
  /** What attainment is measured in: the basis of the plan, or always revenue. */
  readonly quotaOn?: 'basis' | 'revenue' | undefined;
  /** The date from which commission is posted (levels 0 to 3). */
  readonly earnOn?: 'invoice' | 'booking' | undefined;
  /** A flat rate, or a table of bands by attainment. */
  readonly rate?: string | number | RateTableInput | undefined;
  /** In place of rate: a rate for each category of sales. */
  readonly rates?: readonly CategoryRateInput[] | undefined;
  /** The most and the least commission on one invoice, for a share of 100%. */
  readonly perInvoice?:
    | {
        /** The most commission on one invoice. */
        readonly most?: string | number | undefined;
        /** The least commission on an invoice that earns any. */
        readonly least?: string | number | undefined;
      }
    | undefined;
  /** Whether credit memos lower attainment. */
  readonly creditsReduceQuota?: boolean | undefined;
  /** An open balance up to this limit counts as collected (levels 1 to 4): an amount, or a percentage of what is owed; default 0. */
  readonly tolerance?: string | number | undefined;
  /** The share of commission held until cash comes in (level 2); default 50%. */
  readonly hold?: string | number | undefined;
  /** The share of commission that waits for the invoice (level 2 with earnOn: booking); default 0%. */
  readonly untilInvoice?: string | number | undefined;
  /** More commission for early cash, and less for late cash. */
  readonly timing?: TimingInput | undefined;
  /** Whether held commission is released with each payment, or only when the invoice is paid in full (levels 2 and 3). */
  readonly release?: 'pro-rata' | 'paid-in-full' | undefined;
  /** How commission is taken back (required at level 1, optional at level 2). */
  readonly clawback?: ClawbackInput | undefined;
}

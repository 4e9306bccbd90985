/** An example of each question, as the workspaces in fixtures/lint raise it. */
import type { QuestionCode } from '../lint/catalog.js';

export const QUESTION_EXAMPLES: Readonly<Record<QuestionCode, string>> = {
  'tier-lowers-pay':
    'Plan ae: from 1,000.00, all sales of the quarter are paid at 8% in place of 10%; one more sale of 0.01 takes commission from 100.00 to 80.00: 20.00 less. Reps ended 0 of 1 windows at or above it, 0 of them by less than 5%.',
  'tier-jumps':
    'Plan ae: from 100% of quota (100,000.00 at the largest quota seen), all sales of the quarter are paid at 12% in place of 8%; one more sale of 0.01 takes commission from 8,000.00 to 12,000.00: 4,000.00 more. Reps ended 1 of 1 windows at or above it, 1 of them by less than 5%.',
  'falling-rate':
    'Plan ae: above 10,000.00, the rate falls from 10% to 5%: of the next 100.00, a rep earns 5.00 in place of 10.00.',
  'threshold-out-of-reach':
    'Plan ae: the rate of 8% starts at 150,000.00, but in 4 windows the most that a rep booked in a quarter is 20,000.00, and no quota is as high.',
  'hold-all-or-nothing': 'Plan ae, at level 2, holds 0% of commission: nothing waits for cash.',
  'earned-not-paid':
    'Plan ae earns commission at invoicing and pays it when the customer pays. As of 2025-12-31, 60.00 is earned and not paid, the oldest of it since 2025-01-15.',
  'clawback-without-advance':
    'Plan ae pays commission before cash comes in and claws it back: 100.00 is advanced so far, and 30.00 of it is taken back.',
  'clawback-before-due':
    'Plan ae: a write-off of I1 took commission back on 2025-02-10, before the due date 2025-03-31.',
  'debt-beyond-recovery':
    'R1 owes 9,950.00, but of the pay of the last 4 quarters, recovery could take no more than 5,050.00.',
  'no-pay-left':
    "What a rep owes may take all the commission of a quarter: recovery has no limit below 100%, and keeps nothing back. It happened once: in 2025-Q3, when recovery took all of R1's pay, 100.00.",
  'rep-without-plan':
    'R2 sold 500.00 (2 sales, booked from 2025-02-15 to 2025-03-20) without a plan: it earns nothing and counts toward no quota.',
  'assignment-gap':
    'R1 has no plan from 2025-04-01 to 2025-04-15, between ae and senior: 1 sale over 400.00 in these days earns nothing.',
  'shares-overlap':
    'On 2025-06-01, R1 has 2 managers at once, M1 and M2, with 200% of the credit between them.',
  'manager-outside-tree': 'M2 has a team plan, but nobody reports to them: the plan pays nothing.',
  'category-without-rate':
    'Plan ae has no rate for freight, which others sold 2 times: the run will stop as soon as a rep of this plan sells it.',
  'zero-quota':
    'R1 has a quota of 0 in 2025-Q1: every sale is above it and paid at 12% in place of 8%. 1,000.00 was booked.',
  'cap-in-first-month':
    'R1 reached the cap of 100.00 of plan ae in the first month of 2025-Q1: 120.00 came in by then, and 50.00 beyond the cap is never paid.',
  'draw-never-recovered':
    'R1 has drawn 3,990.00 since 2025-Q1, and in the 3 quarters after that nothing of it was recovered, repaid or waived. R1 owes 3,990.00.',
  'write-off-without-reason': '1 of 2 write-offs, over 500.00, has no reason: W2.',
  'paid-on-last-day':
    'C1 paid 3 of 4 invoices on the last day before commission would be taken back, or on the day before it.',
  'held-on-one-customer':
    '56.82% of the commission that R1 waits for, 250.00 of 440.00, depends on the cash of one customer, C1.',
  'sold-into-past-due':
    'R1 booked 900.00 (3 sales, 12.86% of all) for customers who were more than 30 days past due with up to 1,000.00 at the time; the largest part, 900.00, for C1.',
};

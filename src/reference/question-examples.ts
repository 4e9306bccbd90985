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
    'What a rep owes may take all the commission of a quarter: recovery has no limit below 100%, and keeps nothing back. It happened once: in 2025-Q3, recovery took all of the 100.00 of R1.',
};

/**
 * A workspace worked out by hand, for tests of what reports show, as of 2025-06-30. Ann (A) is paid with the sale at 10% and
 * loses what is 60 days past due; Bob (B) is paid 10% as cash comes in.
 *
 * Ann: I1 (100.00, due 10 February) is clawed back on 11 April, and 40.00 of it is reinstated by 400.00 on 20 June. I2 (200.00)
 * is paid. I3 (300.00, due 31 May, 2,000.00 of 3,000.00 open) is exactly 30 days past due, and 30 days before its clawback; I4
 * (50.00, due 1 June) is one day behind it. She gains 300.00 in the first quarter, and 350.00 − 100.00 + 40.00 = 290.00 in the second.
 *
 * Bob: I5 (400.00, due 31 March) has released 100.00 and is 91 days past due; I6 (80.00) is not yet due; I7 (60.00) has no due date.
 * He gains 0.00, and then 100.00; 400.00 + 140.00 − 100.00 = 440.00 stay held.
 */
import { folderWith } from './folder.js';

/** `comp.yaml` with these keys besides. */
function terms(more: object): string {
  return JSON.stringify({
    currency: 'USD',
    ledgers: {
      invoices: 'invoices.csv',
      payments: 'payments.csv',
      quotas: 'quotas.csv',
      assignments: 'assignments.csv',
    },
    plans: [
      { id: 'claw', level: 1, rate: '10%', clawback: { pastDueDays: 60 } },
      { id: 'hold', level: 3, rate: '10%' },
    ],
    // Bob's pay moves by exactly this much, which is not more.
    variance: { share: '25%', amount: '100.00' },
    ...more,
  });
}

const LEDGERS = {
  'invoices.csv': `invoice_id,customer_id,rep_id,invoice_date,due_date,amount
I1,C1,A,2025-01-10,2025-02-10,1000.00
I2,C1,A,2025-01-15,2025-03-01,2000.00
I3,C2,A,2025-04-05,2025-05-31,3000.00
I4,C3,A,2025-05-01,2025-06-01,500.00
I5,C4,B,2025-02-01,2025-03-31,4000.00
I6,C4,B,2025-05-10,2025-07-15,800.00
I7,C5,B,2025-06-01,,600.00
`,
  'payments.csv': `payment_id,invoice_id,payment_date,amount
P1,I1,2025-06-20,400.00
P2,I2,2025-02-20,2000.00
P3,I3,2025-06-10,1000.00
P5,I5,2025-05-02,1000.00
P8,I5,2025-07-05,10.00
P9,I99,2025-05-01,7.00
`,
  'quotas.csv': 'rep_id,quarter,quota\nA,2025-Q2,7000.00\n',
  'assignments.csv': 'rep_id,plan_id,from\nA,claw,2025-01-01\nB,hold,2025-01-01\n',
};

/** The workspace in a folder of its own. */
export function workedFolder(more: object = {}): string {
  return folderWith({ 'comp.yaml': terms(more), ...LEDGERS });
}

/** A workspace in which one rep has a draw, a bonus, a cap, a disputed invoice, instalments and a least payout. */
import { folderWith } from './folder.js';

/**
 * R1 draws 2,000.00 in January and in February, and 3,500.00 of it is still to be repaid in March. Then the cap is 3,000.00 of
 * 3,800.00, the bonus 530.00, all of the draw is repaid, and 30.00 is too little to be paid out.
 */
export const PAY_ACCOUNT: Readonly<Record<string, string>> = {
  'comp.yaml': `company: {name: Northwind Traders, contact: payroll@northwind.example}
currency: USD
payPeriod: month
payout: {least: 50}
ledgers:
  invoices: invoices.csv
  payments: payments.csv
  schedules: schedules.csv
  disputes: disputes.csv
  entries: entries.csv
  draws: draws.csv
  reps: reps.csv
plans:
  - id: ae
    level: clawback
    rate: 10%
    clawback: {pastDueDays: 60}
    cap: {amount: 3000, per: pay-period}
`,
  'invoices.csv': `invoice_id,customer_id,rep_id,invoice_date,due_date,amount
A-1,Acme,R1,2025-02-10,2025-03-10,5000.00
B-1,Bolt,R1,2025-03-03,2025-03-31,30000.00
C-1,Core,R1,2025-03-12,2025-04-11,8000.00
`,
  'payments.csv': `payment_id,invoice_id,payment_date,amount
P-1,C-1,2025-03-28,3000.00
`,
  'schedules.csv': `invoice_id,due_date,amount
B-1,2025-03-31,7500.00
B-1,2025-06-30,7500.00
B-1,2025-09-30,7500.00
B-1,2025-12-31,7500.00
`,
  'disputes.csv': `invoice_id,from,to,reason
A-1,2025-03-20,,Two of ten units arrived broken
`,
  'entries.csv': `entry_id,rep_id,date,kind,amount,invoice_id,reason
SPIF-3,R1,2025-03-31,bonus,530.00,C-1,SPIF March: first order of the new line
COR-1,R1,2025-04-15,bonus,-200.00,,Mileage paid twice
WAI-1,R1,2025-06-10,waiver,100.00,A-1,Agreed with the head of sales
REP-1,R1,2025-06-20,repayment,150.00,,
`,
  'draws.csv': `rep_id,from,to,amount,kind
R1,2025-01-01,2025-02-28,2000.00,recoverable
`,
  'reps.csv': 'rep_id,name\nR1,Ada Reyes\n',
};

/** The folder of a workspace like that. */
export function payAccountWorkspace(): string {
  return folderWith(PAY_ACCOUNT);
}

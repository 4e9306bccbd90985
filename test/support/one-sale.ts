/** The smallest workspace in which pay and cash come on different days. */
import { workspace } from './build.js';
import { inputsOf } from './run.js';

/**
 * One sale of 1,000.00 at 10%, booked and invoiced on 2025-01-15; 400.00 comes on 2025-02-10 and 600.00 on 2025-05-20. The
 * quarters end on 03-31 and 06-30.
 */
export const ONE_SALE = inputsOf(
  workspace({
    plan: { level: 3 },
    invoices: [
      {
        invoice_id: 'I1',
        customer_id: 'C1',
        rep_id: 'R1',
        invoice_date: '2025-01-15',
        due_date: '2025-02-14',
        amount: '1000.00',
      },
    ],
    payments: [
      { payment_id: 'P1', invoice_id: 'I1', payment_date: '2025-02-10', amount: '400.00' },
      { payment_id: 'P2', invoice_id: 'I1', payment_date: '2025-05-20', amount: '600.00' },
    ],
    asOf: '2025-06-30',
  }),
);

/** QuickBooks Online: two reports, exported to CSV. */
import type { Preset } from './preset.js';

/** Without dateFormat: dates follow the company's settings. */
const FRAME = { numberFormat: '1,234.56', notRecords: ['Total for *', '* GMT*'] };

export const QUICKBOOKS_ONLINE: Preset = {
  name: 'quickbooks-online',
  title: 'QuickBooks Online, Invoice List by Date and Transaction List by Date as CSV',
  grade: 'measured',
  source: 'the QuickBooks fixture of a public test suite, measured on real exports',
  notes: [
    'Set dateFormat: [M/D/YYYY, MM/DD/YYYY] for a company in the United States; both occur.',
    'There is no column for the rep. Map yours, such as columns: {rep_id: Sales Rep} for a custom field.',
    'Amount includes tax and is used for both amount and total. If you charge tax, map amount from a report of net lines.',
    'The reports do not show which invoice a payment is for: set applyCash: oldest-due-first.',
    'Payments have no ids, so ids are made of date, customer and amount. The same payment in two files is a fault: use files that do not overlap.',
    'Bad debts are credit memos here. Credit memos and write-offs are not in these two reports.',
    'Run the reports on accrual basis: on cash basis they have neither invoices nor payments.',
  ],
  layouts: {
    invoices: {
      knownBy: ['Date', 'Transaction type', 'Num', 'Name', 'Due date', 'Amount', 'Open balance'],
      mapping: {
        ...FRAME,
        columns: {
          invoice_id: 'Num',
          customer_id: 'Name',
          invoice_date: 'Date',
          due_date: 'Due date',
          amount: 'Amount',
          total: 'Amount',
        },
        where: {
          'Transaction type': 'Invoice',
          Memo: { from: ['Memo', 'Memo/Description'], not: 'Voided', optional: true },
        },
        totalRow: 'TOTAL',
      },
    },
    payments: {
      knownBy: [
        'Date',
        'Transaction type',
        'Num',
        'Posting (Y/N)',
        'Name',
        'Account name',
        'Split',
        'Amount',
      ],
      mapping: {
        ...FRAME,
        columns: {
          payment_id: { join: ['Date', 'Name', 'Amount'], numbered: true },
          customer_id: 'Name',
          payment_date: 'Date',
          amount: 'Amount',
        },
        where: { 'Transaction type': 'Payment' },
        notRecords: ['TOTAL', ...FRAME.notRecords],
      },
    },
  },
};

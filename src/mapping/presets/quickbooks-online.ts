/** QuickBooks Online: two reports, exported to CSV. */
import type { Preset } from './preset.js';

/** Dates are left to the user: they follow the company's settings. */
const FRAME = { numberFormat: '1,234.56', notRecords: ['Total for *', '* GMT*'] };

export const QUICKBOOKS_ONLINE: Preset = {
  name: 'quickbooks-online',
  title: 'QuickBooks Online, Invoice List by Date and Transaction List by Date as CSV',
  grade: 'measured',
  source: 'the QuickBooks fixture of a public test suite, measured on real exports',
  notes: [
    'Say dateFormat: [M/D/YYYY, MM/DD/YYYY] for a company in the United States; both are seen.',
    'There is no column for the rep. Say where yours is, such as columns: {rep_id: Sales Rep} for a custom field.',
    'Amount is taken as the invoice with its tax, for amount and total both. Where you charge tax, take amount from a report of net lines.',
    'The reports do not say which invoice a payment paid: say applyCash: oldest-due-first.',
    'Payments have no ids, so they get some, made of date, customer and amount. The same payment in two files is a fault: let files not overlap.',
    'A bad debt is a credit memo here. Neither credit memos nor write-offs are in these two reports.',
    'Take the reports on accrual: one on a cash basis is neither invoices nor payments.',
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
        where: { 'Transaction type': 'Invoice', Memo: { not: 'Voided', optional: true } },
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

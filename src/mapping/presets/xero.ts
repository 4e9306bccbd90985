/** Xero: sales invoices exported as CSV, one row per line; credit notes and splits are in the same file. */
import type { Preset } from './preset.js';

const KNOWN_BY = [
  'ContactName',
  'InvoiceNumber',
  'Total',
  'TaxTotal',
  'InvoiceAmountPaid',
  'LineAmount',
  'Type',
];

/** Documents that are not, or no longer, a sale. */
const STATUS = { not: ['Draft', 'Awaiting Approval', 'Voided', 'Deleted'], optional: true };
const SALES = { Type: 'Sales invoice', Status: STATUS };

export const XERO: Preset = {
  name: 'xero',
  title: 'Xero, Sales invoices exported as CSV',
  grade: 'measured',
  source: 'the tests of a public parser of this export, and a public generator of samples of it',
  notes: [
    'Set dateFormat: DD/MM/YYYY or MM/DD/YYYY, depending on your region.',
    'The rep is the second tracking category. If yours is the first, set columns: {rep_id: TrackingOption1} and where: {TrackingOption1: {empty: false}, TrackingOption2: {}} under splits; without tracking, leave out splits and map rep_id under invoices.',
    'Splits use LineAmount. If lines are entered with tax, set columns: {amount: {from: LineAmount, minus: TaxAmount}}.',
    'A credit note does not name its invoice. If you write the invoice number under Reference, set columns: {invoice_id: Reference} under creditMemos; otherwise set applyCash: oldest-due-first.',
    'As payments, the file only has amounts paid to date, without dates: comp sets them aside and lists them. Get dated payments from the Payments endpoint or a report, and map them yourself.',
    'Bad debts are credit notes on an account of your choice: write-offs are not mapped.',
  ],
  layouts: {
    invoices: {
      knownBy: KNOWN_BY,
      mapping: {
        columns: {
          invoice_id: 'InvoiceNumber',
          customer_id: 'ContactName',
          invoice_date: 'InvoiceDate',
          due_date: 'DueDate',
          amount: { from: 'Total', minus: 'TaxTotal' },
          total: 'Total',
          currency: 'Currency',
        },
        where: SALES,
        lines: {},
      },
    },
    payments: {
      knownBy: KNOWN_BY,
      mapping: {
        columns: { invoice_id: 'InvoiceNumber', amount: 'InvoiceAmountPaid' },
        where: SALES,
        lines: {},
        snapshot: true,
      },
    },
    creditMemos: {
      knownBy: KNOWN_BY,
      mapping: {
        columns: {
          credit_memo_id: 'InvoiceNumber',
          customer_id: 'ContactName',
          credit_date: 'InvoiceDate',
          amount: 'Total',
          currency: 'Currency',
        },
        where: { Type: { in: 'Sales credit note', optional: true }, Status: STATUS },
        sign: 'positive',
        lines: {},
      },
    },
    splits: {
      knownBy: [...KNOWN_BY, 'TrackingOption2'],
      mapping: {
        columns: { invoice_id: 'InvoiceNumber', rep_id: 'TrackingOption2', amount: 'LineAmount' },
        where: { ...SALES, TrackingOption2: { empty: false } },
        lines: { amount: 'sum' },
      },
    },
  },
};

/** Zoho Books: the files of its export, one row per item of an invoice and per invoice that a payment pays. */
import type { Preset } from './preset.js';

const STATUS = { not: ['Draft', 'Void'], optional: true };

export const ZOHO_BOOKS: Preset = {
  name: 'zoho-books',
  title: 'Zoho Books, Invoice.csv, Customer_Payment.csv and Credit_Note.csv of its export',
  grade: 'measured',
  source: 'tests and readers of a Zoho Books backup in public repositories, in the shape of a real export',
  notes: [
    'Export with plain decimals (1234.56), or set numberFormat.',
    'Map the rep, such as columns: {rep_id: Sales person}, and due_date: the headers of these columns are not known.',
    'The amount is the sum of the items. Discounts, shipping and rounding of the whole invoice are only in its total.',
    'The unused part of a payment is not read; rows without an applied amount are left out.',
    'A credit note that is not applied has no invoice here: set columns: {customer_id: Customer Name} under creditMemos to keep it on account.',
  ],
  layouts: {
    invoices: {
      knownBy: ['Invoice ID', 'Invoice Number', 'Invoice Date', 'Invoice Status', 'Item Total', 'Total'],
      mapping: {
        columns: {
          invoice_id: 'Invoice Number',
          customer_id: 'Customer Name',
          invoice_date: 'Invoice Date',
          amount: 'Item Total',
          total: 'Total',
          currency: 'Currency Code',
        },
        where: { 'Invoice Status': STATUS },
        lines: { amount: 'sum' },
      },
    },
    payments: {
      knownBy: ['CustomerPayment ID', 'Payment Number', 'Date', 'Unused Amount', 'Invoice Number'],
      mapping: {
        columns: {
          payment_id: 'CustomerPayment ID',
          invoice_id: 'Invoice Number',
          customer_id: 'Customer Name',
          payment_date: 'Date',
          currency: 'Currency Code',
          amount: { from: ['Amount Applied to Invoice', 'Invoice Payment Applied Amount'] },
        },
        skipEmpty: true,
      },
    },
    creditMemos: {
      knownBy: [
        'CreditNotes ID',
        'Credit Note Number',
        'Credit Note Date',
        'Applied Invoice Number',
        'Total',
      ],
      mapping: {
        columns: {
          credit_memo_id: 'Credit Note Number',
          invoice_id: 'Applied Invoice Number',
          credit_date: 'Credit Note Date',
          amount: 'Total',
        },
        where: { 'Credit Note Status': STATUS },
        lines: {},
      },
    },
  },
};

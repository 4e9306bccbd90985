/** Odoo: invoices exported from their list, with the labels of the fields as headers. */
import type { Preset } from './preset.js';

export const ODOO: Preset = {
  name: 'odoo',
  title: 'Odoo, customer invoices exported from the list, in English',
  grade: 'measured',
  source: "the labels of the fields of account.move in Odoo's own source",
  notes: [
    'Export the fields Number, Partner, Invoice/Bill Date, Due Date, Salesperson, Untaxed Amount Signed, Total Signed, Status and Type, one row per invoice, without lines.',
    'Headers are in the language of the user who exports.',
    'Credit notes are left out. Map creditMemos from the same file, with where: {Type: Customer Credit Note}, sign: positive and the column with the invoice of each.',
    'Payments are not in this export. Export them with the invoices they pay, and map them yourself.',
    'Signed amounts are in the currency of the company.',
  ],
  layouts: {
    invoices: {
      knownBy: ['Number', 'Invoice/Bill Date', 'Untaxed Amount Signed', 'Total Signed', 'Status'],
      mapping: {
        columns: {
          invoice_id: 'Number',
          customer_id: { from: ['Partner', 'Invoice Partner Display Name'] },
          rep_id: 'Salesperson',
          invoice_date: 'Invoice/Bill Date',
          due_date: 'Due Date',
          amount: 'Untaxed Amount Signed',
          total: 'Total Signed',
        },
        where: { Status: 'Posted', Type: 'Customer Invoice' },
      },
    },
  },
};

/** Stripe: cash, from the Payments export or from the balance report. Its invoices export is not known well enough. */
import type { Preset } from './preset.js';

/** Times are in UTC, always in this order. */
const TIMES = ['YYYY-MM-DD HH:mm:ss', 'YYYY-MM-DD HH:mm'];
const ZONE =
  'Set timezone, such as America/New_York: times are in UTC, where a charge late in the evening is on the next day.';

export const STRIPE: Preset = {
  name: 'stripe',
  title: 'Stripe, Payments exported as CSV',
  grade: 'measured',
  source: 'samples of the export in public repositories',
  notes: [
    ZONE,
    'Refunds are amounts on the charge, without a date, so they are not read. Prefer stripe-balance, which has a dated row for each.',
    'Amount is before fees, in the currency of the charge, which must be that of its invoice.',
    'A charge without an invoice is on account for the email address of the customer, and set aside.',
    'Only captured charges are read.',
    'There are no invoices: map them yourself, with id as invoice_id.',
  ],
  layouts: {
    payments: {
      knownBy: [
        'id',
        'Created date (UTC)',
        'Amount',
        'Amount Refunded',
        'Captured',
        'Customer Email',
        'Invoice ID',
      ],
      mapping: {
        columns: {
          payment_id: 'id',
          invoice_id: 'Invoice ID',
          customer_id: 'Customer Email',
          payment_date: 'Created date (UTC)',
          amount: 'Amount',
          currency: 'Currency',
        },
        dateFormat: TIMES,
        where: { Captured: 'true', Status: { not: 'Failed', optional: true } },
      },
    },
  },
};

export const STRIPE_BALANCE: Preset = {
  name: 'stripe-balance',
  title: 'Stripe, Balance change from activity, itemized, as CSV',
  grade: 'documented',
  source: "Stripe's documentation of its report types, columns and reporting categories",
  notes: [
    ZONE,
    'Select the columns invoice_id and customer_id when you make the report: they are not in it by default.',
    'Charges, refunds and disputes are read, each on its day and before fees; fees, transfers and payouts are left out.',
    'Amounts are in the currency of the balance. Where that differs from the currency of an invoice, comp check stops.',
    'There are no invoices: map them yourself, with id as invoice_id.',
  ],
  layouts: {
    payments: {
      knownBy: ['balance_transaction_id', 'created_utc', 'gross', 'reporting_category', 'invoice_id'],
      mapping: {
        columns: {
          payment_id: 'balance_transaction_id',
          invoice_id: 'invoice_id',
          customer_id: 'customer_id',
          payment_date: 'created_utc',
          amount: 'gross',
        },
        dateFormat: TIMES,
        where: {
          reporting_category: {
            in: [
              'charge',
              'charge_failure',
              'partial_capture_reversal',
              'refund',
              'refund_failure',
              'dispute',
              'dispute_reversal',
            ],
            optional: true,
          },
        },
      },
    },
  },
};

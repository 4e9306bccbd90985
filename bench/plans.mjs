// The measured plans by name, and the comp.yaml of each beside the ledgers.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The simple form of the job, which the peers also do: one flat rate, paid as cash comes in. */
export const SIMPLE = 'flat-level-3';

const CASH_LEDGERS = { invoices: 'invoices.csv', payments: 'payments.csv', writeOffs: 'write_offs.csv' };
const ALL_LEDGERS = {
  ...CASH_LEDGERS,
  creditMemos: 'credit_memos.csv',
  splits: 'splits.csv',
  quotas: 'quotas.csv',
};

/** The ledgers that are read, and the terms of the plans: the first has the name. They are the same for ledgers of every size. */
export const PLANS = {
  [SIMPLE]: {
    ledgers: CASH_LEDGERS,
    plans: [{ level: 3, rate: '8.25%' }],
  },
  'tiered-level-1': {
    ledgers: ALL_LEDGERS,
    plans: [
      {
        level: 1,
        rate: { attainment: 'year-to-date', tiers: 'marginal', table: bands('5%', '8%') },
        clawback: { pastDueDays: 90 },
      },
    ],
  },
  'retroactive-level-2': {
    ledgers: ALL_LEDGERS,
    plans: [
      {
        level: 2,
        hold: '50%',
        rate: { attainment: 'quarter', tiers: 'retroactive', table: bands('5%', '8%') },
      },
    ],
  },
  // The simple form with three levels of managers above every rep: four lines for each invoice.
  'team-level-3': {
    ledgers: { ...CASH_LEDGERS, teams: 'teams.csv' },
    plans: [
      { level: 3, rate: '8.25%' },
      { id: 'override', credit: 'team', level: 3, rate: '1%' },
    ],
  },
  // The simple form with two items on every invoice, each at the rate of its category.
  'items-level-3': {
    ledgers: { ...CASH_LEDGERS, items: 'items.csv' },
    plans: [
      {
        level: 3,
        rates: [
          { category: 'licences', rate: '8.25%' },
          { category: 'services', rate: '5%' },
        ],
      },
    ],
  },
};

/** Writes a configuration for every plan of {@link PLANS} to `dir`, such as `flat-level-3.yaml`. */
export async function writePlans(dir) {
  for (const [id, { ledgers, plans }] of Object.entries(PLANS)) {
    const config = { currency: 'USD', ledgers, plans: plans.map((plan) => ({ id, ...plan })) };
    await writeFile(join(dir, `${id}.yaml`), `${JSON.stringify(config, null, 2)}\n`); // JSON is YAML
  }
}

function bands(below, above) {
  return [
    { from: '0%', rate: below },
    { from: '100%', rate: above },
  ];
}

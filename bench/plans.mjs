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

/** The ledgers that a plan reads, and its terms; they are the same for ledgers of every size. */
export const PLANS = {
  [SIMPLE]: {
    ledgers: CASH_LEDGERS,
    terms: { level: 3, rate: '8.25%' },
  },
  'tiered-level-1': {
    ledgers: ALL_LEDGERS,
    terms: {
      level: 1,
      rate: { attainment: 'year-to-date', tiers: 'marginal', table: bands('5%', '8%') },
      clawback: { pastDueDays: 90 },
    },
  },
  'retroactive-level-2': {
    ledgers: ALL_LEDGERS,
    terms: {
      level: 2,
      hold: '50%',
      rate: { attainment: 'quarter', tiers: 'retroactive', table: bands('5%', '8%') },
    },
  },
};

/** Writes a configuration for every plan of {@link PLANS} to `dir`, such as `flat-level-3.yaml`. */
export async function writePlans(dir) {
  for (const [id, { ledgers, terms }] of Object.entries(PLANS)) {
    const config = { currency: 'USD', ledgers, plans: [{ id, ...terms }] };
    await writeFile(join(dir, `${id}.yaml`), `${JSON.stringify(config, null, 2)}\n`); // JSON is YAML
  }
}

function bands(below, above) {
  return [
    { from: '0%', rate: below },
    { from: '100%', rate: above },
  ];
}

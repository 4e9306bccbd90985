/** Forecasts: what open invoices bring in if customers pay as they have paid, by hand and beside what came. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { calculate, type Inputs } from '../../src/engine/calculate.js';
import { formatMinor, groupThousands } from '../../src/money.js';
import { atLevel } from '../../src/plans/terms.js';
import { type Simulation, simulateTexts } from '../../src/simulate/simulate.js';
import { histories } from '../../src/testing/histories.js';
import { loadWorkspace } from '../../src/workspace/load.js';
import { workspace } from '../support/build.js';
import { forAll } from '../support/property.js';
import { inputsOf } from '../support/run.js';

function forecastOf(inputs: Inputs, until: string): Simulation {
  const outcome = simulateTexts(inputs, [], { until });
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.faults));
  return outcome.simulation;
}

const invoice = (invoice_id: string, customer_id: string, invoice_date: string, due_date: string) => ({
  ...{ invoice_id, customer_id, invoice_date, due_date },
  ...{ rep_id: 'R1', amount: '1000.00' },
});
const payment = (payment_id: string, invoice_id: string, payment_date: string) => {
  return { payment_id, invoice_id, payment_date, amount: '1000.00' };
};

/** C1 has paid five invoices 10, 10, 20, 30 and 40 days late; L1 was written off. O1 is due on 06-10, O2 was due on 05-25. */
const PAST = {
  plan: { level: 3 },
  invoices: [
    invoice('I1', 'C1', '2025-01-01', '2025-01-31'),
    invoice('I2', 'C1', '2025-01-02', '2025-02-01'),
    invoice('I3', 'C1', '2025-01-03', '2025-02-02'),
    invoice('I4', 'C1', '2025-01-04', '2025-02-03'),
    invoice('I5', 'C1', '2025-01-05', '2025-02-04'),
    invoice('O1', 'C1', '2025-05-11', '2025-06-10'),
    invoice('O2', 'C1', '2025-04-25', '2025-05-25'),
  ],
  payments: [
    payment('P1', 'I1', '2025-02-10'),
    payment('P2', 'I2', '2025-02-11'),
    payment('P3', 'I3', '2025-02-22'),
    payment('P4', 'I4', '2025-03-05'),
    payment('P5', 'I5', '2025-03-16'),
  ],
  asOf: '2025-06-08',
};

describe('by hand', () => {
  test('what is not due yet comes after the median of all, what is late after the median of what came later', () => {
    const { forecast, today } = forecastOf(inputsOf(workspace(PAST)), '2025-09-30');
    // O1: 20 days late, 06-30. O2 is 14 days late: of what came later (20, 30 and 40 days) the median is 30, 06-24.
    expect(forecast).toMatchObject({ from: '2025-06-08', until: '2025-09-30', payments: 2, neverPaid: 0 });
    expect(forecast?.customers).toEqual([
      { customerId: 'C1', payments: 5, daysLate: 20, shareNeverPaid: { n: 0n, d: 500000n } },
    ]);
    expect(today.quarters.map(({ quarter, paid }) => [quarter, paid])).toEqual([
      ['2025-Q1', 50000n],
      ['2025-Q2', 20000n],
      ['2025-Q3', 0n],
    ]);
  });

  test('later than a later day is not expected by then', () => {
    const { forecast } = forecastOf(inputsOf(workspace(PAST)), '2025-06-25');
    expect(forecast?.payments).toBe(1);
  });

  test('what was never paid before is not expected of as much again: whole invoices, the longest due first', () => {
    // Half of what C1 owed was written off: 5,000.00 paid, 5,000.00 lost. Of O1 and O2, which is due first, one is lost.
    const lost = [1, 2, 3, 4, 5].map((number) => invoice(`L${number}`, 'C1', '2025-01-10', '2025-02-09'));
    const { forecast, today } = forecastOf(
      inputsOf(
        workspace({
          ...PAST,
          invoices: [...PAST.invoices, ...lost],
          writeOffs: lost.map(({ invoice_id }) => ({
            ...{
              write_off_id: `W-${invoice_id}`,
              invoice_id,
              write_off_date: '2025-05-01',
              amount: '1000.00',
            },
          })),
        }),
      ),
      '2025-09-30',
    );
    expect(forecast).toMatchObject({ payments: 1, neverPaid: 1 });
    expect(forecast?.customers).toMatchObject([{ shareNeverPaid: { n: 500000n, d: 1000000n } }]);
    // O2 is lost, and O1 comes on 06-30.
    expect(today.totals).toMatchObject({ paid: 60000n, held: 10000n });
  });

  test('a customer with few payments pays as all do', () => {
    const { forecast } = forecastOf(
      inputsOf(
        workspace({ ...PAST, invoices: [...PAST.invoices, invoice('N1', 'C2', '2025-05-11', '2025-06-10')] }),
      ),
      '2025-06-30',
    );
    // C2 has paid nothing: 20 days late like all, 06-30.
    expect(forecast?.payments).toBe(3);
    expect(forecast?.customers.map(({ customerId }) => customerId)).toEqual(['C1']);
  });

  test('rows that are later than the day of the forecast are not known on it', () => {
    const later = {
      invoices: [...PAST.invoices, invoice('N1', 'C1', '2025-06-20', '2025-07-20')],
      payments: [...PAST.payments, payment('P9', 'O1', '2025-06-12')],
    };
    const known = forecastOf(inputsOf(workspace(PAST)), '2025-09-30');
    const { forecast, today } = forecastOf(inputsOf(workspace({ ...PAST, ...later })), '2025-09-30');
    expect(forecast).toEqual(known.forecast);
    expect(today.quarters).toEqual(known.today.quarters);
  });
});

test('a forecast changes no quarter that is over on its day', () => {
  forAll(histories(), (given, meet) => {
    const inputs = inputsOf(given);
    const outcome = simulateTexts(inputs, [], { until: '2032-12-31' });
    const now = calculate({ ...inputs, closes: [] });
    if (outcome.kind === 'refused' || now.kind === 'refused') return;
    const over = outcome.simulation.today.quarters.filter(
      ({ quarter }) => quarter < now.result.fiscalQuarter.name,
    );
    for (const { quarter, paid, earned, held } of over) {
      const own = now.result.quarters.filter((row) => row.quarter === quarter);
      expect(paid, quarter).toBe(own.reduce((sum, row) => sum + row.paid, 0n));
      expect(earned, quarter).toBe(own.reduce((sum, row) => sum + row.earned, 0n));
      expect(held, quarter).toBe(own.reduce((sum, row) => sum + row.held, 0n));
      meet('over');
    }
  });
});

/** AdventureWorks as it was known on 2013-12-31, and as it came. */
async function backTest(): Promise<string> {
  const { terms, ledgers } = await loadWorkspace('fixtures/adventureworks/comp.yaml');
  const [cut, until] = ['2013-12-31', '2014-08-31'];
  const rows: Parameters<Parameters<typeof ledgers.invoices.rows.forEach>[0]>[0][] = [];
  ledgers.invoices.rows.forEach((row) => {
    if ((row.booking_date ?? row.invoice_date) <= cut) rows.push(row);
  });
  const lines = ([1, 3] as const).flatMap((level) => {
    const at = atLevel(terms, level).terms;
    const forecast = forecastOf({ terms: at, ledgers, asOf: cut }, until).today.quarters;
    const cameOf = (of: Inputs['ledgers']) => {
      const outcome = simulateTexts({ terms: at, ledgers: of, asOf: until }, []);
      if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.faults));
      return outcome.simulation.today.quarters;
    };
    const same = cameOf({ ...ledgers, invoices: { rows } });
    const all = cameOf(ledgers);
    return ['2014-Q3', '2014-Q4'].map((quarter) => {
      const [expected, came, total] = [forecast, same, all].map(
        (quarters) => quarters.find((row) => row.quarter === quarter)?.paid ?? 0n,
      ) as [bigint, bigint, bigint];
      const money = (amount: bigint) => groupThousands(formatMinor(amount, 2));
      const error = came === 0n ? '–' : `${formatMinor(((expected - came) * 1000n) / came, 1)}%`;
      return `| ${level} | ${quarter} | ${money(expected)} | ${money(came)} | ${error} | ${money(total)} |`;
    });
  });
  return lines.join('\n');
}

test('the error of a forecast of AdventureWorks is the one that docs/simulation.md shows', async () => {
  expect(readFileSync('docs/simulation.md', 'utf8')).toContain(await backTest());
});

/** Explanations of lines and of what is open, by hand: slices of returns and of cash, re-rated sales, what pays back, what keeps. */
import { describe, expect, test } from 'vitest';
import { explainCash } from '../../src/explain/cash.js';
import { comebackOf } from '../../src/explain/comeback.js';
import { instalmentText } from '../../src/explain/forecast/coming-part.js';
import { openLines } from '../../src/explain/forecast/open-lines.js';
import { invoiceCash } from '../../src/explain/invoice-cash.js';
import { explainLines, type LineExplanation } from '../../src/explain/lines.js';
import { explainPay } from '../../src/explain/reps.js';
import { shortPayers } from '../../src/explain/short-pay.js';
import { formatMinor, formatPercent, formatUnits, round } from '../../src/money.js';
import type { Ratio } from '../../src/ratio.js';
import { type Given, invoice, payment, quotasOf, sale, table, workspace } from '../support/build.js';
import { compIn } from '../support/comp.js';
import { copyOf } from '../support/folder.js';
import { explainedOf, type FullCalculation, inputsOf } from '../support/run.js';

function explained(given: Given): FullCalculation {
  return explainedOf(inputsOf(workspace(given)));
}

function lineOf(given: Given, id: string): LineExplanation {
  const [line] = explainLines(explained(given), id);
  if (line === undefined) throw new Error(id);
  return line;
}

/** Amounts of these workspaces have two decimals, so that a unit is a cent. */
const cents = ({ n, d }: Ratio) => formatMinor(round(n, d, 'half-even'), 2);

describe('R4.3 the slices of a booking', () => {
  const given: Given = {
    plan: { level: 0, rate: table('quarter') },
    quotas: quotasOf(2025, '1000.00'),
    invoices: [sale('I1', '2025-01-15', '1500.00'), sale('I2', '2025-02-15', '-700.00')],
  };
  const slicesOf = (id: string) => {
    const { rate } = lineOf(given, id);
    if (rate.kind !== 'marginal') throw new Error(rate.kind);
    return rate.slices.map((slice) => [cents(slice.base), formatPercent(slice.rate), cents(slice.amount)]);
  };

  test('above 0 climb through the bands', () => {
    expect(slicesOf('I1')).toEqual([
      ['1000.00', '5%', '50.00'],
      ['500.00', '8%', '40.00'],
    ]);
  });

  test('below 0 fall through them: from 1,500.00 to 800.00 of 1,000.00', () => {
    expect(slicesOf('I2')).toEqual([
      ['-200.00', '5%', '-10.00'],
      ['-500.00', '8%', '-40.00'],
    ]);
  });
});

test('R4.4 a sale that was re-rated has a step for each rate', () => {
  const { rate } = lineOf(
    {
      plan: { level: 0, rate: table('quarter', 'retroactive') },
      quotas: quotasOf(2025, '1000.00'),
      invoices: [sale('I1', '2025-01-15', '600.00'), sale('I2', '2025-02-15', '500.00')],
    },
    'I1',
  );
  // 60% of the quota at first, 110% with the second sale.
  expect(rate).toMatchObject({ kind: 'retroactive' });
  if (rate.kind !== 'retroactive') return;
  expect(rate.steps.map(({ date, sourceId, rate: own }) => [date, sourceId, formatPercent(own)])).toEqual([
    ['2025-01-15', 'I1', '5%'],
    ['2025-02-15', 'I2', '8%'],
  ]);
});

describe('R12.4 cash that is paid for', () => {
  const bands = [
    { fromAmount: '0', rate: '1%' },
    { fromAmount: '500.00', rate: '2%' },
  ];
  const cash = {
    id: 'cash',
    credit: 'cash',
    level: undefined,
    rate: { attainment: 'quarter', table: bands },
  };
  const changes = (amount: string) =>
    explainCash(
      explained({
        plan: cash,
        invoices: [invoice('I1')],
        payments: [payment('P1', 'I1', '2025-02-10', amount)],
      }),
      'I1',
    ).flatMap(({ events }) => events.flatMap((event) => event.changes));

  test('in two bands has the slices in place of a rate', () => {
    const [change] = changes('800.00');
    expect(change?.rate).toBeUndefined();
    expect(change?.slices.map(({ base, rate }) => [cents(base), formatPercent(rate)])).toEqual([
      ['500.00', '1%'],
      ['300.00', '2%'],
    ]);
  });

  test('in one band has its rate, and no slices', () => {
    const [change] = changes('400.00');
    expect(change?.slices).toEqual([]);
    expect(change?.rate && formatPercent(change.rate)).toBe('1%');
  });
});

describe('R5.7 what gives back what was taken back', () => {
  const comeback = (...payments: readonly (readonly [string, string])[]) => {
    const found = comebackOf(
      lineOf(
        {
          plan: { level: 1, clawback: { pastDueDays: 60 } },
          invoices: [invoice('I1', { due_date: '2025-02-14' })],
          payments: payments.map(([date, amount], at) => payment(`P${at}`, 'I1', date, amount)),
        },
        'I1',
      ),
    );
    return found && [formatUnits(found.first, 2, 2), formatUnits(found.rest, 2, 2)];
  };

  test('is what is due and was not collected', () => {
    expect(comeback(['2025-02-01', '400.00'])).toEqual(['0.00', '600.00']);
    expect(comeback(['2025-02-01', '400.00'], ['2025-05-01', '100.00'])).toEqual(['0.00', '500.00']);
    expect(comeback(['2025-05-01', '1000.00'])).toBeUndefined();
  });

  test('comes after what was refunded beyond what had been paid', () => {
    expect(comeback(['2025-02-01', '100.00'], ['2025-03-01', '-250.00'])?.[0]).toBe('150.00');
  });
});

test('R16.4 the instalments that become late are named in order', () => {
  const late = (...numbers: number[]) =>
    instalmentText({ instalments: 4, late: numbers.map((number) => ({ number })) });
  expect([late(), late(2), late(1, 2), late(1, 2, 4)]).toEqual([
    '',
    'instalment 2 of 4',
    'instalments 1 and 2 of 4',
    'instalments 1, 2 and 4 of 4',
  ]);
});

describe('what is open', () => {
  const lineIn = (given: Given) => {
    const [line] = [...openLines(explained({ plan: { level: 1, clawback: { pastDueDays: 60 } }, ...given }))];
    return line;
  };

  test('R16.5 has the latest reason of the dispute that covers the day', () => {
    const dispute = (from: string, reason: string, to?: string) => ({ invoice_id: 'I1', from, to, reason });
    const disputes = [
      dispute('2025-02-25', 'price'),
      dispute('2025-02-20', 'quality'),
      dispute('2025-02-28', ''),
      dispute('2025-01-20', 'delivery', '2025-01-31'),
    ];
    const line = lineIn({
      asOf: '2025-03-01',
      disputes,
      invoices: [invoice('I1', { due_date: '2025-02-14' })],
    });
    expect(line?.dispute).toEqual({ since: '2025-02-20', reason: 'price' });
  });

  const keep = (rate: string, amount: string) => {
    const found = lineIn({
      asOf: '2025-03-01',
      plan: { level: 1, clawback: { pastDueDays: 60 }, rate },
      invoices: [sale('I1', '2025-01-15', amount, { due_date: '2025-02-14' })],
    })?.keep;
    return found && [formatUnits(found.payment, 2, 2), formatMinor(found.kept, 2), found.pace];
  };

  test('keeps its commission by parts that are less than all of it', () => {
    expect(keep('10%', '1000.01')?.[0]).toBe('1000.00');
    expect(keep('10%', '1000.00')).toEqual(['100.00', '10.00', 'even']);
    expect(keep('10%', '1.00')).toBeUndefined();
  });
});

test('the invoices of a rep are in order of their ids, not of their dates', () => {
  const calculation = explained({
    plan: { level: 0 },
    invoices: [
      sale('I2', '2025-10-15', '100.00'),
      sale('I3', '2025-10-16', '100.00'),
      sale('I1', '2025-11-15', '1.00'),
    ],
  });
  const [pay] = explainPay(calculation.result, 'R1', '2025-Q4');
  expect(pay?.invoices.map(({ invoiceId }) => invoiceId)).toEqual(['I1', 'I2', 'I3']);
});

test('an invoice that is not there: the nearest is named', async () => {
  const dir = copyOf('scenarios/level-1');
  const { exit, stderr } = await compIn(dir, ['explain', 'INV-11', '--as-of', '2025-12-31']);
  expect(exit).toBe(2);
  expect(stderr).toMatch(/Did you mean INV-1\?/);
});

test('who pays short: the sums of the invoices of a customer', () => {
  // 95.00 of each 100.00 is paid, and each is past due: 5% is open, on three invoices.
  const ids = ['I1', 'I2', 'I3'];
  const calculation = explained({
    plan: { level: 0 },
    invoices: ids.map((id) => sale(id, '2025-01-15', '100.00', { due_date: '2025-02-14' })),
    payments: ids.map((id) => payment(`P-${id}`, id, '2025-02-10', '95.00')),
  });
  const found = shortPayers(invoiceCash(calculation), { share: { n: 1n, d: 10n }, invoices: 3 });
  expect(
    found.map((one) => ({ ...one, total: formatUnits(one.total, 2, 2), open: formatUnits(one.open, 2, 2) })),
  ).toEqual([{ customerId: 'C1', invoiceIds: ids, total: '300.00', open: '15.00' }]);
});

/** Quotas as people keep them: a row per rep with a column per quarter or month, and quarters in any spelling. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findPeriodName } from '../../src/formats/period-names.js';
import { mapRecords } from '../../src/mapping/map-records.js';
import { comp, compIn } from '../support/comp.js';
import { edit, folderWith } from '../support/folder.js';
import { answerPlans, besidesPlans } from '../support/proposal.js';

test.each([
  ['2026-Q1', '2026-Q1'],
  ['Q1 2026', '2026-Q1'],
  ['2026 Q4', '2026-Q4'],
  ['2026Q2', '2026-Q2'],
  ['Q3-26', '2026-Q3'],
  ['Q1 FY26', '2026-Q1'],
  ["FY'26 Q1", '2026-Q1'],
  ['4Q2026', '2026-Q4'],
  ['Quarter 1, 2026', '2026-Q1'],
  ['Jan 2026', '2026-01'],
  ['December 2026', '2026-12'],
  ['Sept. 2026', '2026-09'],
  ['Jan-26', '2026-01'],
  ['2026 may', '2026-05'],
  ['2026-07', '2026-07'],
  ['7/2026', '2026-07'],
])('%s is %s', (text, period) => {
  expect(findPeriodName(text)).toBe(period);
});

test.each([
  'Q5 2026',
  'Q1',
  '2026',
  'January',
  'FY26',
  'Total 2026',
  '2026-13',
  'Rep',
  '2026-01-01',
  'Mai 2026 x',
])('%s is no period with its year', (text) => {
  expect(findPeriodName(text)).toBeUndefined();
});

function quotasIn(records: readonly (readonly string[])[], mapping = {}) {
  const { ledger, faults } = mapRecords('quotas', records, mapping);
  const rows: unknown[] = [];
  ledger.rows.forEach((row) => {
    rows.push(row);
  });
  return { rows, faults, source: ledger.source };
}

describe('a row per rep', () => {
  const SHEET = [
    ['Quotas 2026'],
    ['Rep', 'Region', 'Q1 2026', 'Q2 2026', 'FY 2026'],
    ['ann', 'North', '10,000', '12,000', '22,000'],
    ['ben', 'South', '', '5,000', '5,000', ''],
  ];

  test('each cell below a quarter is a quota; an empty one is none', () => {
    const { rows, faults, source } = quotasIn(SHEET, {
      columns: { rep_id: 'Rep' },
      numberFormat: '1,234.56',
    });
    expect(faults).toEqual([]);
    expect(rows).toEqual([
      { rep_id: 'ann', quarter: '2026-Q1', quota: '10000' },
      { rep_id: 'ann', quarter: '2026-Q2', quota: '12000' },
      { rep_id: 'ben', quarter: '2026-Q2', quota: '5000' },
    ]);
    expect(source).toMatchObject({ rows: 3, notRecords: 0 });
  });

  test('each cell below a month is a quota of that month', () => {
    const { rows, faults } = quotasIn([
      ['rep_id', 'Jan 2026', 'Feb-26'],
      ['ann', '1.00', '2.00'],
    ]);
    expect(faults).toEqual([]);
    expect(rows).toEqual([
      { rep_id: 'ann', quarter: '2026-01', quota: '1.00' },
      { rep_id: 'ann', quarter: '2026-02', quota: '2.00' },
    ]);
  });

  test('a cell that is no number is a fault in its row', () => {
    const { faults } = quotasIn(
      [
        ['rep_id', 'Q1 2026'],
        ['ann', '1.00'],
        ['ben', 'tbd'],
      ],
      { numberFormat: '1,234.56' },
    );
    expect(faults).toMatchObject([
      { code: 'malformed-number', column: 'quota', place: { record: 2 }, found: 'tbd' },
    ]);
  });

  test('with columns for quarter and quota, other periods are only columns', () => {
    const { rows } = quotasIn([
      ['rep_id', 'quarter', 'quota', 'Q1 2026'],
      ['ann', 'Q3 2026', '5.00', '9.00'],
    ]);
    expect(rows).toMatchObject([{ rep_id: 'ann', quarter: '2026-Q3', quota: '5.00' }]);
  });

  test('a sheet without years keeps its fault', () => {
    const { faults } = quotasIn([
      ['rep_id', 'Q1', 'Q2'],
      ['ann', '1.00', '2.00'],
    ]);
    expect(faults.map(({ code }) => code)).toEqual(['missing-column', 'missing-column']);
  });
});

test('init --from proposes such a sheet, and the close uses it', async () => {
  const dir = folderWith({
    'i.csv': 'Invoice No,Date,Customer,Rep,Amount,Currency\nA,2026-02-01,C,ann,150.00,USD\n',
    'q.csv':
      'Rep,Team,Jan 2026,Feb 2026,Mar 2026,Total\nann,North,"1,000.00","1,000.00","2,000.00","4,000.00"\n',
  });
  const { stdout } = await comp([
    ...['init', join(dir, 'ws'), '--json', '--from', join(dir, 'i.csv'), '--quotas', join(dir, 'q.csv')],
  ]);
  const found = besidesPlans(JSON.parse(stdout));
  expect(found).toMatchObject({ questions: [], stops: [] });
  answerPlans(join(dir, 'ws'));
  expect(found.ledgers.quotas).toMatchObject({
    columns: [{ key: 'rep_id', value: 'Rep' }],
    keys: [{ key: 'numberFormat', value: '1,234.56' }],
    unused: ['Total (amounts)', 'Team'],
  });
  edit(join(dir, 'ws'), 'comp.yaml', (text) =>
    text.replace('    rate: 5%', '    rate: {attainment: quarter, table: [{from: 0%, rate: 5%}]}'),
  );
  const checked = JSON.parse((await compIn(join(dir, 'ws'), ['check', '--json'])).stdout);
  expect(checked).toMatchObject({ faults: [], exceptions: [] });
  expect(checked.controls.quotas.used).toMatchObject({ rows: 3, amount: '4000.00' });
});

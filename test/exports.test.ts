/** Exports as twelve systems and some spreadsheets write them are read as they are, and every row is accounted for. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PRESET_NAMES } from '../src/mapping/presets.js';
import { DecimalSum, negated } from '../src/money.js';
import { comp, compIn, newFolder } from './support/comp.js';

const EXPORTS = join(import.meta.dirname, '..', 'fixtures', 'exports');
const FOLDERS = readdirSync(EXPORTS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** Those whose files are a header and rows, and nothing else. */
const FLAT = [
  'business-central',
  'chargebee',
  'freshbooks',
  'line-items',
  'netsuite',
  'plan-sheets',
  'sage-50',
  'sap',
  'semicolon-day-first',
  'stripe',
  'stripe-balance',
  'windows-1252',
  'xero',
  'xero-snapshot',
  'zoho-books',
];

interface Total {
  readonly rows: number;
  readonly amount?: string;
  readonly total?: string;
}

/** What became of a ledger's rows; a fate that is missing has none. */
interface LedgerExpected {
  readonly documents?: number;
  readonly read?: Total;
  readonly used?: Total;
  readonly later?: Total;
  readonly setAside?: Total;
  readonly leftOut?: Total;
  readonly notRecords?: number;
  /** Where rows are in several currencies: those that are used, by currency. */
  readonly byCurrency?: Readonly<Record<string, Total>>;
}

type Figures = Readonly<Record<string, string>>;

/** Worked out by hand: the README of each folder has the sums. */
interface Expected {
  readonly asOf: string;
  readonly ledgers: Readonly<Record<string, LedgerExpected>>;
  readonly exceptions?: Readonly<Record<string, number>>;
  readonly quarters: Readonly<Record<string, Readonly<Record<string, Figures>>>>;
  readonly months?: Readonly<Record<string, Readonly<Record<string, Figures>>>>;
}

interface ResultRecord {
  readonly controls: Readonly<Record<string, Readonly<Record<string, Total | number>>>>;
  readonly exceptionCounts: Readonly<Record<string, number>>;
}

const FATES = ['used', 'later', 'setAside', 'leftOut'] as const;

/** What the exports of a folder come to, calculated once. */
async function calculated(folder: string) {
  const found = CALCULATED.get(folder) ?? calculatedIn(join(EXPORTS, folder), expectedOf(folder).asOf);
  CALCULATED.set(folder, found);
  return await found;
}

const CALCULATED = new Map<string, ReturnType<typeof calculatedIn>>();

async function calculatedIn(dir: string, asOf: string) {
  const out = join(newFolder(), 'out');
  const config = join(dir, 'comp.yaml');
  const ran = await comp(['calc', '--config', config, '--as-of', asOf, '--out', out, '--json', '--quiet']);
  expect(ran.stderr).toBe('');
  expect(ran.exit).toBe(0);
  return { out, record: JSON.parse(ran.stdout) as ResultRecord };
}

function expectedOf(folder: string): Expected {
  return JSON.parse(readFileSync(join(EXPORTS, folder, 'expected.json'), 'utf8')) as Expected;
}

/** The rows of a result file; no cell of these has a comma in it but names in quotes. */
function rowsOf(path: string): Record<string, string>[] {
  const [header = [], ...rows] = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) =>
      Array.from(line.matchAll(/("([^"]*)"|[^,]*)(?:,|$)/g), ([, cell = '', quoted]) => quoted ?? cell),
    );
  return rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])));
}

function figuresOf(path: string, period: string, expected: Expected['quarters']) {
  const found: Record<string, Record<string, Figures>> = {};
  for (const row of rowsOf(path)) {
    const rep = row['rep_id'] ?? '';
    const when = row[period] ?? '';
    const asked = Object.keys(expected[rep]?.[when] ?? row);
    found[rep] = {
      ...found[rep],
      [when]: Object.fromEntries(asked.map((name) => [name, row[name] ?? ''])),
    };
  }
  return found;
}

describe('exports', () => {
  test.each(FOLDERS)('R8.4 %s', async (folder) => {
    const expected = expectedOf(folder);
    const { out, record } = await calculated(folder);
    expect(Object.keys(record.controls).sort()).toEqual(Object.keys(expected.ledgers).sort());
    for (const [ledger, said] of Object.entries(expected.ledgers)) {
      const { read, notRecords, documents, byCurrency, ...fates } = record.controls[ledger] as Record<
        string,
        Total
      >;
      expect({ ledger, documents }).toEqual({ ledger, documents: said.documents });
      expect({ ledger, rows: notRecords?.rows }).toEqual({ ledger, rows: said.notRecords ?? 0 });
      for (const fate of FATES)
        expect({ ledger, fate, ...fates[fate] }).toMatchObject({ ledger, fate, rows: 0, ...said[fate] });
      if (said.read !== undefined) expect(read).toMatchObject(said.read);
      const used = Object.entries(said.byCurrency ?? {}).map(([code, total]) => [code, { used: total }]);
      expect(byCurrency ?? {}).toMatchObject(Object.fromEntries(used));
    }
    expect(record.exceptionCounts).toEqual(expected.exceptions ?? {});
    expect(figuresOf(join(out, 'quarters.csv'), 'quarter', expected.quarters)).toEqual(expected.quarters);
    if (expected.months !== undefined) {
      expect(figuresOf(join(out, 'months.csv'), 'month', expected.months)).toEqual(expected.months);
    }
  });

  test.each(
    FOLDERS,
  )('R8.4 of %s every row and every cent is used, later, set aside, left out or no record', async (folder) => {
    const { record } = await calculated(folder);
    for (const [ledger, totals] of Object.entries(record.controls)) {
      const { read, documents: _, byCurrency: __, ...fates } = totals as Record<string, Total>;
      const parts = Object.values(fates) as readonly Total[];
      const rows = parts.reduce((sum, part) => sum + part.rows, 0);
      expect({ ledger, rows }).toEqual({ ledger, rows: read?.rows });
      for (const figure of ['amount', 'total'] as const) {
        const rest = new DecimalSum().add(negated(read?.[figure] ?? '0'));
        for (const part of parts) rest.add(part[figure] ?? '0');
        expect({ ledger, figure, rest: rest.text() }).toEqual({
          ledger,
          figure,
          rest: expect.stringMatching(/^0(\.0+)?$/),
        });
      }
    }
  });

  test.each(FLAT)('R8.5 the rows of %s may stand in any order', async (folder) => {
    const dir = join(newFolder(), folder);
    cpSync(join(EXPORTS, folder), dir, { recursive: true });
    for (const name of readdirSync(dir).filter((name) => /\.(csv|txt)$/.test(name))) {
      const [header = '', ...rows] = readFileSync(join(dir, name), 'latin1').trimEnd().split(/\r?\n/);
      writeFileSync(join(dir, name), `${[header, ...rows.reverse()].join('\n')}\n`, 'latin1');
    }
    const forwards = await calculated(folder);
    const backwards = await calculatedIn(dir, expectedOf(folder).asOf);
    for (const file of ['quarters.csv', 'postings.csv']) {
      expect(readFileSync(join(backwards.out, file), 'utf8')).toBe(
        readFileSync(join(forwards.out, file), 'utf8'),
      );
    }
    expect(backwards.record.controls).toEqual(forwards.record.controls);
  });

  test('R9.1 a fault in a file that is several ledgers is reported once', async () => {
    const dir = join(newFolder(), 'case');
    cpSync(join(EXPORTS, 'xero'), dir, { recursive: true });
    const file = join(dir, 'sales-invoices.csv');
    writeFileSync(file, readFileSync(file, 'utf8').replace('Sent,Paid', 'Sent,Paid,x'));
    const ran = await compIn(dir, ['check', '--as-of', '2026-03-31', '--quiet']);
    expect(ran.exit).toBe(2);
    expect(ran.stderr).toMatch(/^sales-invoices.csv:2 +45 cells/);
    expect(ran.stderr).toContain('1 fault in 1 file.');
  });

  test('every preset has an export that it reads', () => {
    const used = FOLDERS.flatMap((folder) =>
      Array.from(
        readFileSync(join(EXPORTS, folder, 'comp.yaml'), 'utf8').matchAll(/preset: ([\w-]+)/g),
        ([, name]) => name,
      ),
    );
    expect([...new Set(used)].sort()).toEqual([...PRESET_NAMES].sort());
  });
});

/** Large plain files: read piece by piece, in two threads where two are large, and again where somebody asks for rows. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LedgerTable } from '../src/engine/r2-ledgers/ledger-table.js';
import { type RowFormat, scanTable } from '../src/ledgers/scan-table.js';
import { loadWorkspace } from '../src/workspace/load.js';
import { readTableFile } from '../src/workspace/table-file.js';
import { isQuick } from './support/depth.js';
import { folderWith } from './support/folder.js';
import { BUILT_WORKSPACE } from './support/program.js';
import { forAll } from './support/property.js';

const HEADER = 'payment_id,payment_date,amount\n';
const FORMAT: RowFormat = {
  delimiter: ',',
  cells: 3,
  columns: [
    { name: 'payment_id', kind: 'id', at: 0 },
    { name: 'payment_date', kind: 'date', at: 1 },
    { name: 'amount', kind: 'amount', at: 2 },
  ],
};

const file = join(folderWith({}), 'payments.csv');

function read(text: string, piece?: number) {
  writeFileSync(file, text);
  const layOut = () => ({ from: 1, start: HEADER.length, format: FORMAT });
  return readTableFile(file, { encoding: undefined, layOut }, piece);
}

function scan(text: string): LedgerTable | undefined {
  return scanTable(Buffer.from(text), HEADER.length, FORMAT);
}

function seen(table: LedgerTable | undefined) {
  if (table === undefined) return undefined;
  const { length, scale, texts, days, amounts } = table;
  const ids = texts['payment_id'];
  return {
    length,
    scale,
    ids: Array.from({ length }, (_, row) => ids?.at(row)),
    days: [...(days['payment_date'] ?? [])],
    amounts: [...(amounts['amount'] ?? [])],
  };
}

const cell = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom('P1', 'Ärger', '"a, b"', '', 'x'.repeat(20), ' p ') },
  { weight: 1, arbitrary: fc.constantFrom('a"b', '\u0000', '😀') },
);
const date = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom('2025-01-31', '') },
  { weight: 1, arbitrary: fc.constant('2025-02-30') },
);
const row = fc.tuple(cell, date, fc.constantFrom('1.5', '-20', '.125', '')).map((cells) => cells.join(','));
const line = fc.oneof(
  { weight: 20, arbitrary: row },
  { weight: 2, arbitrary: fc.constantFrom('', ' ') },
  { weight: 1, arbitrary: fc.constantFrom('short', `${'y'.repeat(100)},,`) },
);
const csv = fc
  .record({
    lines: fc.array(line, { maxLength: 12 }),
    eol: fc.constantFrom('\n', '\r\n'),
    isEnded: fc.boolean(),
  })
  .map(({ lines, eol, isEnded }) => HEADER + lines.join(eol) + (isEnded ? eol : ''));

describe('a file read piece by piece', () => {
  test('is what it is in one piece, wherever the pieces end', () => {
    forAll(
      fc.tuple(csv, fc.integer({ min: 32, max: 200 })),
      ([text, piece], meet) => {
        const whole = text.includes('\u0000') ? undefined : scan(text);
        const read1 = read(text);
        expect(seen(read1?.table)).toEqual(seen(whole));
        const pieces = read(text, piece);
        const longest = Math.max(...text.split('\n').map((one) => Buffer.byteLength(one) + 1));
        if (longest <= piece) expect(seen(pieces?.table)).toEqual(seen(whole));
        else if (pieces !== undefined) expect(seen(pieces.table)).toEqual(seen(whole));
        if (whole !== undefined && pieces !== undefined && text.length > piece) meet('several pieces');
        if (whole === undefined) meet('odd');
      },
      { 'several pieces': 0.05, odd: 0.1 },
    );
  });

  test('has its hash, its top, and whether each line is a record', () => {
    const text = `${HEADER}P1,2025-01-31,1.50\nP2,2025-02-01,2\n`;
    const plain = read(text, 40);
    expect(plain?.sha256).toBe(createHash('sha256').update(text).digest('hex'));
    expect(plain?.isLineEach).toBe(true);
    expect(Buffer.from(plain?.top ?? []).toString()).toBe(HEADER);
    expect(read(`${text}\n`)?.isLineEach).toBe(false);
  });

  test('is left to the plain way where it is no UTF-8, packed, or not there', () => {
    expect(read(`${HEADER}P1,2025-01-31,1\n`)).toBeDefined();
    const layOut = () => ({ from: 1, start: HEADER.length, format: FORMAT });
    for (const bytes of [
      Buffer.from([0xff, 0xfe, 65, 0]),
      Buffer.from([0x1f, 0x8b, 8]),
      Buffer.from('é', 'latin1'),
    ]) {
      writeFileSync(file, Buffer.concat([bytes, Buffer.from(HEADER)]));
      expect(readTableFile(file, { encoding: undefined, layOut })).toBeUndefined();
    }
    expect(readTableFile(`${file}.none`, { encoding: undefined, layOut })).toBeUndefined();
    expect(readTableFile(join(file, '..'), { encoding: undefined, layOut })).toBeUndefined();
  });
});

const INVOICES = 'invoice_id,customer_id,rep_id,invoice_date,amount\n';
const CONFIG = {
  currency: 'USD',
  ledgers: { invoices: 'invoices.csv', payments: 'payments.csv' },
  plans: [{ id: 'ae', level: 3, rate: '5%' }],
};
const FILES = {
  'comp.yaml': JSON.stringify(CONFIG),
  'invoices.csv': `${INVOICES}I1,C1,R1,2025-01-15,10.00\nI2,C1,R2,2025-01-16,20.00\n`,
  'payments.csv': 'payment_id,invoice_id,payment_date,amount\nP1,I1,2025-02-01,2.5\n',
};

test.skipIf(isQuick)('two large files are read in two threads, and come to the same', async () => {
  // Threads run what is built.
  const built = pathToFileURL(join(BUILT_WORKSPACE, 'load.js')).href;
  const { loadWorkspace: load } = (await import(built)) as { loadWorkspace: typeof loadWorkspace };
  const config = join(folderWith(FILES), 'comp.yaml');
  const [two, one] = await Promise.all(
    [0, Number.POSITIVE_INFINITY].map((threadFrom) => load(config, {}, { tableFrom: 0, threadFrom })),
  );
  for (const ledger of ['invoices', 'payments'] as const) {
    const tables = [two, one].map((workspace) => workspace?.ledgers[ledger]?.table);
    const texts = tables.map((table) =>
      Object.entries(table?.texts ?? {}).map(([name, column]) => [
        name,
        Array.from({ length: column.length }, (_, index) => column.at(index)),
      ]),
    );
    expect(tables[0]).toBeDefined();
    expect(texts[0]).toEqual(texts[1]);
    expect(tables[0]?.amounts).toEqual(tables[1]?.amounts);
    expect(tables[0]?.days).toEqual(tables[1]?.days);
  }
  expect(two?.inputs).toEqual(one?.inputs);
});

test('a file that has changed when its rows are read again is an error', async () => {
  const dir = folderWith(FILES);
  const { ledgers } = await loadWorkspace(join(dir, 'comp.yaml'), {}, { tableFrom: 0 });
  expect(ledgers.invoices.table?.length).toBe(2);
  const rows: unknown[] = [];
  ledgers.invoices.rows.forEach((one) => {
    rows.push(one.invoice_id);
  });
  expect(rows).toEqual(['I1', 'I2']);
  writeFileSync(
    join(dir, 'invoices.csv'),
    `${INVOICES}I1,C1,R1,2025-01-15,11.00\nI2,C1,R2,2025-01-16,20.00\n`,
  );
  expect(() => ledgers.invoices.rows.forEach(() => {})).toThrow(
    'invoices.csv has changed while it was read. Run comp again.',
  );
});

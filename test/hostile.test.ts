/** Input that means harm: it ends in a clear fault or is plain text, within bounded memory. */
import { closeSync, ftruncateSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { calcIn, compIn, filesIn } from './support/comp.js';
import { folderWith } from './support/folder.js';
import { program } from './support/program.js';
import { readRows } from './support/scenario.js';

const TURNING = /[\u202a-\u202e\u2066-\u2069]/;

const HEADER = 'invoice_id,customer_id,rep_id,invoice_date,amount\n';
const ROW = 'I1,C1,R1,2025-01-10,1000.00\n';

function workspace(files: Record<string, string | Uint8Array> = {}, invoices = 'invoices.csv'): string {
  return folderWith({
    'comp.yaml': `currency: USD\nledgers:\n  invoices: ${invoices}\nplans:\n  - {id: p, level: 3, rate: 10%}\n`,
    'invoices.csv': HEADER + ROW,
    ...files,
  });
}

async function calc(dir: string) {
  return calcIn(dir, '2025-12-31');
}

/** The program as a process: how it ended, and the most memory it had, in MiB. */
async function measured(dir: string) {
  const report = "process.on('exit', () => console.error('RSS', process.resourceUsage().maxRSS))";
  const { exit, stderr } = await program(['calc', '--as-of', '2025-12-31'], {
    cwd: dir,
    first: `data:text/javascript,${report}`,
  });
  return { exit, stderr, memory: Number(/RSS (\d+)/.exec(stderr)?.[1]) / 1024 };
}

const GIB = 1024 ** 3;

describe('size', () => {
  test('a line of 1 GiB is given up after a MiB or two', async () => {
    const dir = workspace();
    const file = openSync(join(dir, 'invoices.csv'), 'w');
    writeSync(file, `${HEADER}I1,`);
    ftruncateSync(file, GIB);
    closeSync(file);
    const { exit, stderr, memory } = await measured(dir);
    expect([exit, stderr]).toEqual([2, expect.stringContaining('line-too-long')]);
    expect(memory).toBeLessThan(250);
  });

  test('a gzip bomb is not unpacked to its end', async () => {
    // Members of a gzip file that follow each other are one text.
    const member = gzipSync(Buffer.alloc(GIB / 64, 'a'), { level: 1 });
    const bomb = Buffer.concat(Array.from({ length: 64 }, () => member));
    expect(bomb.length).toBeLessThan(8 * 1024 ** 2);
    const dir = workspace({ 'invoices.csv': bomb });
    const { exit, stderr, memory } = await measured(dir);
    expect([exit, stderr]).toEqual([2, expect.stringContaining('unpacks-too-large')]);
    expect(memory).toBeLessThan(1200);
  });

  test('a quote that never closes is told where it opens', async () => {
    const dir = workspace({ 'invoices.csv': `${HEADER}${ROW}\nI2,"C2,R1,2025-01-10,5\n${ROW.repeat(1000)}` });
    const { exit, stderr } = await calc(dir);
    expect([exit, stderr]).toEqual([2, expect.stringContaining('invoices.csv:4 ')]);
    const long = workspace({
      'invoices.csv': `${HEADER}${ROW}I2,"C2,R1,2025-01-10,5\n${ROW.repeat(100_000)}`,
    });
    expect((await calc(long)).stderr).toContain('line-too-long');
  });

  test('a fault does not repeat a cell of 900 kB', async () => {
    const cell = 'x'.repeat(900_000);
    for (const row of [`I1,C1,R1,${cell},5`, `I1,C1,R1,2025-01-10,${cell}`, `I1,C1,${cell},2025-01-10,5`]) {
      const rows = `${HEADER}${row}\n${row}\n`;
      for (const more of [[], ['--json']]) {
        const { exit, stdout, stderr } = await calcIn(
          workspace({ 'invoices.csv': rows }),
          '2025-12-31',
          ...more,
        );
        expect([exit, (stdout + stderr).length]).toEqual([2, expect.any(Number)]);
        expect((stdout + stderr).length).toBeLessThan(10_000);
      }
    }
  });

  test('ten thousand columns', async () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `c${index}`);
    const wide = `${HEADER.trim()},${names.join(',')}\nI1,C1,R1,2025-01-10,5,${names.join(',')}\n`;
    expect((await calc(workspace({ 'invoices.csv': wide }))).exit).toBe(0);
    const { exit, stderr } = await calc(workspace({ 'invoices.csv': wide.replace('amount', 'amuont') }));
    expect([exit, stderr]).toEqual([2, expect.stringContaining('and 9985 more')]);
    expect(stderr.length).toBeLessThan(2000);
  });
});

describe('plan files', () => {
  const plan = (text: string) => workspace({ 'comp.yaml': text });

  test.each<[string, string]>([
    [
      'aliases that explode',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']
        .map((key, at) => `${key}: &${key} [${Array(9).fill(`*${'abcdefghi'[at]}`).join(',')}]`)
        .join('\n')}\ncurrency: USD\n`,
    ],
    ['an alias of itself', 'plans: &p [*p]\n'],
    ['lists in lists in lists', `plans: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`],
    ['maps in maps in maps', `plans: ${'{a: '.repeat(5_000)}1${'}'.repeat(5_000)}\n`],
    ['keys of the prototype', '__proto__: {currency: USD}\nconstructor: x\n'],
    ['tags', 'plans: !!js/function "function () { process.exit(9) }"\n'],
    ['nothing', ''],
    ['a NUL byte', 'currency: "\0"\n'],
  ])('%s', async (_, text) => {
    const { exit, stderr } = await calc(plan(text));
    expect(exit, stderr).toBe(2);
    expect(stderr).toMatch(/\d faults? in 1 file/);
  });

  test('keys of the prototype in a mapping are headers and values like others', async () => {
    const dir = workspace(
      { 'invoices.csv': `${HEADER.trim()},constructor\nI1,C1,constructor,2025-01-10,5,toString\n` },
      '{file: invoices.csv, where: {constructor: toString}, values: {rep_id: {constructor: R7, hasOwnProperty: R8}}}',
    );
    expect((await calc(dir)).stderr).toContain('Wrote');
    expect(readRows(join(dir, 'out', 'quarters.csv'))[0]?.['rep_id']).toBe('R7');
  });

  test('the one key that would be lost is refused, wherever it stands', async () => {
    const dir = workspace({}, '{file: invoices.csv, where: {__proto__: {in: [toString]}}}');
    const { exit, stderr } = await calc(dir);
    expect(exit).toBe(2);
    expect(stderr).toMatch(/comp\.yaml:3:42 {2}__proto__ +unknown-key/);
  });
});

describe('ids', () => {
  test.each([
    '__proto__',
    'constructor',
    '../x',
    '/etc/passwd',
    'x'.repeat(10_000),
    'a b',
    '٣',
    'é',
    '\u001b[31m',
  ])('%j is an id like any other', async (id) => {
    const dir = workspace({ 'invoices.csv': `${HEADER}${id},${id},${id},2025-01-10,5\n` });
    const before = readdirSync(dir);
    const { exit, stderr, stdout } = await calc(dir);
    expect(exit, stderr).toBe(0);
    expect(stdout).not.toContain('\u001b');
    expect(readRows(join(dir, 'out', 'postings.csv'))[0]).toMatchObject({ rep_id: id, invoice_id: id });
    expect(readdirSync(dir).sort()).toEqual([...before, 'out'].sort());
  });

  test('a name that turns text around does so on no screen', async () => {
    const id = '\u2069\u202eevil';
    const dir = workspace({ 'invoices.csv': `${HEADER}I1,${id},${id},2025-01-10,5\n` });
    const out = ['--out', join(dir, 'pages')];
    expect(await compIn(dir, ['statement', '--quarter', '2025-Q1', ...out])).toMatchObject({ exit: 0 });
    expect(
      await compIn(dir, ['report', '--as-of', '2025-12-31', '--out', join(dir, 'pages', 'report.html')]),
    ).toMatchObject({ exit: 0 });
    const pages = Object.values(filesIn(join(dir, 'pages')));
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) expect(page).not.toMatch(TURNING);
    for (const args of [
      ['explain', 'I1'],
      ['explain', 'I1', '--json'],
      ['ageing'],
      ['calc', '--json', ...out],
    ]) {
      const { stdout, stderr } = await compIn(dir, [...args, '--as-of', '2025-12-31']);
      expect(stdout + stderr).not.toMatch(TURNING);
    }
    // The file has the name as it is.
    expect(readFileSync(join(dir, 'pages', 'postings.csv'), 'utf8')).toContain(id);
  });

  test('a formula is shown as text', async () => {
    const id = "=cmd|' /C calc'!A0";
    const dir = workspace({ 'invoices.csv': `${HEADER}"${id}",C1,R1,2025-01-10,5\n` });
    await calc(dir);
    expect(readFileSync(join(dir, 'out', 'postings.csv'), 'utf8')).toContain(`'${id}`);
  });

  test('a lone surrogate is no UTF-8, and no UTF-16', async () => {
    const spoilt = Buffer.concat([
      Buffer.from(`${HEADER}I1,`),
      Buffer.from([0xed, 0xa0, 0x80]),
      Buffer.from(',R1,2025-01-10,5\n'),
    ]);
    expect((await calc(workspace({ 'invoices.csv': spoilt }))).stderr).toContain('not-utf8');
    const utf16 = Buffer.from(`\ufeff${HEADER}I1,\ud800,R1,2025-01-10,5\n`, 'utf16le');
    const dir = workspace({ 'invoices.csv': utf16 });
    expect((await calc(dir)).stderr).toContain('wrong-encoding');
    expect(filesIn(join(dir, 'out'))).toEqual({});
  });
});

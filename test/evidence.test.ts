/** R11.8 The evidence of a close: a fresh reader sees who, what, when and from which inputs, and calculates it again. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { renewHead } from '../src/workspace/closes/current-head.js';
import { sealedText } from '../src/workspace/closes/sealed.js';
import { comp, compIn, newFolder, type Ran } from './support/comp.js';
import { copyOf, edit, folderWith, treeOf } from './support/folder.js';
import { allOf, type Element, pageOf, wordsOf } from './support/page.js';

const AT = { today: '2025-07-03', time: '10:00:00+02:00' };

function on(dir: string, ...args: readonly string[]): Promise<Ran> {
  return compIn(dir, args, AT);
}

async function done(dir: string, ...args: readonly string[]): Promise<Ran> {
  const ran = await on(dir, ...args);
  expect({ args, ...ran }).toMatchObject({ exit: 0 });
  return ran;
}

/** Packs the evidence of a period and unpacks it elsewhere. */
async function unpacked(dir: string, period: string) {
  const out = join(newFolder(), 'evidence.zip');
  const { stderr } = await done(dir, 'evidence', period, '--out', out);
  const bytes = readFileSync(out);
  const files = unzipSync(bytes);
  const folder = newFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  const page = strFromU8(files['index.html'] as Uint8Array);
  return { bytes, files, folder, page, text: wordsOf(allOf(pageOf(page), 'main')[0] as Element), stderr };
}

/** Runs the commands that the page states, in the folder that they go to. */
async function performed(folder: string): Promise<readonly Ran[]> {
  const { commands } = JSON.parse(readFileSync(join(folder, 'evidence.json'), 'utf8')) as {
    commands: string[];
  };
  const [cd = '', ...others] = commands;
  const dir = join(folder, cd.replace(/^cd /, ''));
  const all: Ran[] = [];
  for (const command of others) {
    const [, name = '', ...flags] = command.split(' ');
    const placed = flags.map((flag) => (flag.startsWith('../') ? join(dir, flag) : flag));
    all.push(await comp([name, ...placed, '--config', join(dir, 'comp.yaml')], { today: '2030-01-01' }));
  }
  return all;
}

describe('the pack', () => {
  test('answers who, what, when and from which inputs, and is calculated again where it is unpacked', async () => {
    const dir = copyOf('scenarios/level-1');
    await done(dir, 'close', '2025-Q1', '--archive', '--by', 'Ana Lima');
    await done(dir, 'approve', '2025-Q1', '--by', 'M. Reyes', '--note', 'agreed <to> the bank');
    await done(dir, 'handed-over', '2025-Q1', '--by', 'Pat');
    const { files, folder, page, text, stderr } = await unpacked(dir, '2025-Q1');
    expect(stderr).toContain('Calculated again from its inputs, every byte matches.');
    for (const fact of [
      'Evidence of the close of 2025-Q1',
      'Approved by M. Reyes.',
      '750.00 USD to 1 rep',
      'by Ana Lima, 2025-07-03 10:00 +02:00',
      'by Pat, 2025-07-03 10:00 +02:00',
      'Every byte matches , from the copies of its inputs in the close',
      'agreed <to> the bank',
      'tester on test-host',
      'invoices.csv',
      'Nothing is closed after it',
    ])
      expect(text).toContain(fact);
    // Self-contained, and every link leads to a file of the pack.
    expect(page).not.toMatch(/(src|href)="(https?:|\/)/);
    const links = allOf(pageOf(page), 'a').map(({ attrs }) => decodeURIComponent(attrs[0]?.value ?? ''));
    expect(links.length).toBeGreaterThan(10);
    for (const link of links) expect(Object.keys(files)).toContain(link);
    for (const name of ['comp.yaml', 'invoices.csv', 'payments.csv'])
      expect(strFromU8(files[`workspace/${name}`] as Uint8Array)).toBe(readFileSync(join(dir, name), 'utf8'));
    expect(treeOf(join(folder, 'workspace', 'closes'))).toEqual(treeOf(join(dir, 'closes')));
    const [verified, history, preview] = await performed(folder);
    expect(verified).toMatchObject({ exit: 0, stderr: '' });
    expect(verified?.stdout).toContain('re-run from its archive: every byte matches');
    expect(history?.stdout).toContain('M. Reyes');
    expect(preview).toMatchObject({ exit: 0 });
    expect(Object.keys(treeOf(join(folder, '2025-Q1')))).toContain('payroll.csv');
  });

  test('is the same bytes each time, and says nothing of when it was packed', async () => {
    const dir = copyOf('scenarios/level-1');
    await done(dir, 'close', '2025-Q1', '--archive', '--no-pages');
    const { bytes } = await unpacked(dir, '2025-Q1');
    const out = join(newFolder(), 'again.zip');
    expect(await compIn(dir, ['evidence', '2025-Q1', '--out', out], { today: '2031-01-01' })).toMatchObject({
      exit: 0,
    });
    expect(readFileSync(out).equals(bytes)).toBe(true);
  });

  test('has the inputs of a close without an archive if they are still there, and is calculated again from them', async () => {
    const dir = copyOf('scenarios/level-1');
    await done(dir, 'close', '2025-Q1', '--no-pages');
    const { text, folder } = await unpacked(dir, '2025-Q1');
    expect(text).toContain('Every byte matches , from the files of the workspace');
    const [verified] = await performed(folder);
    expect(verified).toMatchObject({ exit: 0 });
    expect(verified?.stdout).toContain('re-run from the inputs that are here: every byte matches');
    edit(dir, 'payments.csv', (csv) => `${csv}\n`);
    const later = await unpacked(dir, '2025-Q1');
    expect(later.text).toContain('Not from its inputs');
    expect(later.stderr).toContain('they are not in it');
    expect(Object.keys(later.files).filter((name) => /workspace\/(payments|comp)/.test(name))).toEqual([]);
    expect((await performed(later.folder))[0]).toMatchObject({ exit: 0 });
  });

  test('lists what later closes posted for the period', async () => {
    const dir = folderWith({
      'comp.yaml':
        'currency: USD\nledgers: { invoices: invoices.csv }\nplans: [{ id: ae, level: 0, rate: 10% }]\n',
      'invoices.csv':
        'invoice_id,customer_id,rep_id,invoice_date,due_date,amount\nA,Acme,R1,2025-01-10,,1000.00\nB,Bolt,R2,2025-02-10,,500.00\n',
    });
    await done(dir, 'close', '2025-Q1', '--archive', '--no-pages');
    // 200.00 less for R1, 70.00 more for R2: 20.00 less and 7.00 more.
    edit(dir, 'invoices.csv', (csv) => csv.replace('1000.00', '800.00').replace('500.00', '570.00'));
    await done(dir, 'close', '2025-Q2', '--no-pages');
    const { page, text, files } = await unpacked(dir, '2025-Q1');
    const rows = allOf(pageOf(page), 'tr').map((row) =>
      allOf(row)
        .filter(({ tagName }) => /^t[dh]$/.test(tagName))
        .map(wordsOf),
    );
    expect(rows).toContainEqual(['2025-Q2', 'R1', '1', '\u221220.00', '\u221220.00']);
    expect(rows).toContainEqual(['2025-Q2', 'R2', '1', '+7.00', '+7.00']);
    expect(rows).toContainEqual(['Total', '', '2', '\u221213.00', '\u221213.00']);
    expect(text).toContain('In 2025-Q2: see below');
    const { adjustedSince } = JSON.parse(strFromU8(files['evidence.json'] as Uint8Array));
    expect(adjustedSince).toMatchObject({
      through: '2025-Q2',
      postings: [
        { repId: 'R1', net: '-20.00' },
        { repId: 'R2', net: '7.00' },
      ],
    });
  });

  test('keeps inputs in their places when they are beside the workspace', async () => {
    const dir = newFolder();
    for (const [name, content] of Object.entries(treeOf(copyOf('scenarios/level-1')))) {
      const path = join(dir, name === 'comp.yaml' ? 'a/ws/comp.yaml' : `exports/${name}`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(
        path,
        name === 'comp.yaml' ? content.replace(/"(\w+\.csv)"/g, '"../../exports/$1"') : content,
      );
    }
    await done(join(dir, 'a/ws'), 'close', '2025-Q1', '--archive', '--no-pages');
    const { folder, files } = await unpacked(join(dir, 'a/ws'), '2025-Q1');
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining(['workspace/in/in/comp.yaml', 'workspace/exports/invoices.csv']),
    );
    expect((await performed(folder))[0]?.stdout).toContain('every byte matches');
  });

  test('is refused for an open period, a damaged close, and a place where it must not be', async () => {
    const dir = copyOf('scenarios/level-1');
    await done(dir, 'close', '2025-Q1', '--no-pages');
    const before = treeOf(dir);
    const refused = async (...args: readonly string[]) => (await on(dir, 'evidence', ...args)).stderr;
    const out = join(newFolder(), 'e.zip');
    expect(await refused('2025-Q2', '--out', out)).toContain('not-closed R11.6');
    expect(await refused('2025-Q1', '--out', join(dir, 'closes', 'e.zip'))).toContain('for closes only');
    expect(await refused('2025-Q1', '--out', join(dir, 'invoices.csv'))).toContain('output-is-input');
    expect(treeOf(dir)).toEqual(before);
    edit(join(dir, 'closes', '2025-Q1'), 'payroll.csv', (csv) => csv.replace('750', '850'));
    expect(await refused('2025-Q1', '--out', out)).toContain('closes/2025-Q1/payroll.csv');
  });
});

test('R11.7 a close of a version without reps.csv is calculated again like any other', async () => {
  const dir = copyOf('scenarios/level-1');
  await done(dir, 'close', '2025-Q1', '--archive', '--no-pages');
  const closes = join(dir, 'closes');
  const { seal: _, ...record } = JSON.parse(readFileSync(join(closes, '2025-Q1', 'close.json'), 'utf8'));
  const files = record.files.filter(({ name }: { readonly name: string }) => name !== 'reps.csv');
  expect(files).toHaveLength(record.files.length - 1);
  writeFileSync(join(closes, '2025-Q1', 'close.json'), sealedText({ ...record, files }));
  rmSync(join(closes, '2025-Q1', 'reps.csv'));
  await renewHead(closes);
  expect((await done(dir, 'verify')).stdout).toContain('re-run from its archive: every byte matches');
});

test('R11.9 a close that payroll has only an earlier file of says so', async () => {
  const dir = copyOf('scenarios/level-1');
  await done(dir, 'close', '2025-Q1', '--archive', '--no-pages');
  await done(dir, 'handed-over', '2025-Q1');
  await done(dir, 'reopen', '2025-Q1', '--reason', 'late cash');
  await done(dir, 'close', '2025-Q1', '--archive', '--no-pages');
  const { text, folder } = await unpacked(dir, '2025-Q1');
  expect(text).toContain('Not recorded; payroll has the files of closes/reopened/1-2025-Q1');
  expect((await performed(folder))[0]?.stdout).toContain('every byte matches');
});

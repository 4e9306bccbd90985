/** What the machine refuses, and files that are none: each is a sentence and exit code 2, and nothing is half-written. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compIn } from './support/comp.js';
import { isQuick } from './support/depth.js';
import { copyOf, edit, folderWith, treeOf } from './support/folder.js';
import { BIN, program } from './support/program.js';

const isRoot = process.getuid?.() === 0;

describe('R11.5 what is closed is known, or nothing is calculated', () => {
  /** A workspace with a close, whose figures the ledgers no longer come to. */
  async function closed(): Promise<string> {
    const dir = copyOf('scenarios/level-1');
    expect(await compIn(dir, ['close', '2025-Q1', '--quiet'])).toMatchObject({ exit: 0 });
    edit(dir, 'invoices.csv', (text) => text.replace('10000.00', '90000.00'));
    return dir;
  }

  async function expectRefused(dir: string, why: string): Promise<void> {
    const out = ['--out', join(dir, 'out')];
    const tried = [
      ['calc', ...out],
      ['check'],
      ['report', ...out],
      ['statement', ...out, '--quarter', '2025-Q2'],
      ['close', '2025-Q2'],
      ['verify'],
    ];
    for (const args of tried) {
      const asOf = args[0] === 'close' || args[0] === 'verify' ? [] : ['--as-of', '2025-12-31'];
      const { exit, stdout, stderr } = await compIn(dir, [...args, ...asOf]);
      expect({ args, exit, stdout }).toEqual({ args, exit: 2, stdout: '' });
      if (args[0] !== 'close') expect(stderr).toContain(`it cannot be read: ${why}`);
      expect(treeOf(join(dir, 'out'))).toEqual({});
    }
  }

  test('a link that leads nowhere', async () => {
    const dir = await closed();
    renameSync(join(dir, 'closes'), join(dir, 'elsewhere'));
    symlinkSync('/not/mounted', join(dir, 'closes'));
    await expectRefused(dir, 'it is a link to a folder that does not exist');
  });

  test('a file', async () => {
    const dir = await closed();
    rmSync(join(dir, 'closes'), { recursive: true });
    writeFileSync(join(dir, 'closes'), '');
    await expectRefused(dir, 'it is not a folder');
  });

  test.skipIf(isRoot)('a folder that the user must not read', async () => {
    const dir = await closed();
    chmodSync(join(dir, 'closes'), 0);
    await expectRefused(dir, 'you do not have permission');
    chmodSync(join(dir, 'closes'), 0o755);
  });

  test('a link to a folder is a folder', async () => {
    const dir = await closed();
    renameSync(join(dir, 'closes'), join(dir, 'elsewhere'));
    symlinkSync(join(dir, 'elsewhere'), join(dir, 'closes'));
    expect(await compIn(dir, ['verify'])).toMatchObject({ exit: 0 });
  });
});

describe.skipIf(process.platform === 'win32')('what is no file is not read', () => {
  const workspace = () =>
    folderWith({
      'comp.yaml':
        'currency: USD\nledgers: {invoices: invoices.csv}\nplans:\n  - {id: p, level: 3, rate: 10%}\n',
      'invoices.csv': 'invoice_id,customer_id,rep_id,invoice_date,amount\nI1,C1,R1,2025-01-10,1000.00\n',
    });

  test.each([
    ['/dev/zero', 'it is a device, and not a file'],
    ['/dev/null', 'it is a device, and not a file'],
    ['pipe', 'it is a pipe, and not a file'],
  ])('%s as a ledger and as comp.yaml', async (target, why) => {
    for (const name of ['invoices.csv', 'comp.yaml']) {
      const dir = workspace();
      rmSync(join(dir, name));
      if (target === 'pipe') execFileSync('mkfifo', [join(dir, name)]);
      else symlinkSync(target, join(dir, name));
      const { exit, stderr } = await compIn(dir, ['check', '--as-of', '2025-12-31']);
      expect({ exit, stderr }).toEqual({
        exit: 2,
        stderr: expect.stringContaining(`cannot be read: ${why}.`),
      });
    }
  });

  test('in the place of a file of a close', async () => {
    const dir = copyOf('scenarios/level-1');
    await compIn(dir, ['close', '2025-Q1', '--quiet']);
    for (const name of ['close.json', 'postings.csv']) {
      const path = join(dir, 'closes', '2025-Q1', name);
      const bytes = readFileSync(path);
      rmSync(path);
      symlinkSync('/dev/zero', path);
      for (const args of [['verify'], ['calc', '--as-of', '2025-12-31', '--out', join(dir, 'out')]]) {
        const { exit, stderr } = await compIn(dir, args);
        expect({ exit, stderr }).toEqual({
          exit: 2,
          stderr: expect.stringContaining(`closes/2025-Q1/${name}  it is missing or cannot be read`),
        });
      }
      rmSync(path);
      writeFileSync(path, bytes);
    }
  });

  test.skipIf(isQuick)('but the output of a command, as a shell passes it', () => {
    const dir = workspace();
    const comp = `${process.execPath} ${join(BIN, 'comp.js')}`;
    const typed = `cat invoices.csv | ${comp} calc --as-of 2025-12-31 --quiet --invoices /dev/stdin`;
    execFileSync('bash', ['-c', typed], { cwd: dir });
    expect(readFileSync(join(dir, 'out', 'postings.csv'), 'utf8')).toContain('I1');
  });
});

describe('R8.5 nothing but what comp made is swept away', () => {
  test('what a user keeps beside results, and what looks like ours', async () => {
    const dir = copyOf('scenarios/level-1');
    for (const name of ['.comp-backup', '.comp-new-idea']) {
      mkdirSync(join(dir, 'out', name), { recursive: true });
      writeFileSync(join(dir, 'out', name, 'notes.txt'), 'precious');
    }
    const args = ['calc', '--as-of', '2025-12-31', '--out', join(dir, 'out'), '--quiet'];
    expect(await compIn(dir, args)).toMatchObject({ exit: 0 });
    expect(treeOf(join(dir, 'out'))).toMatchObject({
      '.comp-backup/notes.txt': 'precious',
      '.comp-new-idea/notes.txt': 'precious',
    });
  });
});

describe('a folder for temporary files', () => {
  test('that is not there is named, and every other close is looked at', async () => {
    const dir = copyOf('scenarios/level-1');
    await compIn(dir, ['close', '2025-Q1', '--archive', '--quiet']);
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = '/not/there';
    try {
      const { exit, stderr } = await compIn(dir, ['verify']);
      expect(exit).toBe(2);
      expect(stderr).toMatch(/^\/not\/there +system-refused/);
      expect(stderr).toContain('Choose another folder with TMPDIR.');
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
  });
});

describe.skipIf(isQuick || process.platform !== 'linux')('standard output', () => {
  const shell = (dir: string, typed: string) => {
    const comp = `${process.execPath} ${join(BIN, 'comp.js')}`;
    return execFileSync('bash', ['-c', typed.replaceAll('comp ', `${comp} `)], {
      cwd: dir,
      encoding: 'utf8',
    });
  };

  test('on a full disk', () => {
    const dir = copyOf('scenarios/level-1');
    const said = shell(dir, 'comp ageing --as-of 2025-12-31 --json 2>&1 >/dev/full; echo "exit $?"');
    expect(said).toBe(
      'Standard output cannot be written: the disk is full. What is above is not complete.\nexit 2\n',
    );
  });

  test('that its reader has closed', () => {
    const dir = copyOf('scenarios/level-1');
    const said = shell(
      dir,
      '(sleep 0.5; comp ageing --as-of 2025-12-31 --json 2>err; echo "exit $?" >>err) | true; cat err',
    );
    expect(said).toBe(
      'Standard output cannot be written: its reader has closed it. What is above is not complete.\nexit 2\n',
    );
  });

  test('of a command that is not known does not move the cursor', async () => {
    const { exit, stderr } = await program(['\u001b[2Jx']);
    expect(exit).toBe(2);
    expect(stderr).not.toContain('\u001b');
  });
});

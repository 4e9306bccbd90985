/** `comp close --preview`, and the pages that a close keeps: what is a draft, what is closed, and how to have it again. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compIn, newFolder } from './support/comp.js';
import { copyOf, edit, treeOf } from './support/folder.js';
import { pageOf, wordsOf } from './support/page.js';
import { workbookAt } from './support/workbook.js';

const FIGURES = [
  'attainment.csv',
  'entries.csv',
  'exceptions.csv',
  'journal.csv',
  'ledger-rows.csv',
  'payroll-lines.csv',
  'payroll.csv',
  'postings.csv',
  'quarters.csv',
  'reps.csv',
];
const PAGES = ['close.xlsx', 'report.html', 'statements/index.html', 'statements/statement-2025-Q1-R1.html'];

function wordsIn(...path: string[]): string {
  return wordsOf(pageOf(readFileSync(join(...path), 'utf8')));
}

async function stateIn(path: string): Promise<unknown> {
  const book = await workbookAt(path, readFileSync(path));
  return book.rows('Read me').find(([name]) => name === 'state')?.[1];
}

describe('a preview', () => {
  test('writes what a close would write but for the record, marked as a draft, and closes nothing', async () => {
    const dir = copyOf('scenarios/level-1');
    const out = join(newFolder(), 'preview');
    const ran = await compIn(dir, ['close', '2025-Q1', '--preview', '--out', out], { today: '2025-03-10' });
    expect(ran.exit).toBe(0);
    expect(ran.stdout).toContain('DRAFT · 2025-Q1 is not closed. Its figures count until 2025-03-31.');
    expect(ran.stderr).toContain('Nothing was closed. Wrote ');
    expect(ran.stderr).toContain(
      '2025-Q1 ends on 2025-03-31, and today is 2025-03-10: its close needs --early.',
    );
    expect(existsSync(join(dir, 'closes'))).toBe(false);
    const preview = treeOf(out);
    expect(Object.keys(preview).sort()).toEqual([...FIGURES, ...PAGES].sort());
    const draft = 'DRAFT 2025-Q1 is not closed. Its figures count until 31 Mar 2025.';
    for (const page of PAGES.filter((name) => name.endsWith('.html'))) {
      expect(wordsIn(out, page), page).toContain(draft);
    }
    expect(await stateIn(join(out, 'close.xlsx'))).toMatch(/^DRAFT: 2025-Q1 is not closed\./);
    // A close has the same figures.
    expect((await compIn(dir, ['close', '2025-Q1'], { today: '2025-04-03' })).exit).toBe(0);
    const closed = treeOf(join(dir, 'closes', '2025-Q1'));
    for (const name of FIGURES) expect(closed[name], name).toEqual(preview[name]);
    expect(Object.keys(closed).sort()).toEqual([...FIGURES, ...PAGES, 'close.json'].sort());
    for (const page of PAGES.filter((name) => name.endsWith('.html'))) {
      expect(wordsIn(dir, 'closes', '2025-Q1', page), page).toContain(
        'CLOSED 2025-Q1 was closed on 3 Apr 2025. Record: closes/2025-Q1/close.json.',
      );
    }
    expect(await stateIn(join(dir, 'closes', '2025-Q1', 'close.xlsx'))).toMatch(
      /^CLOSED: 2025-Q1 was closed/,
    );
  });

  test('is refused like a close', async () => {
    const dir = copyOf('scenarios/level-1');
    const out = join(newFolder(), 'preview');
    for (const period of ['2025-Q2', '2025-03', '2025-Q9']) {
      const ran = await compIn(dir, ['close', period, '--preview', '--out', out]);
      expect({ period, exit: ran.exit }).toEqual({ period, exit: 2 });
    }
    const inside = await compIn(dir, ['close', '2025-Q1', '--preview', '--out', join(dir, 'closes', 'x')]);
    expect(inside.exit).toBe(2);
    expect(existsSync(out)).toBe(false);
    expect((await compIn(dir, ['close', '2025-Q1', '--out', out])).stderr).toContain('--out needs --preview');
  });
});

describe('a closed period', () => {
  test('has its report, workbook and statements again, whatever has become of the ledgers', async () => {
    const dir = copyOf('scenarios/level-1');
    expect((await compIn(dir, ['close', '2025-Q1', '--quiet'])).exit).toBe(0);
    const closed = treeOf(join(dir, 'closes', '2025-Q1'));
    edit(dir, 'invoices.csv', (text) => text.replace(',5000.00,', ',6000.00,'));
    const out = join(newFolder(), 'again');
    const ran = await compIn(dir, ['close', '2025-Q1', '--preview', '--out', out]);
    expect(ran).toMatchObject({ exit: 0, stdout: '' });
    expect(ran.stderr).toContain('2025-Q1 is already closed. Wrote ');
    const { 'close.json': _, ...kept } = closed;
    expect(treeOf(out)).toEqual(kept);
    const page = join(out, 'page.html');
    expect((await compIn(dir, ['report', '--period', '2025-Q1', '--out', page])).exit).toBe(0);
    expect(readFileSync(page)).toEqual(readFileSync(join(dir, 'closes', '2025-Q1', 'report.html')));
    const statements = join(out, 's');
    expect((await compIn(dir, ['statement', '--quarter', '2025-Q1', '--out', statements])).exit).toBe(0);
    expect(wordsIn(statements, 'statement-2025-Q1-R1.html')).toContain(
      'CLOSED 2025-Q1 was closed on 31 Dec 2025.',
    );
  });

  test('without pages has them made anew, unless the ledgers no longer come to its figures', async () => {
    const dir = copyOf('scenarios/level-1');
    expect((await compIn(dir, ['close', '2025-Q1', '--quiet', '--no-pages'])).exit).toBe(0);
    expect(Object.keys(treeOf(join(dir, 'closes', '2025-Q1'))).sort()).toEqual(
      [...FIGURES, 'close.json'].sort(),
    );
    const out = join(newFolder(), 'again');
    expect((await compIn(dir, ['close', '2025-Q1', '--preview', '--out', out])).exit).toBe(0);
    expect(Object.keys(treeOf(out)).sort()).toEqual([...FIGURES, ...PAGES].sort());
    expect(wordsIn(out, 'report.html')).toContain('CLOSED 2025-Q1 was closed on 31 Dec 2025.');
    edit(dir, 'invoices.csv', (text) => text.replace(',5000.00,', ',6000.00,'));
    const changed = join(newFolder(), 'changed');
    const ran = await compIn(dir, ['close', '2025-Q1', '--preview', '--out', changed]);
    expect(ran.exit).toBe(0);
    expect(ran.stderr).toContain('They cannot be made now, because the ledgers have changed since.');
    expect(Object.keys(treeOf(changed)).sort()).toEqual(FIGURES);
    const report = await compIn(dir, ['report', '--period', '2025-Q1', '--out', join(changed, 'page.html')]);
    expect(report).toMatchObject({ exit: 2 });
    expect(report.stderr).toContain('closed-as-of');
  });

  test('keeps its pages under its record: a changed one is found', async () => {
    const dir = copyOf('scenarios/level-1');
    expect((await compIn(dir, ['close', '2025-Q1', '--quiet', '--archive'])).exit).toBe(0);
    expect((await compIn(dir, ['verify'])).stdout).toContain('every byte matches');
    const page = join(dir, 'closes', '2025-Q1', 'statements', 'statement-2025-Q1-R1.html');
    writeFileSync(page, readFileSync(page, 'utf8').replace('</h1>', ' </h1>'));
    writeFileSync(join(dir, 'closes', '2025-Q1', 'statements', 'more.html'), '');
    const { exit, stderr } = await compIn(dir, ['verify']);
    expect(exit).toBe(2);
    expect(stderr).toContain(
      'closes/2025-Q1/statements/statement-2025-Q1-R1.html  it is not what comp wrote',
    );
    expect(stderr).toContain('closes/2025-Q1/statements/more.html  it does not belong to the close');
    const again = await compIn(dir, ['close', '2025-Q1', '--preview', '--out', newFolder()]);
    expect(again).toMatchObject({ exit: 2 });
    expect(again.stderr).toContain('close-damaged');
  });
});

test('a statement without a period and a reopening without a reason name what to add', async () => {
  const dir = copyOf('scenarios/level-1');
  const statement = await compIn(dir, ['statement']);
  expect(statement.exit).toBe(2);
  expect(statement.stderr).toContain('statements need a period: add --quarter 2025-Q1');
  const reopen = await compIn(dir, ['reopen', '2025-Q1']);
  expect(reopen.exit).toBe(2);
  expect(reopen.stderr).toContain('an undone close is kept with the reason: add --reason');
});

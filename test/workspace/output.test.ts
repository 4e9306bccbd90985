/** What a command may not overwrite: inputs, and anything among closes. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeOutput } from '../../src/workspace/output.js';
import { filesIn, newFolder } from '../support/comp.js';

const FILES = [{ name: 'quarters.csv', pieces: ['a,', 'b\n'] }];

function folder() {
  const dir = newFolder();
  return { dir, guarded: { inputs: [join(dir, 'invoices.csv')], closes: join(dir, 'closes') } };
}

describe('output', () => {
  test('is in place, and stale files are gone', async () => {
    const { dir, guarded } = folder();
    const out = join(dir, 'out');
    mkdirSync(out);
    writeFileSync(join(out, 'months.csv'), 'old');
    const written = await writeOutput({ dir: out, files: FILES, stale: ['months.csv'], path: out }, guarded);
    expect(written).toEqual({ finished: [], fault: undefined });
    expect(filesIn(out)).toEqual({ 'quarters.csv': 'a,b\n' });
  });

  test.each([
    ['written', { files: [{ name: 'invoices.csv', pieces: ['x'] }], stale: [] }],
    ['removed', { files: FILES, stale: ['invoices.csv'] }],
  ])('never takes the place of an input that would be %s', async (_, output) => {
    const { dir, guarded } = folder();
    writeFileSync(join(dir, 'invoices.csv'), 'mine');
    const { fault } = await writeOutput({ dir, ...output, path: 'here' }, guarded);
    expect(fault).toMatchObject({ code: 'output-is-input', path: 'here', file: 'invoices.csv' });
    expect(filesIn(dir)).toEqual({ 'invoices.csv': 'mine' });
  });

  test.each(['closes', 'closes/2025-Q1', 'closes/mine/deep'])('is not written into %s', async (name) => {
    const { dir, guarded } = folder();
    const { fault } = await writeOutput(
      { dir: join(dir, name), files: FILES, stale: [], path: name },
      guarded,
    );
    expect(fault).toMatchObject({ code: 'unwritable-output', path: name });
    expect(readdirSync(dir)).toEqual([]);
  });
});

/** Every question of the catalog has a workspace that raises it, with figures by hand, and one that does not. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { QUESTION_CODES } from '../../src/lint/catalog.js';
import { QUESTION_EXAMPLES } from '../../src/reference/question-examples.js';
import { compIn } from '../support/comp.js';
import { FIXTURES } from '../support/folder.js';

const GALLERY = join(FIXTURES, 'lint');

interface Asked {
  readonly code: string;
  readonly about: Readonly<Record<string, string>>;
  readonly key?: string;
  readonly sentence: string;
  readonly figures: readonly { readonly name: string; readonly value: string }[];
}

/** The questions of a kind that a workspace raises. */
async function asked(code: string, kind: 'raises' | 'quiet'): Promise<readonly Asked[]> {
  const dir = join(GALLERY, code, kind);
  const asOf = readFileSync(join(dir, 'AS_OF'), 'utf8').trim();
  const { exit, stdout, stderr } = await compIn(dir, ['lint', '--as-of', asOf, '--json', '--quiet']);
  expect(exit, stderr + stdout).toBe(0);
  const { questions } = JSON.parse(stdout) as { readonly questions: readonly Asked[] };
  return questions.filter((question) => question.code === code);
}

describe('the gallery of questions', () => {
  test('every question has its folder, and every folder its question', () => {
    expect(readdirSync(GALLERY).sort()).toEqual([...QUESTION_CODES].sort());
  });

  test.each(QUESTION_CODES)('%s is raised, with figures by hand', async (code) => {
    const expected: unknown = JSON.parse(
      readFileSync(join(GALLERY, code, 'raises', 'expected.json'), 'utf8'),
    );
    const raised = await asked(code, 'raises');
    expect(raised[0]?.sentence).toBe(QUESTION_EXAMPLES[code]);
    const found = raised.map(({ about, key, figures }) => ({
      about,
      ...(key === undefined ? {} : { key }),
      figures: Object.fromEntries(figures.map(({ name, value }) => [name, value])),
    }));
    expect(found).toEqual(expected);
  });

  test.each(QUESTION_CODES)('%s is not raised', async (code) => {
    expect(await asked(code, 'quiet')).toEqual([]);
  });
});

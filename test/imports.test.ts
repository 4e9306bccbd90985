/** The check of imports can fail: on a circle, one of types too, and against the order of the rules. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isDeep } from './support/depth.js';
import { folderWith } from './support/folder.js';

const ROOT = join(import.meta.dirname, '..');

/** Checks a tree of these files by the rules of the project. */
function check(files: Readonly<Record<string, string>>): {
  readonly status: number | null;
  readonly text: string;
} {
  const own = ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'];
  const rules = Object.fromEntries(own.map((name) => [name, readFileSync(join(ROOT, name))]));
  const dir = folderWith({ ...rules, ...files });
  const bin = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [bin, '--config', '.dependency-cruiser.cjs', 'src'];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: dir, encoding: 'utf8' });
  return { status, text: stdout };
}

describe.runIf(isDeep)('npm run imports', () => {
  test('passes where nothing is wrong', () => {
    const { status, text } = check({
      'src/engine/r3-sales/b.ts':
        "import type { A } from '../r2-ledgers/a.js';\nexport const b: A = { n: 1 };\n",
      'src/engine/r2-ledgers/a.ts': 'export interface A {\n  readonly n: number;\n}\n',
    });
    expect([status, text]).toEqual([0, expect.stringContaining('no dependency violations')]);
  });

  test('fails on a circle of types', () => {
    const { status, text } = check({
      'src/explain/a.ts': "import type { B } from './b.js';\nexport interface A {\n  readonly b?: B;\n}\n",
      'src/explain/b.ts': "import type { A } from './a.js';\nexport interface B {\n  readonly a?: A;\n}\n",
    });
    expect(status).not.toBe(0);
    expect(text).toContain('no-circles');
  });

  test('fails on a type that is imported against the order of the rules', () => {
    const { status, text } = check({
      'src/engine/r2-ledgers/a.ts':
        "import type { B } from '../r3-sales/b.js';\nexport interface A {\n  readonly b: B;\n}\n",
      'src/engine/r3-sales/b.ts': 'export interface B {\n  readonly n: number;\n}\n',
    });
    expect(status).not.toBe(0);
    expect(text).toContain('in-order-r2-ledgers/');
  });
});

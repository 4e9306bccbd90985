/** The reference in `docs`: the columns are those of the program, and every rule that a text names is explained. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { columnsPage } from '../src/reference/columns-page.js';
import { questionsPage } from '../src/reference/questions-page.js';

const ROOT = join(import.meta.dirname, '..');
const read = (...path: readonly string[]) => readFileSync(join(ROOT, ...path), 'utf8');

test('docs/columns.md is the page that the descriptions make: npm run reference writes it', () => {
  expect(read('docs', 'columns.md')).toBe(columnsPage());
});

test('docs/lint.md is the page that the catalog of questions makes: npm run reference writes it', () => {
  expect(read('docs', 'lint.md')).toBe(questionsPage());
});

describe('docs/rules.md', () => {
  const rules = read('docs', 'rules.md');
  const anchors = new Set([...rules.matchAll(/<a id="(R[\d.]+)"><\/a>/g)].map(([, id]) => id));

  test('explains every rule that a text of the program names', () => {
    const cited = [...rulesInTexts(join(ROOT, 'src'))].filter((rule) => !anchors.has(rule));
    expect(cited).toEqual([]);
  });

  test('explains every rule that another page of the reference names', () => {
    for (const page of [
      'columns.md',
      'closing.md',
      'payroll.md',
      'recovery.md',
      'exports.md',
      'ageing.md',
      'rules.md',
    ]) {
      const cited = [...read('docs', page).matchAll(RULE)].map(([rule]) => rule);
      expect([page, cited.filter((rule) => !anchors.has(rule))]).toEqual([page, []]);
    }
  });

  test('has every code of exceptions and remarks', () => {
    const codes = ['src/problems/exception.ts', 'src/explain/remarks.ts'].flatMap((file) =>
      [
        ...read(...file.split('/')).matchAll(
          /^ +(?:'([\da-z-]+)'|(unapplied|overpaid)): (?:\{|Unused)|\| '([a-z-]+)'/gm,
        ),
      ].map(([, quoted, plain, remark]) => quoted ?? plain ?? remark),
    );
    expect(codes.length).toBe(30);
    expect(codes.filter((code) => !rules.includes(`\`${code}\``))).toEqual([]);
  });

  test('has each anchor once, before the rule that it names', () => {
    const ids = [...rules.matchAll(/<a id="(R[\d.]+)"><\/a>/g)].map(([, id]) => id);
    expect(ids.length).toBe(anchors.size);
    for (const id of ids) if (id?.includes('.')) expect(rules).toContain(`<a id="${id}"></a>**${id}`);
  });
});

describe('README.md', () => {
  const page = read('README.md');
  const { properties } = JSON.parse(read('schema', 'comp.schema.json'));

  test('has every key of comp.yaml', () => {
    const keys = Object.keys(properties).filter((key) => key !== 'plans');
    expect(keys.filter((key) => !new RegExp(`\`${key}[\`.]`).test(page))).toEqual([]);
    const ofPlans = Object.keys(properties.plans.items.properties);
    expect(ofPlans.filter((key) => !page.includes(`\`plans[].${key}`))).toEqual([]);
  });

  test('has every ledger', () => {
    const ledgers = Object.keys(properties.ledgers.properties);
    expect(ledgers.filter((ledger) => !page.includes(`\`${ledger}\``))).toEqual([]);
  });
});

const RULE = /\bR\d{1,2}(?:\.\d+)?\b/g;

/** The rules in string literals, templates and JSX-like text of a folder's sources; comments are for developers. */
function rulesInTexts(folder: string): Set<string> {
  const found = new Set<string>();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    // Most files name rules in comments only: they need not be parsed.
    if (!new RegExp(RULE).test(text.replace(/^ *(?:\*|\/\*|\/\/).*$/gm, ''))) continue;
    const visit = (node: ts.Node): void => {
      if (
        ts.isStringLiteralLike(node) ||
        ts.isTemplateHead(node) ||
        ts.isTemplateMiddleOrTemplateTail(node)
      ) {
        for (const [rule] of node.text.matchAll(RULE)) found.add(rule);
      }
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(entry.name, text, ts.ScriptTarget.Latest));
  }
  return found;
}

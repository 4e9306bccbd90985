/** docs/library.md and the README: each example compiles, runs, and prints what it says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { runInNewContext } from 'node:vm';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import * as csv from '../../src/csv.js';
import * as explain from '../../src/explain.js';
import * as library from '../../src/index.js';
import * as lint from '../../src/lint.js';
import * as payroll from '../../src/payroll.js';
import * as simulate from '../../src/simulate.js';
import { isDeep } from '../support/depth.js';

const ROOT = join(import.meta.dirname, '..', '..');
const DOORS: Readonly<Record<string, object>> = {
  clawback: library,
  'clawback/payroll': payroll,
  'clawback/explain': explain,
  'clawback/csv': csv,
  'clawback/lint': lint,
  'clawback/simulate': simulate,
};
const SOURCES: Readonly<Record<string, string>> = {
  clawback: 'index',
  'clawback/payroll': 'payroll',
  'clawback/explain': 'explain',
  'clawback/lint': 'lint',
  'clawback/csv': 'csv',
  'clawback/simulate': 'simulate',
};

/** The examples of a page: those that import the library. Those of the test kit are in examples/, and run in the packed package (scripts/check-package.mjs). */
function examplesIn(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/```ts\n([^`]*)```/g)]
    .map(([, code = '']) => code)
    .filter((code) => code.includes("from 'clawback") && !code.includes("from 'clawback/testing'"));
}

/** What an example says that it prints: the comments behind `console.log` or at its end. */
function promised(code: string): string[] {
  return [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$|^\/\/ (?!Three months)(.*)$/gm)].map(
    ([, inline, line]) => inline ?? line ?? '',
  );
}

function printedBy(code: string): string[] {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 },
  });
  const printed: string[] = [];
  const log = (...values: readonly unknown[]) =>
    printed.push(values.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' '));
  runInNewContext(outputText, {
    require: (name: string) => DOORS[name],
    exports: {},
    console: { log, error: log },
    Date,
    Error,
    JSON,
  });
  return printed;
}

const EXAMPLES = ['docs/library.md', 'README.md'].flatMap((page) =>
  examplesIn(page).map((code, at) => ({ name: `${page}, example ${at + 1}`, code })),
);

describe('examples', () => {
  test('there are some on each page', () => {
    expect(examplesIn('docs/library.md').length).toBeGreaterThanOrEqual(5);
    expect(examplesIn('README.md').length).toBeGreaterThanOrEqual(1);
  });

  test('the README shows examples/plan-change as it is', () => {
    const example = readFileSync(join(ROOT, 'examples', 'plan-change', 'plan-change.test.ts'), 'utf8');
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(`\`\`\`ts\n${example}\`\`\`\n`);
  });

  test.each(EXAMPLES)('$name prints what it says', ({ code }) => {
    expect(printedBy(code)).toEqual(promised(code));
  });

  test.runIf(isDeep)('all compile under strict', () => {
    const files = new Map(
      EXAMPLES.map(({ code }, at) => [
        join(ROOT, 'test', `example-${at}.ts`),
        code.replace(/from '(clawback[^']*)'/g, (_, door: string) => `from '../src/${SOURCES[door]}.js'`),
      ]),
    );
    const { options } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile).config,
      ts.sys,
      ROOT,
    );
    const host = ts.createCompilerHost(options);
    const { getSourceFile, fileExists } = host;
    host.fileExists = (name) => files.has(name) || fileExists.call(host, name);
    host.getSourceFile = (name, ...rest) => {
      const code = files.get(name);
      if (code === undefined) return getSourceFile.call(host, name, ...rest);
      return ts.createSourceFile(name, `${code}\nexport {};\n`, ts.ScriptTarget.ES2023, true);
    };
    const program = ts.createProgram(
      [...files.keys()],
      { ...options, noEmit: true, incremental: false },
      host,
    );
    const faults = [...files.keys()].flatMap((name) => {
      const source = program.getSourceFile(name);
      return [...program.getSemanticDiagnostics(source), ...program.getSyntacticDiagnostics(source)];
    });
    expect(faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([]);
  });
});

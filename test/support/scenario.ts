/** Reads a scenario folder (comp.yaml, ledgers, expected results) the plain way, without the code under test. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import { DEPTH } from './depth.js';

export type Rows = Record<string, string>[];

export interface Scenario {
  readonly name: string;
  readonly dir: string;
  /** comp.yaml without its ledgers. */
  readonly terms: Record<string, unknown>;
  readonly ledgers: Record<string, Rows>;
  readonly asOf: string;
  /** Expected rows by file name. */
  readonly expected: Record<string, Rows>;
}

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures');

/** The scenarios below a folder of fixtures, in order of name. */
export function scenariosIn(folder: string): Scenario[] {
  return namesIn(folder).map((name) => readScenario(name, join(FIXTURES, folder, name)));
}

function namesIn(folder: string): readonly string[] {
  const entries = readdirSync(join(FIXTURES, folder), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** The same for tests that are slow on each: all of them in CI, and an even choice of them elsewhere. */
export function someScenariosIn(folder: string): Scenario[] {
  const all = namesIn(folder);
  const every = Math.max(1, Math.ceil(all.length / MOST[DEPTH]));
  const some = all.filter((_, at) => at % every === 0);
  return some.map((name) => readScenario(name, join(FIXTURES, folder, name)));
}

const MOST = { quick: 5, normal: 5, deep: Number.POSITIVE_INFINITY };

function readScenario(name: string, dir: string): Scenario {
  const { ledgers: files, ...terms } = parseYaml(readFileSync(join(dir, 'comp.yaml'), 'utf8')) as {
    ledgers: Record<string, string>;
  };
  const ledgers = Object.fromEntries(
    Object.entries(files).map(([ledger, file]) => [ledger, readRows(join(dir, file))]),
  );
  const expectedDir = join(dir, 'expected');
  const expected = Object.fromEntries(
    (existsSync(expectedDir) ? readdirSync(expectedDir) : []).map((file) => [
      file,
      readRows(join(expectedDir, file)),
    ]),
  );
  return { name, dir, terms, ledgers, asOf: readFileSync(join(dir, 'AS_OF'), 'utf8').trim(), expected };
}

/** A CSV file as records of text. */
export function readRows(file: string): Rows {
  return parse(readFileSync(file), { columns: true, bom: true, skip_empty_lines: true, trim: true }) as Rows;
}

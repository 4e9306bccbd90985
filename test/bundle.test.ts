/** The program as it is built: what every run loads, and what it must carry. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BIN } from './support/program.js';

const ROOT = join(import.meta.dirname, '..');
const files = readdirSync(BIN).filter((name) => name.endsWith('.js'));
const text = (name: string) => readFileSync(join(BIN, name), 'utf8');

/** Packages of the library that the program does without: it hashes with `node:crypto`. */
const LIBRARY_ONLY: ReadonlySet<string> = new Set(['@noble/hashes']);

/** What a file waits for before it runs. */
function imported(name: string): string[] {
  return [...text(name).matchAll(/^(?:import|export)\b[^;]*?"([^"]+)";$/gm)].map(
    ([, from]) => from as string,
  );
}

/** Every file that is loaded before a file runs, and itself. */
function waitsOf(name: string, waits: string[] = []): string[] {
  if (waits.includes(name)) return waits;
  waits.push(name);
  for (const from of imported(name)) if (from.startsWith('./')) waitsOf(from.slice(2), waits);
  return waits;
}

describe('the built program', () => {
  test('starts with one file: commands and packages are loaded when they are asked for', () => {
    expect(imported('comp.js').filter((from) => !from.startsWith('node:'))).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')('may be run by its name, however often it is built', () => {
    expect(statSync(join(BIN, 'comp.js')).mode & 0o111).toBe(0o111);
  });

  test('has a second thread of one file', () => {
    expect(files).toContain('read-thread.js');
    expect(imported('read-thread.js').filter((from) => !from.startsWith('node:'))).toEqual([]);
  });

  test('carries its packages, with their licenses', () => {
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(files.flatMap(imported).filter((from) => !/^(node:|\.\/)/.test(from))).toEqual([]);
    const licenses = text('LICENSES.txt');
    for (const [name, version] of Object.entries(dependencies)) {
      if (LIBRARY_ONLY.has(name)) continue;
      expect(licenses).toContain(`${name} ${version}: `);
    }
  });

  test('loads neither string-width nor the words for faults where nothing asks for them', () => {
    const waits = waitsOf('calculation.js');
    for (const late of [
      'string-width.js',
      'faults.js',
      'schema.js',
      'presets.js',
      'init.js',
      'workbook.js',
    ]) {
      expect(files).toContain(late);
      expect(waits).not.toContain(late);
    }
  });

  test('draws charts for the report only, and carries the licenses of what draws', () => {
    const draws = (name: string) => waitsOf(name).some((file) => text(file).includes('zrender'));
    const commands = [
      'comp.js',
      'calculation.js',
      'check.js',
      'init.js',
      'explain.js',
      'close.js',
      'report.js',
    ];
    expect(commands.filter(draws)).toEqual(['report.js']);
    for (const name of ['echarts', 'zrender'])
      expect(text('LICENSES.txt')).toMatch(new RegExp(`^${name} [\\d.]+: `, 'm'));
    expect(text('LICENSES.txt')).toContain('developed at\nThe Apache Software Foundation');
  });

  test('has the script of the report in it as it stands in its file', () => {
    const script = readFileSync(join(ROOT, 'src', 'report-page', 'page.js'), 'utf8');
    expect(text('report-page.js')).toContain(JSON.stringify(script));
  });

  test('calculates with one more file, whatever other commands share of it', () => {
    expect(waitsOf('calculation.js')).toEqual(['calculation.js', 'comp.js']);
    expect(text('calculation.js')).toContain('quarters.csv');
  });
});

/** Runs the program in this process, with a terminal, a clock and an environment of the test's own. */
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Console } from '../../src/commands/console.js';
import { run } from '../../src/commands/program.js';

export interface Ran {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Around {
  readonly environment?: Record<string, string>;
  /** The width of the terminal; a pipe where none is given. */
  readonly columns?: number;
  readonly today?: string;
  /** Milliseconds; the time stands still where none is given. */
  readonly clock?: () => number;
}

/** Runs `comp` with these arguments. */
export async function comp(
  args: readonly string[],
  { environment = {}, columns, today = '2025-12-31', clock = () => 0 }: Around = {},
): Promise<Ran> {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const screen = { columns, isTerminal: columns !== undefined };
  const console: Console = {
    out: { ...screen, write: (text) => void stdout.push(text) },
    err: { ...screen, write: (text) => void stderr.push(text) },
    environment,
    today: () => today,
    clock,
    version: '0.0.0-test',
  };
  const exit = await run(args, console);
  return { exit, stdout: stdout.join(''), stderr: stderr.join('') };
}

/** Runs `comp calc` on the workspace in a folder; results go to its `out`. */
export function calcIn(dir: string, asOf: string, ...flags: readonly string[]): Promise<Ran> {
  const [config, out] = [join(dir, 'comp.yaml'), join(dir, 'out')];
  return comp(['calc', '--config', config, '--out', out, '--as-of', asOf, ...flags]);
}

/** A new empty folder. */
export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'comp-test-'));
}

/** The files of a folder by name; empty where there is no such folder. */
export function filesIn(dir: string): Record<string, string> {
  try {
    return Object.fromEntries(readdirSync(dir).map((name) => [name, readFileSync(join(dir, name), 'utf8')]));
  } catch {
    return {};
  }
}

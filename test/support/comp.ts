/** Runs the program in this process, with a terminal, a clock and an environment of the test's own. */
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
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
  /** The time of the day with its offset. */
  readonly time?: string;
  readonly user?: string;
  /** Milliseconds; the time stands still where none is given. */
  readonly clock?: () => number;
}

/** Runs `comp` with these arguments. */
export async function comp(
  args: readonly string[],
  { environment = {}, columns, today = '2025-12-31', ...around }: Around = {},
): Promise<Ran> {
  const { clock = () => 0, time = '12:00:00+00:00', user = 'tester' } = around;
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const screen = { columns, isTerminal: columns !== undefined };
  const console: Console = {
    out: { ...screen, write: (text) => void stdout.push(text) },
    err: { ...screen, write: (text) => void stderr.push(text) },
    environment,
    today: () => today,
    clock,
    now: () => `${today}T${time}`,
    user: () => user,
    host: () => 'test-host',
    version: '0.0.0-test',
  };
  const exit = await run(args, console);
  return { exit, stdout: stdout.join(''), stderr: stderr.join('') };
}

/** Runs a command on the workspace in a folder: `compIn(dir, ['close', '2025-Q1'])`. */
export function compIn(dir: string, args: readonly string[], around?: Around): Promise<Ran> {
  const [command = '', ...flags] = args;
  return comp([command, '--config', join(dir, 'comp.yaml'), ...flags], around);
}

/** Runs `comp calc` on the workspace in a folder; results go to its `out`. */
export function calcIn(dir: string, asOf: string, ...flags: readonly string[]): Promise<Ran> {
  return compIn(dir, ['calc', '--out', join(dir, 'out'), '--as-of', asOf, ...flags]);
}

/** A new empty folder; it is removed when all tests have run. */
export function newFolder(): string {
  return mkdtempSync(join(process.env['COMP_TEST_FOLDER'] ?? tmpdir(), sep));
}

/** The files of a folder by name; empty where there is no such folder. */
export function filesIn(dir: string): Record<string, string> {
  try {
    return Object.fromEntries(readdirSync(dir).map((name) => [name, readFileSync(join(dir, name), 'utf8')]));
  } catch {
    return {};
  }
}

/** Runs the built program in a process of its own. `comp.ts` runs it in the test's process, which is faster. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Ran } from './comp.js';

/** What `npm run build` makes. */
const DIST = join(import.meta.dirname, '..', '..', 'dist');

/** The folder of the bundled program. */
export const BIN = join(DIST, 'bin');

/** The modules of `src/workspace`, one file each. */
export const BUILT_WORKSPACE = join(DIST, 'src', 'workspace');

/** What runs a query in a process of its own. */
export const BUILT_APART = join(DIST, 'src', 'query', 'apart.js');

/** How a process of the program ended. */
export interface Ended extends Ran {
  readonly wasKilled: boolean;
}

/** What a process is started with. */
export interface Surroundings {
  readonly cwd?: string;
  /** Added to the environment of the tests. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A module that Node loads before the program, as a URL. */
  readonly first?: string;
  /** An open file that it has as its number 3: `/dev/fd/3`. */
  readonly passed?: number;
}

/** A process that has been started. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts the program with these arguments. */
export function start(
  args: readonly string[],
  { cwd, environment = {}, first, passed }: Surroundings = {},
): Running {
  const flags = first === undefined ? [] : ['--import', first];
  const child = spawn(process.execPath, [...flags, join(BIN, 'comp.js'), ...args], {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', ...(passed === undefined ? [] : [passed])],
  });
  const texts = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      texts[stream] += text;
    });
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit, signal) =>
      resolve({ exit: exit ?? -1, wasKilled: signal === 'SIGKILL', ...texts }),
    );
  });
  return { child, ended };
}

/** Runs the program to its end. */
export function program(args: readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
  return start(args, surroundings).ended;
}

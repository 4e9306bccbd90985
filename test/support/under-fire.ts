/** Runs the program again and again, kills it at random moments, and has checked what each kill leaves. */
import { type ChildProcess, spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';

const PROGRAM = join(import.meta.dirname, '..', '..', 'dist', 'bin', 'comp.js');

/** How a process of the program ended. */
export interface Ended {
  readonly wasKilled: boolean;
  readonly exit: number | null;
  readonly stderr: string;
  /** Milliseconds. */
  readonly took: number;
}

/** When to kill a run: milliseconds after its start, or after the nth sign of writing into a folder. */
export interface Moment {
  readonly after: number;
  readonly signs?: { readonly in: string; readonly count: number };
}

/** Runs the program to its end, or until it is killed. */
export async function program(args: readonly string[], cwd: string, moment?: Moment): Promise<Ended> {
  const start = performance.now();
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  const disarm = moment === undefined ? () => {} : arm(child, moment);
  let stderr = '';
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const [exit, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.on('close', (...how) => resolve(how));
  });
  disarm();
  return { wasKilled: signal === 'SIGKILL', exit, stderr, took: performance.now() - start };
}

/** Has a process killed at that moment; returns what calls it off. */
function arm(child: ChildProcess, { after, signs }: Moment): () => void {
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    if (after === 0) child.kill('SIGKILL');
    else timer ??= setTimeout(() => child.kill('SIGKILL'), after);
  };
  if (signs === undefined) {
    start();
    return () => clearTimeout(timer);
  }
  let seen = 0;
  const watcher = watch(signs.in, () => {
    seen += 1;
    if (seen >= signs.count) start();
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

/** What is run, killed and looked at. */
export interface Siege {
  readonly kills: number;
  readonly random: (below: number) => number;
  /** The program's arguments, by turn. */
  readonly args: (turn: number) => readonly string[];
  readonly cwd: string;
  /** The folder in which writing shows; it is there. */
  readonly written: string;
  /** How long a run takes by itself, in milliseconds. */
  readonly takes: number;
  /** Throws where what is left is neither the state before nor the one after, and cannot be made either. */
  readonly check: (turn: number, ended: Ended) => Promise<void>;
}

/** About how many signs a run gives of its writing, and the milliseconds between the longest pauses of them. */
const [SIGNS, PAUSE] = [19, 3];

/**
 * Runs and kills until so many runs have been killed: half of them at any moment, half while they write.
 *
 * @returns how many runs came to their end before they were killed
 */
export async function underFire({ kills, random, args, cwd, written, takes, check }: Siege): Promise<number> {
  let [killed, survived] = [0, 0];
  for (let turn = 0; killed < kills; turn += 1) {
    const atAnyMoment = { after: random(Math.ceil(takes)) };
    const whileWriting = { after: random(PAUSE), signs: { in: written, count: 1 + random(SIGNS) } };
    const ended = await program(args(turn), cwd, turn % 4 < 2 ? atAnyMoment : whileWriting);
    if (ended.wasKilled) killed += 1;
    else survived += 1;
    if (survived > 10 * kills + 100) throw new Error('runs end before they can be killed');
    await check(turn, ended);
  }
  return survived;
}

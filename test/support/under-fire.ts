/** Runs the program again and again, kills it at random moments, and has what each kill leaves checked. */
import type { ChildProcess } from 'node:child_process';
import { watch } from 'node:fs';
import { type Ended, start } from './program.js';

/** When to kill a run: milliseconds after its start, or after the nth sign of writing into a folder. */
interface Moment {
  readonly after: number;
  readonly signs?: { readonly in: string; readonly count: number };
}

/** Kills a process at that moment; returns what calls it off. */
function arm(child: ChildProcess, { after, signs }: Moment): () => void {
  let timer: NodeJS.Timeout | undefined;
  const kill = () => {
    if (after === 0) child.kill('SIGKILL');
    else timer ??= setTimeout(() => child.kill('SIGKILL'), after);
  };
  if (signs === undefined) {
    kill();
    return () => clearTimeout(timer);
  }
  let seen = 0;
  const watcher = watch(signs.in, () => {
    seen += 1;
    if (seen >= signs.count) kill();
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

/** What is run, killed and checked. */
export interface Siege {
  readonly kills: number;
  readonly random: (below: number) => number;
  /** The program's arguments, by turn. */
  readonly args: (turn: number) => readonly string[];
  readonly cwd: string;
  /** The folder in which writing shows; it exists. */
  readonly written: string;
  /** How long a run takes by itself, in milliseconds. */
  readonly takes: number;
  /** Throws where what is left is neither the state before nor the one after, and cannot be made either. */
  readonly check: (turn: number, ended: Ended) => Promise<void>;
}

/** About how many signs a run gives of its writing, and the milliseconds between the longest pauses of them. */
const [SIGNS, PAUSE] = [19, 3];

/**
 * Runs and kills until that many runs have been killed: half of them at any moment, half while they write.
 *
 * @returns how many runs came to their end before they were killed
 */
export async function underFire({ kills, random, args, cwd, written, takes, check }: Siege): Promise<number> {
  let [killed, survived] = [0, 0];
  for (let turn = 0; killed < kills; turn += 1) {
    const atAnyMoment = { after: random(Math.ceil(takes)) };
    const whileWriting = { after: random(PAUSE), signs: { in: written, count: 1 + random(SIGNS) } };
    const { child, ended } = start(args(turn), { cwd });
    const disarm = arm(child, turn % 4 < 2 ? atAnyMoment : whileWriting);
    const how = await ended;
    disarm();
    if (how.wasKilled) killed += 1;
    else survived += 1;
    if (survived > 10 * kills + 100) throw new Error('runs end before they can be killed');
    await check(turn, how);
  }
  return survived;
}

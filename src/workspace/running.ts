/** Which process it was, and whether it still runs: by its number, and by when it started, since numbers come again. */
import { readFileSync } from 'node:fs';

/** A process as it can be written down. */
export interface ProcessMark {
  readonly pid: number;
  /** When it started, by a clock of the system's own; missing where the system does not tell (all but Linux). */
  readonly start?: string;
}

/** What stands for the start of a process that has ended and that nobody has asked about yet. */
const ENDED = 'ended';

/** The process that asks. */
export function thisProcess(): ProcessMark {
  const { pid } = process;
  const start = findStart(pid);
  return start === undefined ? { pid } : { pid, start };
}

/** Whether a process of this machine is gone for certain. One that may not be looked at counts as running. */
export function isGone({ pid, start }: ProcessMark): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return true;
  }
  const found = findStart(pid);
  if (found === undefined) return false;
  return found === ENDED || (start !== undefined && found !== start);
}

function findStart(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  // The name of the program stands in parentheses and may itself have some: what follows is counted from the last.
  const [state, ...more] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' || state === 'X' ? ENDED : more[18];
}

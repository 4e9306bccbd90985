/** Identifies a process by its number and its start, since numbers are reused, and finds out whether it still runs. */
import { readFileSync } from 'node:fs';

/** A process, in a form to write to a file. */
export interface ProcessMark {
  readonly pid: number;
  /** When it started, by a clock of the system's own; only on Linux. */
  readonly start?: string;
}

/** The start of a process that has ended but is still listed. */
const ENDED = 'ended';

/** The current process. */
export function thisProcess(): ProcessMark {
  const { pid } = process;
  const start = findStart(pid);
  return start === undefined ? { pid } : { pid, start };
}

/** Whether a process of this machine is certainly gone. One that cannot be inspected counts as running. */
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
  // The name of the program is in parentheses and may contain some: count from the last one.
  const [state, ...more] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' || state === 'X' ? ENDED : more[18];
}

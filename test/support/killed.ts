/** Processes that are killed: at a step of what they do to the file system, or while they wait for somebody. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BUILT_WORKSPACE } from './program.js';

const SCRIPT = join(import.meta.dirname, 'kill-at.mjs');

/** A function of `src/workspace`, to be called in a process of its own. */
export interface Call {
  readonly module: string;
  readonly name: string;
  readonly args: readonly unknown[];
  /** The folder whose lock its process holds meanwhile. */
  readonly locked?: string;
}

/** Calls the function in a process that is killed before its nth change to the file system; false where it makes fewer. */
export function killedAt(step: number, call: Call): boolean {
  const said = JSON.stringify({ step, ...call });
  const { signal, status, stderr } = spawnSync(process.execPath, [SCRIPT, said], { encoding: 'utf8' });
  if (signal === null && status !== 0) throw new Error(stderr);
  return signal === 'SIGKILL';
}

/** A process that has said something and now waits. */
export interface Waiting {
  readonly pid: number;
  /** What it said. */
  readonly said: string;
  /** Kills it, and waits until it is gone. */
  kill(): Promise<void>;
}

/**
 * Runs a script in which `wait(text)` says something and then stands still for ten minutes, and `load(file)` loads a file of
 * `dist/src/workspace`; until it says something.
 */
export async function waiting(script: string): Promise<Waiting> {
  const start = `
    import { writeSync } from 'node:fs';
    const load = (file) => import(${JSON.stringify(pathToFileURL(BUILT_WORKSPACE).href)} + '/' + file);
    const wait = (text) => {
      writeSync(1, text);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600_000);
    };`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', start + script]);
  const said = await firstSaid(child);
  return {
    pid: child.pid as number,
    said,
    kill: () =>
      new Promise((resolve) => {
        child.on('close', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}

function firstSaid(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let complaint = '';
    child.stdout?.once('data', (data) => resolve(String(data)));
    child.stderr?.on('data', (data) => {
      complaint += data;
    });
    child.on('close', (code) => reject(new Error(`ended with ${code}: ${complaint}`)));
  });
}

/** The number of a process that is gone. */
export function goneProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

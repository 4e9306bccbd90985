#!/usr/bin/env node
/** The program: arguments in, exit code out; the only file that knows the terminal and the clock. */
import { readFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import type { WriteStream } from 'node:tty';
import { EXIT } from '../src/commands/console.js';
import { run } from '../src/commands/program.js';
import { isOfTheSystem, reasonOf } from '../src/workspace/reason.js';

/** The system may refuse anything at any time: even the files of the program itself. */
function failed(error: unknown): void {
  const isBug = !isOfTheSystem(error);
  process.exitCode = isBug ? EXIT.bug : EXIT.refused;
  const text = isBug
    ? `comp ${version ?? ''} failed. ${error instanceof Error ? error.stack : error}`
    : `The system refused what comp needs: ${reasonOf(error)} (${error.path ?? error.syscall}). No file is half-written. Correct the cause, and run the command again.`;
  process.stderr.write(`${text}\n`);
}

let version: string | undefined;
process.on('uncaughtException', failed);

const { version: own } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
version = own;

function screen(stream: WriteStream) {
  return {
    columns: stream.columns as number | undefined,
    isTerminal: stream.isTTY === true,
    write: (text: string) => void stream.write(text),
  };
}

function two(part: number): string {
  return String(part).padStart(2, '0');
}

function dayOf(time: Date): string {
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

function now(): string {
  const time = new Date();
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':');
  const ahead = -time.getTimezoneOffset();
  const offset = [Math.floor(Math.abs(ahead) / 60), Math.abs(ahead) % 60].map(two).join(':');
  return `${dayOf(time)}T${clock}${ahead < 0 ? '-' : '+'}${offset}`;
}

/** A system may have no name for a user, as in some containers. */
function user(): string {
  try {
    return userInfo().username;
  } catch {
    const { USER, USERNAME } = process.env;
    return USER ?? USERNAME ?? `user ${process.getuid?.() ?? ''}`.trim();
  }
}

let isCutShort = false;

// What was reported is not complete: the disk is full, or the reader of a pipe has closed it.
process.stdout.on('error', (error) => {
  process.exitCode = EXIT.refused;
  if (isCutShort) return;
  isCutShort = true;
  process.stderr.write(
    `Standard output cannot be written: ${reasonOf(error)}. What is above is not complete.\n`,
  );
});
// There is nowhere left to report this.
process.stderr.on('error', () => {
  isCutShort = true;
  process.exitCode = EXIT.refused;
});

// No top-level await: a file that is still waiting cannot share its modules with those that it loads.
run(process.argv.slice(2), {
  out: screen(process.stdout),
  err: screen(process.stderr),
  environment: process.env,
  today: () => dayOf(new Date()),
  now,
  user,
  host: hostname,
  // The global performance takes a millisecond to load.
  clock: () => process.uptime() * 1000,
  version: own,
}).then((exit) => {
  process.exitCode = isCutShort ? EXIT.refused : exit;
}, failed);

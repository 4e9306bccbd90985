#!/usr/bin/env node
/** The program: arguments in, exit code out; the only file that knows the terminal and the clock. */
import { readFileSync } from 'node:fs';
import type { WriteStream } from 'node:tty';
import { EXIT } from '../src/commands/console.js';
import { run } from '../src/commands/program.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

function screen(stream: WriteStream) {
  return {
    columns: stream.columns as number | undefined,
    isTerminal: stream.isTTY === true,
    write: (text: string) => void stream.write(text),
  };
}

function today(): string {
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

for (const stream of [process.stdout, process.stderr]) {
  // A reader that closes early, such as head, is no fault; a full disk is, and shows in the exit code.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exitCode = EXIT.bug;
  });
}

// No top-level await: a file that is still waiting cannot share its modules with those that it loads.
run(process.argv.slice(2), {
  out: screen(process.stdout),
  err: screen(process.stderr),
  environment: process.env,
  today,
  // The global performance takes a millisecond to load.
  clock: () => process.uptime() * 1000,
  version,
}).then(
  (exit) => {
    process.exitCode = exit;
  },
  (error: unknown) => {
    process.stderr.write(`comp ${version} failed. ${error instanceof Error ? error.stack : error}\n`);
    process.exitCode = EXIT.bug;
  },
);

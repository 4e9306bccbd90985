/** `comp init`: a workspace to start from, made up as a tutorial or proposed from exports. */
import { join } from 'node:path';
import type { Fault } from '../problems/problem.js';
import { faultRecords, faultsText } from '../reports/faults.js';
import { styleFor, widthOf } from '../reports/style.js';
import { publishNew, takenIn } from '../workspace/publish.js';
import { starter } from '../workspace/starter.js';
import { type Console, EXIT, type ExitCode } from './console.js';

export interface InitOptions {
  /** The folder of the workspace, as it was typed. */
  readonly dir: string;
  readonly json?: boolean;
}

/** Makes the workspace and tells how to go on. */
export async function init(options: InitOptions, console: Console): Promise<ExitCode> {
  const { dir, json } = options;
  const { files, period } = starter(console.today());
  const faults = writeNew(dir, files);
  if (faults.length > 0) return refuse(faults, options, console);
  const next = [...enter(dir), 'comp check', `comp calc --period ${period}`];
  const wrote = Object.keys(files);
  if (json === true) console.out.write(`${JSON.stringify({ wrote: pathsIn(dir, wrote), next }, null, 2)}\n`);
  else console.out.write(nextText(next));
  noticeWritten(dir, wrote, console);
  return EXIT.done;
}

/** Writes files that are not there yet, all or none, and never over another. */
function writeNew(dir: string, files: Readonly<Record<string, string>>): Fault[] {
  const place = { kind: 'run' } as const;
  const taken = takenIn(dir, Object.keys(files));
  if (taken.length > 0) {
    return pathsIn(dir, taken).map((path) => ({ code: 'workspace-exists', place, path }));
  }
  const outputs = Object.entries(files).map(([name, text]) => ({ name, pieces: [text] }));
  const reason = publishNew(dir, outputs);
  return reason === undefined ? [] : [{ code: 'unwritable-folder', place, path: dir, reason }];
}

function refuse(faults: readonly Fault[], { json }: InitOptions, console: Console): ExitCode {
  const { out, err, environment } = console;
  if (json === true)
    out.write(`${JSON.stringify({ faults: faultRecords(faults, (place) => place) }, null, 2)}\n`);
  else err.write(faultsText(faults, (place) => place, styleFor(err, environment), widthOf(err)));
  return EXIT.refused;
}

function noticeWritten(dir: string, names: readonly string[], { err }: Console): void {
  err.write(`Wrote ${names.join(', ')} to ${dir.replace(/(.)\/+$/, '$1')}/\n`);
}

function pathsIn(dir: string, names: readonly string[]): string[] {
  return names.map((name) => join(dir, name));
}

/** How to go to the folder from here. */
function enter(dir: string): string[] {
  if (join(dir) === '.') return [];
  return [`cd ${/^[\w./-]+$/.test(dir) && !dir.startsWith('-') ? dir : `'${dir.replaceAll("'", "'\\''")}'`}`];
}

function nextText(next: readonly string[]): string {
  return next.map((line, index) => `${index === 0 ? 'Next' : '    '}     ${line}\n`).join('');
}

/** `comp verify`: checks every file of every close against its record, and re-runs archived closes (R11.7). */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fault } from '../problems/problem.js';
import { inStyle } from '../reports/style.js';
import { type Performed, verifyText } from '../reports/verify.js';
import { unpackInto } from '../workspace/closes/archive.js';
import { checkCloses } from '../workspace/closes/check-closes.js';
import { makeClose } from '../workspace/closes/make-close.js';
import { readCloses, type StoredClose } from '../workspace/closes/read-closes.js';
import { type CalculationOptions, calculateWorkspace, closesFolder, lineOf, refuse } from './calculation.js';
import { type Console, EXIT, type ExitCode } from './console.js';
import { Progress } from './progress.js';

export type VerifyOptions = Pick<CalculationOptions, 'config' | 'json' | 'quiet'>;

/** Verifies the closes of a workspace and reports what it finds. */
export async function verify(options: VerifyOptions, console: Console): Promise<ExitCode> {
  const dir = closesFolder(options.config);
  if (!existsSync(dir) && !existsSync(options.config)) {
    const place = { kind: 'run' } as const;
    const fault: Fault = { code: 'config-not-found', place, path: options.config };
    return refuse([fault], { locate: (one) => one }, options, console);
  }
  const progress = new Progress(console, options.quiet === true);
  const checked = checkCloses(dir);
  const faults: Fault[] = [...checked.faults];
  const performed = new Map<string, Performed>();
  if (faults.length === 0) {
    const closes = readCloses(dir);
    for (const [index, close] of closes.entries()) {
      progress.stage(`Re-running ${close.period.name}`);
      const again = await rerun(close, closes.slice(0, index), console);
      performed.set(close.period.name, again.performed);
      faults.push(...again.faults);
    }
  }
  progress.done();
  if (faults.length > 0) return refuse(faults, { locate: (place) => place }, options, console);
  const { out, environment } = console;
  if (options.json === true) {
    const closes = checked.closes.map(({ record, sha256, files }) => ({
      period: record.period.name,
      closedOn: record.closedOn,
      files,
      performedAgain: performed.get(record.period.name) === 'equal',
      sha256,
    }));
    const reopened = checked.reopened.map(({ folder, record }) => ({ folder, ...record }));
    out.write(`${JSON.stringify({ closes, reopened, faults: [] }, null, 2)}\n`);
  } else if (options.quiet !== true) {
    out.write(await inStyle(out, environment, (style) => verifyText(checked, performed, style)));
  }
  return EXIT.done;
}

/** Re-runs a close from the copies of its inputs, on top of the closes before it. */
async function rerun(
  close: StoredClose,
  before: readonly StoredClose[],
  console: Console,
): Promise<{ readonly performed: Performed; readonly faults: readonly Fault[] }> {
  const { record, folder, period } = close;
  const dir = mkdtempSync(join(tmpdir(), 'comp-verify-'));
  try {
    const config = unpackInto(dir, folder, record.inputs);
    if (config === undefined) return { performed: 'no-archive', faults: [] };
    const options = { config, period: period.name, quiet: true, expect: [], files: {} };
    const { workspace, calculation, faults } = await calculateWorkspace(options, console, {
      keep: { postings: true },
      closes: before,
    });
    if (calculation === undefined) return { performed: 'different', faults };
    const other = record.inputs.find(({ role, file, sha256 }, index) => {
      const read = workspace.inputs[index];
      return read?.role !== role || read.file !== file || read.sha256 !== sha256;
    });
    if (other !== undefined) {
      const place = { kind: 'file', file: `closes/${period.name}/close.json` } as const;
      const detail = `the copy of ${other.file} is not the input that was recorded`;
      return {
        performed: 'different',
        faults: [{ code: 'close-damaged', place, detail, remedy: 'restore' }],
      };
    }
    const { version, closedOn, previous, reopened, inputs } = record;
    const files = makeClose(calculation.result, before, {
      ...{ version, closedOn, previous, reopened, inputs },
      lineOf: (exception) => lineOf(workspace, exception),
    });
    return {
      performed: 'equal',
      faults: files.flatMap(({ name, pieces }): Fault[] => {
        const now = Buffer.concat(Array.from(pieces, (piece) => Buffer.from(piece)));
        const was = readFileSync(join(folder, name));
        if (now.equals(was)) return [];
        const file = `closes/${period.name}/${name}`;
        const by = version === console.version ? '' : ` by comp ${console.version} (closed by ${version})`;
        const detail = `re-run from its inputs${by}, it differs from line ${firstLine(now, was)} on`;
        return [{ code: 'close-damaged', place: { kind: 'file', file }, detail, remedy: 'compare' }];
      }),
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The line in which the first byte differs, counted from 1. */
function firstLine(now: Uint8Array, was: Uint8Array): number {
  let line = 1;
  for (let at = 0; at < now.length && now[at] === was[at]; at += 1) if (now[at] === 10) line += 1;
  return line;
}

/** `comp init`: creates a workspace, either a sample or one proposed from exports. */
import { join } from 'node:path';
import { type Fault, invariant } from '../problems/problem.js';
import { type FaultRecord, faultRecords, faultsText } from '../reports/faults.js';
import { proposalRecord, proposalText } from '../reports/proposal.js';
import { inStyle, type Style, widthOf } from '../reports/style.js';
import type { LedgerFiles } from '../workspace/load.js';
import { type CheckFindings, proposalYaml } from '../workspace/new/proposal-yaml.js';
import { proposeWorkspace } from '../workspace/new/propose-workspace.js';
import { starter } from '../workspace/new/starter.js';
import { quartersAround } from '../workspace/new/starter-quarters.js';
import { finishPublish, publishNew, takenIn } from '../workspace/publish.js';
import { calculateWorkspace } from './calculation.js';
import { type Console, EXIT, type ExitCode } from './console.js';
import { finishedText } from './finished.js';

export interface InitOptions {
  /** The folder of the workspace, as typed. */
  readonly dir: string;
  /** Exports to propose mappings for, by ledger, relative to the current folder: with invoices among them, or none. */
  readonly files: LedgerFiles;
  readonly json?: boolean;
}

/** Creates the workspace and shows what to run next. */
export async function init(options: InitOptions, console: Console): Promise<ExitCode> {
  const { finished } = await finishPublish(options.dir);
  if (finished.length > 0) console.err.write(`${finishedText(finished, 'files', options.dir)}\n`);
  return await (options.files.invoices === undefined ? start(options, console) : proposed(options, console));
}

async function start(options: InitOptions, console: Console): Promise<ExitCode> {
  const { dir } = options;
  const { files, period } = starter(console.today());
  const faults = await writeNew(dir, files);
  if (faults.length > 0) return refuse(faults, options, console);
  const next = [...enter(dir), 'comp check', `comp calc --period ${period}`];
  return report({ names: Object.keys(files), next, record: {}, text: '' }, options, console);
}

async function proposed(options: InitOptions, console: Console): Promise<ExitCode> {
  const { dir, files } = options;
  // An existing workspace is reported before any export is read.
  const taken = existing(dir, ['comp.yaml']);
  if (taken.length > 0) return refuse(taken, options, console);
  const { workspace, faults } = proposeWorkspace(files, dir);
  if (workspace === undefined) return refuse(faults, options, console);
  const findings = await findingsIn(proposalYaml(workspace, UNCHECKED), options, console);
  const unwritten = await writeNew(dir, { 'comp.yaml': proposalYaml(workspace, findings) });
  if (unwritten.length > 0) return refuse(unwritten, options, console);
  const text = await inStyle(console.out, console.environment, (style) =>
    proposalText(workspace, findings, style),
  );
  return report(
    {
      names: ['comp.yaml'],
      next: [...enter(dir), 'comp check', ...(findings.stops.length > 0 ? [] : [calcLine(files, console)])],
      record: { ...proposalRecord(workspace), ...findings },
      text: `${text}\n`,
    },
    options,
    console,
  );
}

/** The close of the last complete quarter; with a calendar ledger, quarters have other names. */
function calcLine({ calendar }: LedgerFiles, console: Console): string {
  return calendar === undefined
    ? `comp calc --period ${quartersAround(console.today()).story[1].name}`
    : 'comp calc';
}

const UNCHECKED: CheckFindings = { stops: [], exceptions: {} };

/** What `comp check` would report on this comp.yaml: a line for each kind of fault, or the exceptions. */
async function findingsIn(config: string, { dir }: InitOptions, console: Console): Promise<CheckFindings> {
  const options = {
    config: join(dir, 'comp.yaml'),
    quiet: true,
    asOf: console.today(),
    expect: [],
    files: {},
  };
  const { workspace, faults, calculation } = await calculateWorkspace(options, console, { config, keep: {} });
  invariant(
    faults.every(({ code }) => code !== 'malformed-yaml' && code !== 'unknown-key'),
    () => 'the proposed comp.yaml cannot be read',
  );
  const kinds = new Map<string, FaultRecord[]>();
  for (const record of faultRecords(faults, workspace.locate)) {
    const kind = [record.code, record.file, record.column].join('\u0000');
    kinds.set(kind, [...(kinds.get(kind) ?? []), record]);
  }
  const exceptions: Record<string, number> = {};
  for (const { code } of calculation?.result.exceptions ?? []) exceptions[code] = (exceptions[code] ?? 0) + 1;
  const stops = [...kinds.values()].map(([first, ...more]) => stopText(first as FaultRecord, more.length));
  return { stops, exceptions };
}

function stopText({ code, file, line, subject }: FaultRecord, more: number): string {
  // Lines of comp.yaml move when the findings are written into it.
  const place = file === undefined || file === 'comp.yaml' ? '' : `${file}:${line}`;
  const others = more === 0 ? '' : `(and ${more} more)`;
  return [code, place, subject, others].filter((part) => part !== '').join('  ');
}

/** The files of these names that exist. */
function existing(dir: string, names: readonly string[]): Fault[] {
  const place = { kind: 'run' } as const;
  return pathsIn(dir, takenIn(dir, names)).map((path) => ({ code: 'workspace-exists', place, path }));
}

/** Writes new files, all or none; never overwrites one. */
async function writeNew(dir: string, files: Readonly<Record<string, string>>): Promise<Fault[]> {
  const taken = existing(dir, Object.keys(files));
  if (taken.length > 0) return taken;
  const outputs = Object.entries(files).map(([name, text]) => ({ name, pieces: [text] }));
  const { reason } = await publishNew(dir, outputs);
  if (reason === undefined) return [];
  return [{ code: 'unwritable-folder', place: { kind: 'run' }, path: dir, reason }];
}

async function refuse(faults: readonly Fault[], { json }: InitOptions, console: Console): Promise<ExitCode> {
  const { out, err, environment } = console;
  if (json === true) {
    out.write(`${JSON.stringify({ faults: faultRecords(faults, (place) => place) }, null, 2)}\n`);
  } else {
    const write = (style: Style) => faultsText(faults, (place) => place, style, widthOf(err));
    err.write(await inStyle(err, environment, write));
  }
  return EXIT.refused;
}

interface Made {
  readonly names: readonly string[];
  readonly next: readonly string[];
  /** What else to show, as data and as text. */
  readonly record: Readonly<Record<string, unknown>>;
  readonly text: string;
}

function report(
  { names, next, record, text }: Made,
  { dir, json }: InitOptions,
  { out, err }: Console,
): ExitCode {
  if (json === true) {
    out.write(`${JSON.stringify({ wrote: pathsIn(dir, names), ...record, next }, null, 2)}\n`);
  } else {
    out.write(text + next.map((line, index) => `${index === 0 ? 'Next' : '    '}     ${line}\n`).join(''));
  }
  err.write(`Wrote ${names.join(', ')} to ${dir.replace(/(.)\/+$/, '$1')}/\n`);
  return EXIT.done;
}

function pathsIn(dir: string, names: readonly string[]): string[] {
  return names.map((name) => join(dir, name));
}

/** The command that changes to the folder. */
function enter(dir: string): string[] {
  if (join(dir) === '.') return [];
  return [`cd ${/^[\w./-]+$/.test(dir) && !dir.startsWith('-') ? dir : `'${dir.replaceAll("'", "'\\''")}'`}`];
}

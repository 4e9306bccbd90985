/** `comp init`: creates a workspace, either a sample or one proposed from exports. */
import { join, relative } from 'node:path';
import { type Fault, invariant } from '../problems/problem.js';
import { type FaultRecord, faultRecords } from '../reports/faults.js';
import { proposalRecord, proposalText } from '../reports/proposal.js';
import type { Style } from '../reports/style.js';
import { isAmongCloses } from '../workspace/among-closes.js';
import { calculateWorkspace, type Surroundings } from '../workspace/calculate-workspace.js';
import type { LedgerFiles } from '../workspace/load.js';
import { type CheckFindings, proposalYaml } from '../workspace/new/proposal-yaml.js';
import { type ProposedWorkspace, proposeWorkspace } from '../workspace/new/propose-workspace.js';
import { starter } from '../workspace/new/starter.js';
import { finishPublish, publishNew, takenIn } from '../workspace/publish.js';
import type { Console, ExitCode } from './console.js';
import { calledAs } from './next-steps.js';
import { type Ending, runCommand } from './run-command.js';
import { finishedNotice, wroteNotice } from './wrote.js';

export interface InitOptions {
  /** The folder of the workspace, as typed. */
  readonly dir: string;
  /** Exports to propose mappings for, by ledger, relative to the current folder: with invoices among them, or none. */
  readonly files: LedgerFiles;
  readonly json?: boolean;
}

/** Creates the workspace and shows what to run next. */
export async function init(options: InitOptions, console: Console): Promise<ExitCode> {
  const { dir, files, json = false } = options;
  return runCommand({ json }, console, async (run) => {
    if (isAmongCloses(dir)) return { kind: 'refused', faults: [forClosesOnly(dir)] };
    const { finished } = await finishPublish(dir);
    if (finished.length > 0) run.notice(finishedNotice(finished, 'files', dir));
    const program = calledAs(console.environment);
    return files.invoices === undefined
      ? await start(dir, program, run)
      : await propose(dir, files, program, run);
  });
}

function forClosesOnly(path: string): Fault {
  const reason = 'that folder is for closes only';
  return { code: 'unwritable-folder', place: { kind: 'run' }, path, reason };
}

/** A workspace with sample data. */
async function start(dir: string, program: string, { today }: Surroundings): Promise<Ending> {
  const { files, period } = starter(today());
  const faults = await writeNew(dir, files);
  if (faults.length > 0) return { kind: 'refused', faults };
  const next = steps(dir, program, ['check', `calc --period ${period}`]);
  return ending(dir, { names: Object.keys(files), next, record: {}, text: () => '' });
}

/** A comp.yaml for the user's exports. */
async function propose(dir: string, files: LedgerFiles, program: string, run: Surroundings): Promise<Ending> {
  // An existing workspace is reported before any export is read.
  const taken = existing(dir, ['comp.yaml']);
  if (taken.length > 0) return { kind: 'refused', faults: taken };
  const { workspace, faults } = proposeWorkspace(files, dir);
  if (workspace === undefined) return { kind: 'refused', faults };
  const findings = await findingsOn(workspace, dir, run);
  const unwritten = await writeNew(dir, { 'comp.yaml': proposalYaml(workspace, findings) });
  if (unwritten.length > 0) return { kind: 'refused', faults: unwritten };
  return ending(dir, {
    names: ['comp.yaml'],
    next: steps(dir, program, ['check']),
    record: { ...proposalRecord(workspace), stops: findings.stops, exceptions: findings.exceptions ?? null },
    text: (style) => `${proposalText(workspace, findings, style)}\n`,
  });
}

const UNCHECKED: CheckFindings = { stops: [], exceptions: undefined };

/** What `comp check` stops at in the proposal, and the exceptions that it would report once the plans are given. */
async function findingsOn(
  workspace: ProposedWorkspace,
  dir: string,
  run: Surroundings,
): Promise<CheckFindings> {
  const { exceptions, stops: others } = await findingsIn(proposalYaml(workspace, UNCHECKED, true), dir, run);
  const { stops } = await findingsIn(proposalYaml(workspace, UNCHECKED), dir, run);
  return { stops, exceptions: others.length === 0 ? exceptions : undefined };
}

/** What `comp check` would report on this comp.yaml: a line for each kind of fault, or the exceptions. */
async function findingsIn(config: string, dir: string, { today }: Surroundings): Promise<CheckFindings> {
  const options = { config: join(dir, 'comp.yaml'), asOf: today() };
  const silent = { today, stage: () => {}, notice: () => {} };
  const outcome = await calculateWorkspace(options, { config, keep: {} }, silent);
  const faults = outcome.kind === 'refused' ? outcome.faults : [];
  invariant(
    faults.every(({ code }) => code !== 'malformed-yaml' && code !== 'unknown-key'),
    () => 'the proposed comp.yaml cannot be read',
  );
  const kinds = new Map<string, FaultRecord[]>();
  for (const record of faultRecords(faults, outcome.workspace.locate)) {
    const kind = [record.code, record.file, record.column].join('\u0000');
    kinds.set(kind, [...(kinds.get(kind) ?? []), record]);
  }
  const exceptions: Record<string, number> = {};
  const found = outcome.kind === 'refused' ? [] : outcome.calculation.result.exceptions;
  for (const { code } of found) exceptions[code] = (exceptions[code] ?? 0) + 1;
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

/** A new workspace. */
interface Made {
  readonly names: readonly string[];
  readonly next: readonly string[];
  /** What else to show, as data and as text. */
  readonly record: Readonly<Record<string, unknown>>;
  readonly text: (style: Style) => string;
}

function ending(dir: string, { names, next, record, text }: Made): Ending {
  return {
    kind: 'done',
    report: {
      data: () => ({ wrote: pathsIn(dir, names), ...record, next }),
      text: ({ style }) => text(style),
      next,
    },
    notices: [wroteNotice(names, dir)],
  };
}

function pathsIn(dir: string, names: readonly string[]): string[] {
  return names.map((name) => join(dir, name));
}

/** The commands to go on with in the folder. Where npx would not find the program there, they are for the current one. */
function steps(dir: string, program: string, commands: readonly string[]): string[] {
  if (program !== 'comp' && relative('.', dir).startsWith('..')) {
    const config = ` --config ${quoted(join(dir, 'comp.yaml'))}`;
    const out = ` --out ${quoted(join(dir, 'out'))}`;
    return commands.map((one) => `${program} ${one}${config}${one.startsWith('calc') ? out : ''}`);
  }
  const enter = join(dir) === '.' ? [] : [`cd ${quoted(dir)}`];
  return [...enter, ...commands.map((one) => `${program} ${one}`)];
}

/** A path as a shell reads it. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) && !path.startsWith('-') ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

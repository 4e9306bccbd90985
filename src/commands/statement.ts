/** `comp statement`: a page for each rep: what is paid for a quarter or a month, and why. */
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { calculateStreaming } from '../engine/calculate.js';
import type { NamedPeriod } from '../engine/r11-closes/close.js';
import type { Explainable, PostedResult, Refusal } from '../engine/result.js';
import { csvOf } from '../ledgers/write.js';
import { formatMinor } from '../money.js';
import { findNearest } from '../problems/nearest.js';
import type { Fault } from '../problems/problem.js';
import { statementTable } from '../statement/csv.js';
import { fileNameOf, isStatementOf } from '../statement/file-names.js';
import { indexPage } from '../statement/index-page.js';
import { statementPage } from '../statement/page.js';
import { findPeriod, type Statement, statementsOf } from '../statement/statement.js';
import type { Workspace } from '../workspace/load.js';
import { findInputAmong, type OutputFile, publish } from '../workspace/publish.js';
import {
  type CalculationOptions,
  calculateWorkspace,
  noticeOf,
  refuse,
  type WorkspaceRun,
} from './calculation.js';
import { type Console, EXIT, type ExitCode } from './console.js';
import { finishedText } from './finished.js';
import { Progress } from './progress.js';

export interface StatementOptions extends CalculationOptions {
  /** The requested reps; all with a row in the period if empty. */
  readonly reps: readonly string[];
  readonly quarter: string;
  readonly out: string;
  readonly csv?: boolean;
}

/** Writes the statements and lists them. */
export async function statement(options: StatementOptions, console: Console): Promise<ExitCode> {
  const progress = new Progress(console, options.quiet === true);
  const { quarter, asOf } = options;
  const typed = asOf === undefined ? { ...options, period: quarter } : options;
  const run = await calculateWorkspace(typed, console, {
    keep: { postings: true, lines: true },
    evenIfClosed: true,
    progress,
  });
  const { workspace, calculation } = run;
  progress.stage('Writing statements');
  const made = calculation === undefined ? { faults: run.faults } : statementsIn(calculation, run, options);
  const written = 'faults' in made ? made : await write(made.statements, workspace, options);
  progress.done();
  if ('faults' in written) return refuse(written.faults, workspace, options, console);
  if (written.finished.length > 0) {
    noticeOf(options, console)(finishedText(written.finished, 'statements', options.out));
  }
  if ('statements' in made) show(made.statements, written.names, options, console);
  const isOdd = options.strict === true && (calculation?.result.exceptions.length ?? 0) > 0;
  return isOdd ? EXIT.exceptions : EXIT.done;
}

type Outcome<Done> = Done | { readonly faults: readonly Fault[] };

function statementsIn(
  calculation: Explainable<PostedResult>,
  { workspace, closes }: WorkspaceRun,
  { quarter, reps }: StatementOptions,
): Outcome<{ readonly statements: readonly Statement[] }> {
  const place = { kind: 'run' } as const;
  const { result } = calculation;
  const { payPeriod } = result.terms;
  const period = findPeriod(calculation, quarter);
  if (period === undefined) return { faults: [{ code: 'unknown-period', place, found: quarter }] };
  // A quarter is a period of a monthly workspace too, but a month is none of a quarterly one.
  if (payPeriod === 'quarter' && !quarter.includes('Q')) {
    return { faults: [{ code: 'no-pay-period', place, found: quarter, payPeriod }] };
  }
  const requested = reps.length === 0 ? undefined : new Set(reps);
  const state = stateAt(calculation, period, workspace, closes);
  if ('faults' in state) return state;
  const statements = statementsOf({ result, state, period, reps: requested });
  const missing = [...(requested ?? [])].filter((rep) => !statements.some(({ repId }) => repId === rep));
  if (missing.length === 0 && statements.length > 0) return { statements };
  const known = [...new Set(result.quarters.map(({ repId }) => repId))];
  const faults = (missing.length === 0 ? [undefined] : missing).map(
    (rep): Fault => ({
      code: 'no-statement',
      place,
      rep,
      period: quarter,
      nearest: rep === undefined || known.includes(rep) ? undefined : findNearest(rep, known),
    }),
  );
  return { faults };
}

/** The lines as of the last day of the period, calculated with the closes before it. */
function stateAt(
  calculation: Explainable,
  period: NamedPeriod,
  workspace: Workspace,
  closes: WorkspaceRun['closes'],
): Explainable | Refusal {
  if (calculation.result.asOf <= period.to) return calculation;
  const before = closes.filter((close) => close.period.to < period.to);
  const { terms, ledgers } = workspace;
  return calculateStreaming({ terms, ledgers, asOf: period.to, closes: before, keep: { lines: true } });
}

async function write(
  statements: readonly Statement[],
  { paths }: Workspace,
  { out, csv, reps, quarter }: StatementOptions,
): Promise<Outcome<{ readonly names: readonly string[]; readonly finished: readonly string[] }>> {
  const files: OutputFile[] = statements.flatMap((one) => {
    const name = fileNameOf(quarter, one.repId);
    const page = { name: `${name}.html`, pieces: pieces(() => `${statementPage(one)}`) };
    return csv === true ? [page, { name: `${name}.csv`, pieces: csvOf(statementTable(name, one)) }] : [page];
  });
  const isAll = reps.length === 0;
  if (isAll) files.push({ name: 'index.html', pieces: pieces(() => `${indexPage(statements)}`) });
  const names = files.map(({ name }) => name);
  const taken = new Set(names);
  // Statements of an earlier run for this period, for reps who have none now.
  const stale = isAll ? namesIn(out).filter((name) => isStatementOf(quarter, name) && !taken.has(name)) : [];
  const place = { kind: 'run' } as const;
  const input = findInputAmong([...names, ...stale], out, paths);
  if (input !== undefined) {
    return { faults: [{ code: 'output-is-input', place, path: out, file: basename(input) }] };
  }
  const { finished, reason } = await publish(out, files, stale);
  return reason === undefined
    ? { names, finished }
    : { faults: [{ code: 'unwritable-output', place, path: out, reason }] };
}

/** The names in a folder; none if it is missing or cannot be read, which writing reports. */
function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

/** A file's text, made when it is written, so that ten thousand pages are not in memory at once. */
function* pieces(make: () => string): Iterable<string> {
  yield make();
}

function show(
  statements: readonly Statement[],
  names: readonly string[],
  options: StatementOptions,
  console: Console,
): void {
  const { quarter, json } = options;
  const folder = options.out.replace(/(.)\/+$/, '$1');
  if (json === true) {
    const records = statements.map(({ repId, currency: { code, digits }, row }) => ({
      rep_id: repId,
      period: quarter,
      file: `${fileNameOf(quarter, repId)}.html`,
      currency: code,
      paid: formatMinor(row.paid, digits),
      held: formatMinor(row.held, digits),
      owed: formatMinor(row.owed, digits),
    }));
    console.out.write(`${JSON.stringify({ statements: records }, null, 2)}\n`);
  }
  const listed = names.length > MOST_NAMES ? `${names.length} files` : names.join(', ');
  const count = statements.length === 1 ? '1 statement' : `${statements.length} statements`;
  noticeOf(options, console)(`${count} for ${quarter}. Wrote ${listed} to ${folder}/`);
}

const MOST_NAMES = 5;

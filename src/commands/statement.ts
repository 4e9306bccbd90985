/** `comp statement`: a page for each rep: what is paid for a quarter or a month, and why. */
import { stateRecord } from '../closing/period-state.js';
import { formerNames } from '../explain/named-rep.js';
import { formatMinor } from '../money.js';
import { fileNameOf } from '../statement/file-names.js';
import { staleStatements, statementFiles } from '../statement/files.js';
import { requestedStatements, type StatementRequest } from '../statement/requested.js';
import type { Statement } from '../statement/statement.js';
import { closedUnder } from '../workspace/closes/closed-under.js';
import { closesFolder } from '../workspace/closes/folder.js';
import { writeOutput } from '../workspace/output.js';
import type { Console, ExitCode } from './console.js';
import { type CalculationOptions, type OutputOptions, onWorkspace } from './run-command.js';
import { finishedNotice, wroteNotice } from './wrote.js';

export interface StatementOptions
  extends Pick<CalculationOptions, 'config' | 'asOf'>,
    OutputOptions,
    StatementRequest {
  readonly out: string;
  readonly csv?: boolean;
}

/** Writes the statements and lists them. */
export async function statement(options: StatementOptions, console: Console): Promise<ExitCode> {
  const { quarter, config, out, csv = false } = options;
  const needs = { keep: { postings: true, lines: true }, showsClosed: true } as const;
  return onWorkspace({ ...options, period: quarter }, console, needs, async (calculated, run) => {
    const { workspace, closes, calculation } = calculated;
    run.stage('Writing statements');
    const { terms, ledgers } = workspace;
    const found = requestedStatements(
      calculation,
      { terms, ledgers, closes, closed: closes.map(closedUnder) },
      options,
    );
    if (found.kind === 'refused') return found;
    const { statements } = found;
    const files = statementFiles(statements, options, csv);
    const { finished, fault } = await writeOutput(
      { dir: out, files, stale: staleStatements(out, files, options), path: out },
      { inputs: workspace.paths, closes: closesFolder(config) },
    );
    if (fault !== undefined) return { kind: 'refused', faults: [fault] };
    if (finished.length > 0) run.notice(finishedNotice(finished, 'statements', out));
    const data = () => ({ statements: statements.map((one) => statementRecord(one, quarter)) });
    const names = files.map(({ name }) => name);
    const listed = names.length > MOST_NAMES ? [`${names.length} files`] : names;
    const count = statements.length === 1 ? '1 statement' : `${statements.length} statements`;
    return {
      kind: 'done',
      report: { data },
      notices: [
        `${count} for ${quarter}. ${wroteNotice(listed, out)}`,
        ...formerNames(options.reps, calculation.result),
      ],
    };
  });
}

/** How many files are named one by one. */
const MOST_NAMES = 5;

function statementRecord(
  { repId, currency: { code, digits }, row, state, parts }: Statement,
  quarter: string,
) {
  return {
    rep_id: repId,
    period: quarter,
    state: stateRecord(state),
    file: `${fileNameOf(quarter, repId)}.html`,
    currency: code,
    payday: parts.map(({ period, payday }) => ({ period, ...payday })),
    paid: formatMinor(row.paid, digits),
    held: formatMinor(row.held, digits),
    owed: formatMinor(row.owed, digits),
  };
}

/** `comp changes`: which rows of the ledgers were added, removed or changed since a close, and what each adjusts (R11.12). */
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { PostedResult } from '../engine/result.js';
import type { Fault } from '../problems/problem.js';
import { changesCsv, changesRecord, changesText } from '../reports/changes.js';
import { keptRowsIn, type StoredClose } from '../workspace/closes/read-closes.js';
import { changesSince } from '../workspace/closes/row-changes.js';
import type { InputFile } from '../workspace/input-file.js';
import type { Console, ExitCode } from './console.js';
import { type CalculationOptions, onWorkspace } from './run-command.js';

export interface ChangesOptions extends CalculationOptions {
  /** The closed period since which rows are compared; the last by default. */
  readonly since?: string;
  /** As CSV. */
  readonly csv?: boolean;
}

/** Compares the ledgers with what they were at a close. */
export async function changes(options: ChangesOptions, console: Console): Promise<ExitCode> {
  return onWorkspace(options, console, { keep: { postings: true } }, ({ workspace, closes, calculation }) => {
    const { result } = calculation;
    const since = options.since ?? closes.at(-1)?.period.name ?? result.payPeriod;
    const place = closes.findIndex(({ period }) => period.name === since);
    const fault = findUnkept(closes, place, since);
    if (fault !== undefined) return { kind: 'refused', faults: [fault] };
    const found = changesSince(keptRowsIn(closes.slice(0, place + 1)), workspace.ledgers, {
      ...adjustmentsSince(result, closes.slice(place + 1)),
      areTermsSame: hasConfigOf(closes[place], workspace.inputs),
    });
    return {
      kind: 'done',
      report: {
        data: () => changesRecord(found, since, result),
        text: (screen) =>
          options.csv === true ? changesCsv(found, result) : changesText(found, since, result, screen),
        isAnswer: true,
      },
    };
  });
}

/** Whether comp.yaml is what it was at a close. */
function hasConfigOf(close: StoredClose | undefined, inputs: readonly InputFile[]): boolean {
  const configIn = (list: readonly InputFile[]) => list.find(({ role }) => role === 'config')?.sha256;
  return close !== undefined && configIn(close.record.inputs) === configIn(inputs);
}

/** The period is not closed, or its close is older than the file that says which rows there were. */
function findUnkept(closes: readonly StoredClose[], at: number, since: string): Fault | undefined {
  const place = { kind: 'run' } as const;
  const close = closes[at];
  if (close === undefined)
    return { code: 'not-closed', place, period: since, last: closes.at(-1)?.period.name };
  return close.findLedgerRows() === undefined ? { code: 'rows-not-kept', place, period: since } : undefined;
}

/** What adjusts closed periods in later closes and in open periods. */
function adjustmentsSince(result: PostedResult, later: readonly StoredClose[]) {
  const postings: Posting[] = [...result.adjustments];
  for (const close of later) {
    for (const posting of close.postings) if (posting.adjusts !== '') postings.push(posting);
  }
  const names = new Set(later.map(({ period }) => period.name));
  const first = later[0]?.period.from ?? result.closedThrough ?? '';
  const entries = result.entries.filter(
    ({ adjusts, date, period }) => adjusts !== '' && (names.has(period) || date > first),
  );
  return { postings, entries };
}

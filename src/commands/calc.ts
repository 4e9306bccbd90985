/** `comp calc`: the month close, from a workspace to result files and a summary. */
import { calculate, type Refusal, type Result } from '../engine/calculate.js';
import { findPeriodEnd } from '../engine/period-end.js';
import { exceptionsTable, monthsTable, postingsTable, quartersTable, type Table } from '../ledgers/tables.js';
import { csvOf } from '../ledgers/write.js';
import type { LevelNumber } from '../plans/levels.js';
import type { TermsInput } from '../plans/schema.js';
import { atLevel } from '../plans/terms.js';
import { faultRecords, faultsText } from '../reports/faults.js';
import { resultRecord } from '../reports/json.js';
import { styleFor, widthOf } from '../reports/style.js';
import { summaryText } from '../reports/summary.js';
import { withoutConsequences } from '../workspace/consequences.js';
import { type LedgerFiles, loadWorkspace, type Workspace } from '../workspace/load.js';
import { manifestOf } from '../workspace/manifest.js';
import { publish } from '../workspace/publish.js';
import { type Console, EXIT, type ExitCode } from './console.js';

export interface CalcOptions {
  readonly config: string;
  readonly asOf?: string;
  readonly period?: string;
  readonly out: string;
  readonly strict?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly wide?: boolean;
  readonly only?: 'quarters';
  readonly level?: LevelNumber;
  /** Ledger files that take the place of comp.yaml's. */
  readonly files: LedgerFiles;
}

/** Runs the close and tells how it ended. */
export function calc(options: CalcOptions, console: Console): ExitCode {
  const notice = (text: string) => {
    if (options.quiet !== true) console.err.write(`${text}\n`);
  };
  const workspace = loadWorkspace(options.config, options.files);
  const terms = termsAtLevel(workspace.terms, options.level, notice);
  const asOf = asOfDate(options, workspace, terms, console, notice);
  if (asOf === undefined) return EXIT.refused;
  const outcome = calculate({ terms, ledgers: workspace.ledgers, asOf });
  const refusal = refusalOf(workspace, outcome);
  if (refusal !== undefined) return refuse(refusal, workspace, options, console);

  const result = outcome as Result;
  const { written, unwritable } = write(result, workspace, options, console.version);
  if (unwritable !== undefined) {
    console.err.write(`--out ${options.out} cannot be written: ${unwritable}. Nothing was written.\n`);
    return EXIT.refused;
  }
  if (options.json === true) console.out.write(`${JSON.stringify(resultRecord(result), null, 2)}\n`);
  else if (options.quiet !== true) console.out.write(summary(result, options, console));
  notice(`Wrote ${written.join(', ')} to ${folderOf(options)}/`);
  return options.strict === true && result.exceptions.length > 0 ? EXIT.exceptions : EXIT.done;
}

/** `--level N`: every plan at that level, keeping its rate. */
function termsAtLevel(
  terms: TermsInput,
  level: LevelNumber | undefined,
  notice: (text: string) => void,
): TermsInput {
  if (level === undefined || !Array.isArray(terms.plans)) return terms;
  const { terms: changed, withoutClawback } = atLevel(terms, level);
  for (const plan of withoutClawback) {
    notice(`Plan ${plan} has no clawback terms of its own: at level ${level} only write-offs claw back.`);
  }
  return changed;
}

/** The as-of date, of the period where one is named; undefined, and said, where the period is unknown. */
function asOfDate(
  { asOf, period }: CalcOptions,
  { ledgers, faults }: Workspace,
  terms: TermsInput,
  console: Console,
  notice: (text: string) => void,
): string | undefined {
  if (asOf !== undefined) return asOf;
  if (period === undefined) {
    const today = console.today();
    notice(`As of today, ${today}: name the period that you close with --period or --as-of.`);
    return today;
  }
  const end = findPeriodEnd(terms, ledgers, period);
  if (end !== undefined) return end;
  // A workspace that could not be read is told of by its own faults.
  if (faults.length > 0) return console.today();
  console.err.write(
    `--period "${period}" is no period of this workspace. Expected a fiscal quarter such as 2025-Q1, or a month such as 2025-03.\n`,
  );
  return undefined;
}

/** Everything that stops the run: the faults of the files, and those of their contents beside them. */
function refusalOf({ faults, inputs }: Workspace, outcome: Result | Refusal): Refusal | undefined {
  if (faults.length === 0) return outcome.kind === 'refused' ? outcome : undefined;
  const contents = outcome.kind === 'refused' && inputs.length > 0 ? outcome.faults : [];
  return { kind: 'refused', faults: [...faults, ...withoutConsequences(contents, faults)] };
}

function refuse(
  { faults }: Refusal,
  { locate }: Workspace,
  { json }: CalcOptions,
  { out, err, environment }: Console,
): ExitCode {
  if (json === true) {
    out.write(`${JSON.stringify({ faults: faultRecords(faults, locate) }, null, 2)}\n`);
  } else {
    err.write(faultsText(faults, locate, styleFor(err, environment), widthOf(err)));
  }
  return EXIT.refused;
}

/** Writes the results: the names of the files, or why they cannot be written. */
function write(
  result: Result,
  workspace: Workspace,
  options: CalcOptions,
  version: string,
): { readonly written: readonly string[]; readonly unwritable: string | undefined } {
  const monthly = result.terms.payPeriod === 'month';
  const tables: Table[] = [
    quartersTable(result),
    ...(monthly ? [monthsTable(result)] : []),
    ...(options.only === 'quarters' ? [] : [postingsTable(result)]),
    exceptionsTable(result.exceptions, ({ ledger, row }) => lineOf(workspace, ledger, row)),
  ];
  const names = tables.map(({ file }) => file);
  const manifest = manifestOf(result, {
    version,
    inputs: workspace.inputs,
    level: options.level,
    outputs: names,
  });
  const files = [
    ...tables.map((table) => ({ name: table.file, pieces: csvOf(table) })),
    { name: 'manifest.json', pieces: [manifest] },
  ];
  const stale = ['months.csv', 'postings.csv'].filter((name) => !names.includes(name));
  const unwritable = publish(options.out, files, stale);
  return { written: [...names, 'manifest.json'], unwritable };
}

function lineOf(
  { locate }: Workspace,
  ledger: Parameters<typeof exceptionsTable>[0][number]['ledger'],
  row?: number,
) {
  if (row === undefined) return undefined;
  const place = locate({ kind: 'row', ledger, row });
  return place.kind === 'file' ? place.line : undefined;
}

function summary(result: Result, options: CalcOptions, { out, environment }: Console): string {
  return summaryText(result, {
    style: styleFor(out, environment),
    width: widthOf(out),
    wide: options.wide === true,
    out: folderOf(options),
  });
}

/** The results folder as it was typed. */
function folderOf({ out }: CalcOptions): string {
  return out.replace(/(.)\/+$/, '$1');
}

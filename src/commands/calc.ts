/** `comp calc`: the month close, from a workspace to result files and a summary. */
import { basename } from 'node:path';
import { calculate, type Refusal, type Result } from '../engine/calculate.js';
import { findPeriodEnd } from '../engine/period-end.js';
import {
  appliedTable,
  exceptionsTable,
  monthsTable,
  postingsTable,
  quartersTable,
  type Table,
} from '../ledgers/tables.js';
import { csvOf } from '../ledgers/write.js';
import type { LevelNumber } from '../plans/levels.js';
import type { TermsInput } from '../plans/schema.js';
import { atLevel } from '../plans/terms.js';
import type { LedgerName } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import { faultRecords, faultsText } from '../reports/faults.js';
import { resultRecord } from '../reports/json.js';
import { styleFor, widthOf } from '../reports/style.js';
import { summaryText } from '../reports/summary.js';
import { withoutConsequences } from '../workspace/consequences.js';
import { type LedgerFiles, loadWorkspace, type Workspace } from '../workspace/load.js';
import { manifestOf } from '../workspace/manifest.js';
import { findInputAmong, publish } from '../workspace/publish.js';
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
  const { asOf, faults: unknownPeriod } = asOfDate(options, workspace, terms, console, notice);
  const outcome = calculate({ terms, ledgers: workspace.ledgers, asOf });
  const faults = withPeriodFault(faultsOf(workspace, outcome), unknownPeriod);
  if (outcome.kind === 'refused' || faults.length > 0) return refuse(faults, workspace, options, console);

  const { names, fault } = write(outcome, workspace, options, console.version);
  if (fault !== undefined) return refuse([fault], workspace, options, console);
  if (options.json === true) console.out.write(`${JSON.stringify(resultRecord(outcome), null, 2)}\n`);
  else if (options.quiet !== true) console.out.write(summary(outcome, options, console));
  notice(`Wrote ${names.join(', ')} to ${folderOf(options)}/`);
  return options.strict === true && outcome.exceptions.length > 0 ? EXIT.exceptions : EXIT.done;
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

/** The as-of date: as said, the last day of the period that is named, or today. */
function asOfDate(
  { asOf, period }: CalcOptions,
  { ledgers, inputs }: Workspace,
  terms: TermsInput,
  console: Console,
  notice: (text: string) => void,
): { readonly asOf: string; readonly faults: readonly Fault[] } {
  if (asOf !== undefined) return { asOf, faults: [] };
  const today = console.today();
  if (period === undefined) {
    notice(`As of today, ${today}: name the period that you close with --period or --as-of.`);
    return { asOf: today, faults: [] };
  }
  const end = findPeriodEnd(terms, ledgers, period);
  if (end !== undefined) return { asOf: end, faults: [] };
  // The rest is looked at all the same, as of any day that will do.
  const { from = today } = ledgers.calendar?.rows[0] ?? {};
  const faults: Fault[] = [{ code: 'unknown-period', place: { kind: 'run' }, found: period }];
  return { asOf: from, faults: inputs.length === 0 ? [] : faults };
}

/** An unknown period is one where the calendar is sound; the day that stood in for it is nobody's fault. */
function withPeriodFault(faults: readonly Fault[], unknownPeriod: readonly Fault[]): readonly Fault[] {
  if (unknownPeriod.length === 0) return faults;
  const others = faults.filter(({ place }) => place.kind !== 'run');
  const calendarAtFault = others.some(({ place }) => {
    if (place.kind === 'terms') return place.path[0] === 'fiscalYearStart' || place.path[1] === 'calendar';
    return (place.kind === 'row' || place.kind === 'ledger') && place.ledger === 'calendar';
  });
  return calendarAtFault ? others : [...others, ...unknownPeriod];
}

/** Everything that stops the run: the faults of the files, and those of their contents beside them. */
function faultsOf({ faults, inputs }: Workspace, outcome: Result | Refusal): Fault[] {
  const contents = outcome.kind === 'refused' && inputs.length > 0 ? outcome.faults : [];
  return [...faults, ...withoutConsequences(contents, faults)];
}

function refuse(
  faults: readonly Fault[],
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

/** Writes the results: the names of the files, and what kept them from being written. */
function write(
  result: Result,
  workspace: Workspace,
  options: CalcOptions,
  version: string,
): { readonly names: readonly string[]; readonly fault?: Fault } {
  const tables: Table[] = [
    quartersTable(result),
    ...(result.terms.payPeriod === 'month' ? [monthsTable(result)] : []),
    ...(options.only === 'quarters' ? [] : [postingsTable(result)]),
    ...(result.terms.applyCash === 'none' ? [] : [appliedTable(result)]),
    exceptionsTable(result.exceptions, ({ ledger, row }) => lineOf(workspace, ledger, row)),
  ];
  const outputs = tables.map(({ file }) => file);
  const manifest = manifestOf(result, { version, inputs: workspace.inputs, level: options.level, outputs });
  const files = [
    ...tables.map((table) => ({ name: table.file, pieces: csvOf(table) })),
    { name: 'manifest.json', pieces: [manifest] },
  ];
  const names = files.map(({ name }) => name);
  const stale = ['months.csv', 'postings.csv', 'applied.csv'].filter((name) => !names.includes(name));
  const file = findInputAmong([...names, ...stale], options.out, workspace.paths);
  const place = { kind: 'run' } as const;
  if (file !== undefined)
    return { names, fault: { code: 'output-is-input', place, path: options.out, file: basename(file) } };
  const reason = publish(options.out, files, stale);
  if (reason === undefined) return { names };
  return { names, fault: { code: 'unwritable-output', place, path: options.out, reason } };
}

function lineOf({ locate }: Workspace, ledger: LedgerName, row: number | undefined): number | undefined {
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

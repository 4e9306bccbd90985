/** Reads a workspace and calculates it under several terms; or finds every fault that prevents it. */
import { isUtf8 } from 'node:buffer';
import { basename, dirname } from 'node:path';
import { findDay } from '../day.js';
import { findPeriodEnd } from '../engine/period-end.js';
import { LEDGER_TITLES } from '../ledger-specs/ledgers.js';
import type { LevelNumber } from '../plans/levels.js';
import type { TermsInput } from '../plans/schema.js';
import type { Place } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import { type CollectionRule, readRule } from '../simulate/collections/rule.js';
import { type Simulation, simulateTexts } from '../simulate/simulate.js';
import { fromDay } from '../simulate/terms/from-day.js';
import { type LevelNote, type LevelSettings, termsAtLevel } from '../simulate/terms/levels.js';
import { withKey } from '../simulate/terms/set.js';
import type { Variant } from '../simulate/variant.js';
import { asOfDate, withUnknownPeriod } from './as-of.js';
import type { Surroundings, WorkspaceOptions } from './calculate-workspace.js';
import { closesFolder, hasCloses } from './closes/folder.js';
import { readConfig } from './config.js';
import { withoutConsequences } from './consequences.js';
import { readFile } from './files.js';
import { loadWorkspace, type Workspace } from './load.js';

/** What to compare with what. */
export interface SimulationRequest extends Omit<WorkspaceOptions, 'level' | 'expect'>, LevelSettings {
  readonly levels: readonly LevelNumber[];
  /** Files with terms of their own. */
  readonly with: readonly string[];
  /** Keys to set in today's terms, all in one variant: `plans.ae.hold=30%`. */
  readonly set: readonly string[];
  /** The first booking date that variants price, `YYYY-MM-DD`; all days unless given. */
  readonly from?: string;
  /** Rules of collection, as they are written. */
  readonly collect: readonly string[];
  /** The last period of a forecast. */
  readonly until?: string;
  /** A rep or an invoice to explain. */
  readonly explain?: string;
}

/** A workspace with its simulation. */
export interface SimulatedWorkspace {
  readonly kind: 'simulated';
  readonly workspace: Workspace;
  readonly simulation: Simulation;
  /** What changes of level left out or filled in. */
  readonly notes: readonly LevelNote[];
}

/** The faults, with where they are. */
export interface RefusedSimulation {
  readonly kind: 'refused';
  readonly faults: readonly Fault[];
  readonly locate: (place: Place) => Place;
}

/** A variant, and where the places of its terms are. */
interface PlacedVariant extends Variant {
  readonly locate: (place: Place) => Place;
}

/** Reads the workspace and its variants, and compares them. */
export async function simulateWorkspace(
  request: SimulationRequest,
  { today, stage, notice }: Surroundings,
): Promise<SimulatedWorkspace | RefusedSimulation> {
  const workspace = await loadWorkspace(request.config, request.files, {
    onLedger: (ledger) => stage(`Reading ${LEDGER_TITLES[ledger]}`),
  });
  const { terms, ledgers, locate } = workspace;
  const refused = (faults: readonly Fault[], placed = locate) => {
    return { kind: 'refused', faults, locate: placed } as const;
  };
  if (workspace.inputs.length === 0) return refused(workspace.faults);
  stage('Comparing');
  const asOf = asOfDate(request, workspace, terms, today());
  if (asOf.kind === 'today') {
    notice(`As of today, ${asOf.asOf}. For another date, use --period or --as-of.`);
  }
  if (hasCloses(closesFolder(request.config))) {
    notice('Closes are left aside: the figures show what would have been paid, not what is due.');
  }
  const { variants, notes, faults } = variantsOf(request, terms);
  const rules = rulesOf(request.collect);
  const until = untilOf(request, workspace, asOf.asOf);
  const dated = fromDayOn(request, terms, variants);
  const requestFaults = [...faults, ...dated.faults, ...rules.faults, ...until.faults];
  if (requestFaults.length > 0) return refused([...workspace.faults, ...requestFaults]);
  const inputs = { terms, ledgers, asOf: asOf.asOf };
  const outcome = simulateTexts(inputs, dated.variants, {
    collect: rules.rules,
    ...(until.until === undefined ? {} : { until: until.until }),
    ...(request.explain === undefined ? {} : { explain: request.explain }),
  });
  const found = outcome.kind === 'refused' ? outcome.faults : [];
  const all = withUnknownPeriod(
    [...workspace.faults, ...withoutConsequences(found, workspace.faults, workspace.unread)],
    asOf,
  );
  const at = variants.find(({ name }) => outcome.kind === 'refused' && name === outcome.variant);
  if (outcome.kind === 'refused' || all.length > 0) return refused(all, at?.locate);
  return { kind: 'simulated', workspace, simulation: outcome.simulation, notes };
}

function variantsOf(
  { levels, with: files, set, ...settings }: SimulationRequest,
  terms: TermsInput,
): {
  readonly variants: readonly PlacedVariant[];
  readonly notes: readonly LevelNote[];
  readonly faults: readonly Fault[];
} {
  const variants: PlacedVariant[] = [];
  const notes: LevelNote[] = [];
  const faults: Fault[] = [];
  for (const level of levels) {
    const name = `level ${level}`;
    const at = termsAtLevel(terms, level, settings);
    notes.push(...at.notes);
    variants.push({ name, terms: at.terms, locate: inVariant(`--levels ${level}`) });
  }
  const names = namesOf(files);
  for (const [index, path] of files.entries()) {
    const read = readTermsFile(path);
    faults.push(...read.faults);
    if (read.terms !== undefined)
      variants.push({ name: names[index] as string, terms: read.terms, locate: read.locate });
  }
  if (set.length > 0) {
    const changed = withKeys(terms, set);
    notes.push(...changed.notes);
    faults.push(...changed.faults);
    variants.push({
      name: set.map((text) => shortKey(text, terms)).join(', '),
      terms: changed.terms,
      locate: inVariant(`--set ${set.join(' --set ')}`),
    });
  }
  return { variants, notes, faults };
}

/** The variants from a day on, where one is given: what was booked before stays under the terms of today. */
function fromDayOn(
  { from }: SimulationRequest,
  terms: TermsInput,
  variants: readonly PlacedVariant[],
): { readonly variants: readonly PlacedVariant[]; readonly faults: readonly Fault[] } {
  if (from === undefined || !Array.isArray(terms.plans)) return { variants, faults: [] };
  if (findDay(from) === undefined) {
    const expected = 'a date such as 2025-07-01';
    return {
      variants,
      faults: [{ code: 'wrong-value', place: { kind: 'run' }, found: `--from ${from}`, expected }],
    };
  }
  const faults: Fault[] = [];
  const dated = variants.map((variant): PlacedVariant => {
    const { terms: changed, fault } = fromDay(terms, variant.terms ?? terms, from);
    if (fault !== undefined) faults.push(fault);
    return {
      ...variant,
      ...(changed && { terms: changed }),
      locate: inVariant(`${variant.name} from ${from}`),
    };
  });
  return { variants: dated, faults };
}

/** A key of the only plan without its id. */
function shortKey(text: string, { plans }: TermsInput): string {
  const prefix = Array.isArray(plans) && plans.length === 1 ? `plans.${String(plans[0]?.id)}.` : '';
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

/** A key of terms that no file has is named with the option that they come from. */
function inVariant(option: string): (place: Place) => Place {
  return (place) => (place.kind === 'terms' ? { kind: 'option', option } : place);
}

/** The names of files without their ends; with their folders where they would be the same. */
function namesOf(files: readonly string[]): readonly string[] {
  const short = files.map((file) => basename(file).replace(/\.ya?ml$/, ''));
  return short.map((name, index) =>
    short.filter((one) => one === name).length > 1
      ? `${basename(dirname(files[index] as string))}/${name}`
      : name,
  );
}

/** The terms of another comp.yaml: its ledgers are not read. */
function readTermsFile(path: string): {
  readonly terms: TermsInput | undefined;
  readonly faults: readonly Fault[];
  readonly locate: (place: Place) => Place;
} {
  const none = { terms: undefined, locate: (place: Place) => place };
  const { bytes, reason } = readFile(path);
  if (bytes === undefined) {
    const fault: Fault =
      reason === undefined
        ? { code: 'config-not-found', place: { kind: 'run' }, path }
        : { code: 'unreadable-file', place: { kind: 'run' }, path, reason };
    return { ...none, faults: [fault] };
  }
  const file = basename(path);
  if (!isUtf8(bytes))
    return { ...none, faults: [{ code: 'not-utf8', place: { kind: 'file', file }, path: file }] };
  const text = readConfig(file, Buffer.from(bytes).toString('utf8'));
  if (text.faults.length > 0) return { ...none, faults: text.faults };
  const {
    ledgers: _,
    expect: __,
    ...terms
  } = text.value as TermsInput & { ledgers?: unknown; expect?: unknown };
  return {
    terms,
    faults: [],
    locate: (place) => (place.kind === 'terms' ? text.find(place.path) : place),
  };
}

/** Today's terms with keys set one after another. */
function withKeys(
  terms: TermsInput,
  set: readonly string[],
): { readonly terms: TermsInput; readonly notes: readonly LevelNote[]; readonly faults: readonly Fault[] } {
  let changed = terms;
  const notes: LevelNote[] = [];
  const faults: Fault[] = [];
  for (const text of set) {
    const at = text.indexOf('=');
    const value = readConfig('--set', `value: ${text.slice(at + 1)}`);
    if (at < 1 || value.faults.length > 0) {
      const expected = 'a key, an equals sign and a value, such as plans.ae.hold=30%';
      faults.push({ code: 'wrong-value', place: { kind: 'run' }, found: `--set ${text}`, expected });
      continue;
    }
    const next = withKey(changed, {
      text,
      path: text.slice(0, at).trim(),
      value: (value.value as { readonly value: unknown }).value,
    });
    if (next.fault !== undefined) {
      faults.push(next.fault);
      continue;
    }
    changed = next.terms;
    notes.push(...next.notes);
  }
  return { terms: changed, notes, faults };
}

function rulesOf(texts: readonly string[]): {
  readonly rules: readonly CollectionRule[];
  readonly faults: readonly Fault[];
} {
  const read = texts.map(readRule);
  return {
    rules: read.flatMap(({ rule }) => rule ?? []),
    faults: read.flatMap(({ fault }, index) =>
      fault === undefined ? [] : { ...fault, found: `--collect ${texts[index]}` },
    ),
  };
}

/** The last day of a forecast, which lies after the as-of date. */
function untilOf(
  { until }: SimulationRequest,
  { terms, ledgers }: Workspace,
  asOf: string,
): { readonly until?: string; readonly faults: readonly Fault[] } {
  if (until === undefined) return { faults: [] };
  const place = { kind: 'run' } as const;
  const end = findPeriodEnd(terms, ledgers, until);
  if (end === undefined) return { faults: [{ code: 'unknown-period', place, found: until }] };
  if (end > asOf) return { until: end, faults: [] };
  const expected = `a period that ends after ${asOf}, the day on which the forecast is made`;
  return { faults: [{ code: 'wrong-value', place, found: `--until ${until}`, expected }] };
}

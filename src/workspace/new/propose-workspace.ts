/** Proposes a workspace from exports: how to read each as its ledger, the currency, and the ids of plans. */
import { relative, resolve, sep } from 'node:path';
import { addAll } from '../../largest.js';
import { LEDGER_COLUMNS } from '../../ledger-specs/columns.js';
import { LEDGER_NAMES, type LedgerName } from '../../ledger-specs/ledgers.js';
import { presetsFor } from '../../mapping/proposal/known-layouts.js';
import { findTaxSide, type OwedIn } from '../../mapping/proposal/net-and-gross.js';
import { propose } from '../../mapping/proposal/propose.js';
import type { FormatProof, Proposal, ProposalContext } from '../../mapping/proposal/proposed.js';
import { TYPED } from '../../mapping/proposal/row-types.js';
import { readTerms } from '../../plans/terms.js';
import type { Fault } from '../../problems/problem.js';
import type { LedgerFiles } from '../load.js';
import { type ExportText, readExport } from './read-export.js';

/** An export, and how it can be read. */
export interface ProposedLedger {
  readonly ledger: LedgerName;
  /** As it was typed. */
  readonly path: string;
  /** Relative to comp.yaml. */
  readonly file: string;
  readonly text: ExportText;
  readonly proposal: Proposal;
}

/** The currency of a workspace, or undefined; the note has the reason. */
export interface ProposedCurrency {
  readonly code: string | undefined;
  readonly note: string;
}

/** How often pay is paid, and why. */
export interface PayPeriod {
  readonly value: 'quarter' | 'month';
  readonly note: string;
}

export interface ProposedWorkspace {
  readonly currency: ProposedCurrency;
  readonly payPeriod: PayPeriod;
  /** The plans that assignments name, or one for all. */
  readonly plans: readonly string[];
  readonly ledgers: readonly ProposedLedger[];
  /** Write-offs, if the rows of a file whose type could be anything are write-offs. */
  readonly writeOffs?: ProposedLedger;
}

/** The ledgers whose rows name the invoice that they are about. */
const LINKING = LEDGER_NAMES.filter(
  (name) => name !== 'invoices' && LEDGER_COLUMNS[name].key.includes('invoice_id'),
);

/**
 * Reads the exports and proposes a workspace.
 *
 * @param files - paths relative to the current folder
 * @param dir - the folder that comp.yaml will be in
 */
export function proposeWorkspace(
  files: LedgerFiles,
  dir: string,
): { readonly workspace?: ProposedWorkspace; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const texts = new Map<LedgerName, ExportText>();
  for (const ledger of LEDGER_NAMES) {
    const path = files[ledger];
    if (path === undefined) continue;
    const { text, faults: own } = readExport(path, ledger);
    if (text !== undefined) texts.set(ledger, text);
    addAll(faults, own);
  }
  if (faults.length > 0) return { faults: distinct(faults) };
  const paths: Paths = withTypes(files, texts);
  const read = (ledger: LedgerName, more: Partial<ProposalContext>): Proposal => {
    const { rows } = texts.get(ledger) as ExportText;
    const presets = presetsFor(ledger);
    return propose(rows, {
      ledger,
      presets,
      hasSplits: texts.has('splits'),
      ...besideOthers(ledger, paths),
      ...more,
    });
  };
  const first = read('invoices', {});
  const rated = texts.has('fx') ? distinctIn(read('fx', {}).valuesOf('currency')) : [];
  const currency = currencyOf(first, files.invoices as string, { path: files.fx, codes: rated });
  const { code } = currency;
  const isSame = (ledger: LedgerName) => isOneFile(paths, ledger, 'invoices');
  const linking = LINKING.filter((ledger) => texts.has(ledger) && !isSame(ledger));
  const named = new Set(linking.flatMap((ledger) => read(ledger, { currency: code }).valuesOf('invoice_id')));
  // The currency and the ids in other ledgers can change how the invoices are read.
  const hasCode = first.valuesOf('amount').some((amount) => code !== undefined && amount.includes(code));
  const isSettled = named.size === 0 && !hasCode;
  const settled: Partial<ProposalContext> = isSettled ? {} : { currency: code, invoiceIds: named };
  const invoices = isSettled ? first : read('invoices', settled);
  const invoiceIds = new Set(invoices.valuesOf('invoice_id'));
  if (invoices.hasItems && !texts.has('items')) {
    paths.items = paths.invoices as string;
    texts.set('items', texts.get('invoices') as ExportText);
  }
  const repIds = repsIn(invoices, texts.has('splits') ? read('splits', {}) : undefined);
  const owed = owedIn(invoices);
  const contexts = new Map(
    LEDGER_NAMES.filter((ledger) => texts.has(ledger)).map(
      (ledger): [LedgerName, Partial<ProposalContext>] => [
        ledger,
        ledger === 'invoices'
          ? settled
          : {
              currency: code,
              invoices: isSame(ledger) ? invoices : undefined,
              invoiceIds: linking.includes(ledger) ? invoiceIds : undefined,
              repIds: ledger === 'splits' ? undefined : repIds,
              owed,
            },
      ],
    ),
  );
  const proposals = new Map(
    [...contexts].map(([ledger, context]) => [
      ledger,
      ledger === 'invoices' ? invoices : read(ledger, context),
    ]),
  );
  const proofs = proofsIn(proposals, paths);
  const numberProofs = numberProofsIn(proposals, paths);
  const ledgers = [...proposals].map(([ledger, before]): ProposedLedger => {
    const path = paths[ledger] as string;
    const isOpen =
      (before.dates.kind === 'ambiguous' && proofs.length > 0) ||
      (before.hasOpenNumbers && numberProofs.length > 0);
    const proposal = isOpen ? read(ledger, { ...contexts.get(ledger), proofs, numberProofs }) : before;
    return { ledger, path, file: fileIn(dir, path), text: texts.get(ledger) as ExportText, proposal };
  });
  const workspace = {
    currency,
    payPeriod: payPeriodOf(ledgers),
    plans: plansOf(ledgers),
    ledgers: ledgers.map(unusedByAll),
  };
  const doubtful = ledgers.find(({ ledger, proposal }) => isDoubtful(ledger, proposal));
  if (doubtful === undefined || texts.has('writeOffs')) return { workspace, faults: [] };
  const { types } = doubtful.proposal;
  const proposal = propose(doubtful.text.rows, {
    ...contexts.get(doubtful.ledger),
    ledger: 'writeOffs',
    presets: [],
    hasSplits: false,
    isTypeListed: true,
    ownTypes: [...(types?.unknown.keys() ?? [])],
    proofs,
  });
  return {
    workspace: { ...workspace, writeOffs: { ...doubtful, ledger: 'writeOffs', proposal } },
    faults: [],
  };
}

/** Whether a file of payments or invoices has rows, of a type of their own, that may be write-offs. */
function isDoubtful(ledger: LedgerName, { types, keys }: Proposal): boolean {
  const isAsked = keys.some(({ key, state }) => key === 'where' && state === 'question');
  return (ledger === 'payments' || ledger === 'invoices') && isAsked && (types?.unknown.size ?? 0) > 0;
}

/** A column of a file that is several ledgers is unused if none of them reads it; the first of them lists it. */
function unusedByAll(one: ProposedLedger, index: number, all: readonly ProposedLedger[]): ProposedLedger {
  const same = all.filter(({ file }) => file === one.file);
  const unused = one.proposal.unused.filter((title) =>
    same.every(({ proposal }) => proposal.unused.includes(title)),
  );
  const isFirst = all.findIndex(({ file }) => file === one.file) === index;
  return { ...one, proposal: { ...one.proposal, unused: isFirst ? unused : [] } };
}

type Paths = { -readonly [Name in keyof LedgerFiles]: LedgerFiles[Name] };

/** The reps who sold the invoices; none are known where the invoices leave them open. */
function repsIn(invoices: Proposal, splits: Proposal | undefined): ReadonlySet<string> {
  const reps = [invoices, splits].flatMap((proposal) => proposal?.valuesOf('rep_id') ?? []);
  return new Set(distinctIn(reps));
}

/** Whether invoices are owed with tax, as their total is (R2.2). */
function owedIn({ columns, valuesOf }: Proposal): OwedIn | undefined {
  const set = (column: string) => columns.find(({ key, state }) => key === column && state === 'set')?.value;
  const total = set('total');
  // A sum of amount and tax.
  if (typeof total === 'object') return 'gross';
  if (total === undefined) return findTaxSide(String(set('amount') ?? ''));
  const [amounts, totals] = [valuesOf('amount'), valuesOf('total')];
  return amounts.every((amount, at) => amount === totals[at]) ? 'alike' : 'gross';
}

/** The files of all ledgers: those given, and for a file with rows of several types, the other ledgers in it. */
function withTypes(files: LedgerFiles, texts: Map<LedgerName, ExportText>): LedgerFiles {
  const paths: LedgerFiles = { ...files };
  for (const [ledger, text] of [...texts]) {
    const { types } = propose(text.rows, {
      ledger,
      presets: presetsFor(ledger),
      hasSplits: texts.has('splits'),
    });
    for (const other of types?.elsewhere.keys() ?? []) {
      if (paths[other] !== undefined) continue;
      paths[other] = files[ledger] as string;
      texts.set(other, text);
    }
  }
  return paths;
}

/** What the files of the other ledgers mean for one of them. */
function besideOthers(
  ledger: LedgerName,
  paths: LedgerFiles,
): Pick<ProposalContext, 'isTypeListed' | 'given'> {
  const others = LEDGER_NAMES.filter((other) => other !== ledger && paths[other] !== undefined);
  const before = others.filter((other) => LEDGER_NAMES.indexOf(other) < LEDGER_NAMES.indexOf(ledger));
  return {
    isTypeListed: before.some((other) => TYPED.has(other) && isOneFile(paths, ledger, other)),
    given: new Set(others.filter((other) => !isOneFile(paths, ledger, other))),
  };
}

function isOneFile(paths: LedgerFiles, one: LedgerName, other: LedgerName): boolean {
  return resolve(paths[one] as string) === resolve(paths[other] as string);
}

/** The files whose dates settle which of day and month comes first. */
function proofsIn(proposals: ReadonlyMap<LedgerName, Proposal>, paths: LedgerFiles): readonly FormatProof[] {
  const proofs = new Map<string, FormatProof>();
  for (const [ledger, { dates }] of proposals) {
    if (dates.kind !== 'found' || dates.proof === undefined) continue;
    const path = paths[ledger] as string;
    proofs.set(path, { path, formats: dates.formats, example: dates.proof });
  }
  return [...proofs.values()];
}

/** The files whose amounts settle which sign is the decimal one. */
function numberProofsIn(
  proposals: ReadonlyMap<LedgerName, Proposal>,
  paths: LedgerFiles,
): readonly FormatProof[] {
  const proofs = new Map<string, FormatProof>();
  for (const [ledger, { numbers }] of proposals) {
    const path = paths[ledger] as string;
    if (numbers !== undefined)
      proofs.set(path, { path, formats: [numbers.format], example: numbers.example });
  }
  return [...proofs.values()];
}

/** Each fault once, also of a file that is two ledgers. */
function distinct(faults: readonly Fault[]): Fault[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}

/** A path relative to comp.yaml; on another drive it stays absolute. */
function fileIn(dir: string, path: string): string {
  return relative(resolve(dir), resolve(path)).split(sep).join('/');
}

/** The currency: the only one in the currency column, the only one there without a rate, or the only code in the amounts. */
function currencyOf(
  { valuesOf }: Proposal,
  path: string,
  rated: { readonly path: string | undefined; readonly codes: readonly string[] },
): ProposedCurrency {
  const written = distinctIn(valuesOf('currency'));
  const codes = [...new Set(written.map((code) => code.toUpperCase()))];
  const [code] = codes;
  if (code !== undefined && codes.length === 1 && isCurrency(code)) {
    return { code, note: `the only one in ${path}` };
  }
  // The workspace's own currency needs no rate (R15.1).
  const [own, ...others] = codes.filter((one) => !rated.codes.some((code) => code.toUpperCase() === one));
  if (codes.length > 1 && own !== undefined && others.length === 0 && isCurrency(own)) {
    return { code: own, note: `the only one in ${path} that ${rated.path} has no rate for` };
  }
  if (codes.length > 1) {
    const named = `${codes.slice(0, 5).join(', ')}${codes.length > 5 ? ' and more' : ''}`;
    return {
      code: undefined,
      note: `Which? ${path} has ${named}, and a workspace has one: the currency in which commission is paid. The rates of the others go into a ledger of their own (fx).`,
    };
  }
  const inAmounts = distinctIn(
    valuesOf('amount').flatMap((amount) => /(?:^|[^A-Z])([A-Z]{3})(?:$|[^A-Z])/.exec(amount)?.[1] ?? []),
  );
  const [inAmount] = inAmounts;
  if (inAmount !== undefined && inAmounts.length === 1 && isCurrency(inAmount)) {
    return { code: inAmount, note: `the only one in the amounts of ${path}` };
  }
  return {
    code: undefined,
    note: 'Which? The files have none. Use the three-letter code, such as USD, EUR or JPY.',
  };
}

function distinctIn(values: readonly string[]): string[] {
  return [...new Set(values.filter((value) => value !== ''))];
}

function isCurrency(code: string): boolean {
  const plan = { id: 'any', level: 3, rate: '5%' } as const;
  return readTerms({ currency: code, plans: [plan] }).faults.length === 0;
}

/** A draw is per pay period (R24.1), so one of a month makes pay monthly. */
function payPeriodOf(ledgers: readonly ProposedLedger[]): PayPeriod {
  const draws = ledgers.find(({ ledger }) => ledger === 'draws');
  const amount = draws?.proposal.columns.find(({ key, state }) => key === 'amount' && state === 'set')?.value;
  return /month/i.test(String(amount ?? ''))
    ? {
        value: 'month',
        note: `how often commission is paid; draws are per pay period, and ${draws?.path} has ${amount}`,
      }
    : { value: 'quarter', note: 'how often commission is paid; or month' };
}

function plansOf(ledgers: readonly ProposedLedger[]): readonly string[] {
  const assignments = ledgers.find(({ ledger }) => ledger === 'assignments');
  const plans = distinctIn(assignments?.proposal.valuesOf('plan_id') ?? []);
  return plans.length === 0 ? ['sales'] : plans;
}

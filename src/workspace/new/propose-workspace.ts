/** Proposes a workspace from exports: how to read each as its ledger, the currency, and the ids of plans. */
import { relative, resolve, sep } from 'node:path';
import { LEDGER_COLUMNS } from '../../ledger-specs/columns.js';
import { LEDGER_NAMES, type LedgerName } from '../../ledger-specs/ledgers.js';
import { presetsFor } from '../../mapping/proposal/known-layouts.js';
import { propose } from '../../mapping/proposal/propose.js';
import type { Proposal, ProposalContext } from '../../mapping/proposal/proposed.js';
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

export interface ProposedWorkspace {
  readonly currency: ProposedCurrency;
  /** The plans that assignments name, or one for all. */
  readonly plans: readonly string[];
  readonly ledgers: readonly ProposedLedger[];
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
    faults.push(...own);
  }
  if (faults.length > 0) return { faults: distinct(faults) };
  const read = (ledger: LedgerName, more: Partial<ProposalContext>): Proposal => {
    const { rows } = texts.get(ledger) as ExportText;
    const context = { ledger, presets: presetsFor(ledger), hasSplits: texts.has('splits') };
    return propose(rows, { ...context, ...more });
  };
  const first = read('invoices', {});
  const currency = currencyOf(first, files.invoices as string);
  const { code } = currency;
  const isSame = (ledger: LedgerName) =>
    resolve(files[ledger] as string) === resolve(files.invoices as string);
  const linking = LINKING.filter((ledger) => texts.has(ledger) && !isSame(ledger));
  const named = new Set(linking.flatMap((ledger) => read(ledger, { currency: code }).valuesOf('invoice_id')));
  // The currency and the ids in other ledgers can change how the invoices are read.
  const hasCode = first.valuesOf('amount').some((amount) => code !== undefined && amount.includes(code));
  const isSettled = named.size === 0 && !hasCode;
  const invoices = isSettled ? first : read('invoices', { currency: code, invoiceIds: named });
  const invoiceIds = new Set(invoices.valuesOf('invoice_id'));
  const ledgers = [...texts].map(([ledger, text]): ProposedLedger => {
    const path = files[ledger] as string;
    const shared = {
      currency: code,
      invoices: isSame(ledger) ? invoices : undefined,
      invoiceIds: linking.includes(ledger) ? invoiceIds : undefined,
    };
    const proposal = ledger === 'invoices' ? invoices : read(ledger, shared);
    return { ledger, path, file: fileIn(dir, path), text, proposal };
  });
  return { workspace: { currency, plans: plansOf(ledgers), ledgers }, faults: [] };
}

/** Each fault once, also of a file that is two ledgers. */
function distinct(faults: readonly Fault[]): Fault[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}

/** A path relative to comp.yaml; on another drive it stays absolute. */
function fileIn(dir: string, path: string): string {
  return relative(resolve(dir), resolve(path)).split(sep).join('/');
}

/** The currency: the only one in the currency column, or the only code in the amounts. */
function currencyOf({ valuesOf }: Proposal, path: string): ProposedCurrency {
  const written = distinctIn(valuesOf('currency'));
  const codes = [...new Set(written.map((code) => code.toUpperCase()))];
  const [code] = codes;
  if (code !== undefined && codes.length === 1 && isCurrency(code)) {
    return { code, note: `the only one in ${path}` };
  }
  if (codes.length > 1) {
    const named = `${codes.slice(0, 5).join(', ')}${codes.length > 5 ? ' and more' : ''}`;
    return { code: undefined, note: `Which? ${path} has ${named}, and a workspace has one currency.` };
  }
  const inAmounts = distinctIn(
    valuesOf('amount').flatMap((amount) => /(?:^|[^A-Z])([A-Z]{3})(?:$|[^A-Z])/.exec(amount)?.[1] ?? []),
  );
  const [own] = inAmounts;
  if (own !== undefined && inAmounts.length === 1 && isCurrency(own)) {
    return { code: own, note: `the only one in the amounts of ${path}` };
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

function plansOf(ledgers: readonly ProposedLedger[]): readonly string[] {
  const assignments = ledgers.find(({ ledger }) => ledger === 'assignments');
  const plans = distinctIn(assignments?.proposal.valuesOf('plan_id') ?? []);
  return plans.length === 0 ? ['sales'] : plans;
}

/** What ties rows together: rows that share an invoice, a rep or a customer's account may change each other's figures. */
import type { LedgerName } from '../ledger-specs/ledgers.js';
import type { NewNames } from '../names.js';
import { EVERYONE } from '../plans/assignments.js';
import type { Terms } from '../plans/plan.js';
import { unreachable } from '../problems/problem.js';

/** The cells of a row as given. */
export type Cells = Readonly<Record<string, string | null | undefined>>;

/** A cell as the engine reads it (R2.1): trimmed, '' where it is blank. */
export function textIn(cells: Cells, column: string): string {
  const cell = cells[column];
  return cell === undefined || cell === null ? '' : cell.trim();
}

/** What the terms, and the ledgers that are there, make of the rows of a book. */
export interface TieRules {
  /** A plan pays for cash as it comes in (R12.4). */
  readonly paysCash: boolean;
  /** A plan credits managers (R12.3). */
  readonly hasTeams: boolean;
  /** Managers are those of the teams ledger, not those of the reps ledger. */
  readonly hasTeamsLedger: boolean;
  /** Cash that names no invoice is applied to those of its customer. */
  readonly appliesCash: boolean;
  /** What is paid beyond an invoice goes on its customer's account (R30.3). */
  readonly movesExcess: boolean;
  /** Cash goes to those who have the customer's account (R28.1). */
  readonly hasAccounts: boolean;
  /** What each former id of a rep is now (R11.11). */
  readonly newNames: NewNames;
}

/** The rules of terms with these ledgers. */
export function tieRulesOf(
  { plans, applyCash, excessCash }: Pick<Terms, 'plans' | 'applyCash' | 'excessCash'>,
  isGiven: (ledger: LedgerName) => boolean,
  newNames: NewNames,
): TieRules {
  const paysCash = plans.some(({ credit }) => credit === 'cash');
  return {
    paysCash,
    hasTeams: plans.some(({ credit }) => credit === 'team'),
    hasTeamsLedger: isGiven('teams'),
    appliesCash: applyCash !== 'none',
    movesExcess: applyCash !== 'none' && excessCash === 'on-account',
    hasAccounts: paysCash && isGiven('accounts'),
    newNames,
  };
}

export const invoiceTie = (id: string): string => `i ${id}`;
export const repTie = (id: string): string => `r ${id}`;
export const entryTie = (id: string): string => `e ${id}`;
export const customerTie = (id: string): string => `c ${id}`;

/** The rep of a tie; undefined where it is of another kind. */
export function repOfTie(tie: string): string | undefined {
  return tie.startsWith('r ') ? tie.slice(2) : undefined;
}

/** The customer of a tie; undefined where it is of another kind. */
export function customerOfTie(tie: string): string | undefined {
  return tie.startsWith('c ') ? tie.slice(2) : undefined;
}

/** The ledgers whose rows every part of a book needs. */
export const SHARED_LEDGERS: readonly LedgerName[] = ['calendar', 'fx', 'aliases'];

/** Whether a row is of every rep: an assignment of everyone (R2.6). */
export function isOfEveryone(ledger: LedgerName, cells: Cells): boolean {
  return ledger === 'assignments' && textIn(cells, 'rep_id') === EVERYONE;
}

/** The columns that name reps, by the ids that they have now or had before. */
const REP_COLUMNS: ReadonlySet<string> = new Set(['rep_id', 'manager_id', 'collector_id']);

/** The id of a cell as it is now: of a rep, the rep's own. */
export function idIn({ newNames }: Pick<TieRules, 'newNames'>, cells: Cells, column: string): string {
  const id = textIn(cells, column);
  return REP_COLUMNS.has(column) ? (newNames.get(id) ?? id) : id;
}

/** What each former id is now, by the rows of the ledger of aliases; those that go in a circle are at fault elsewhere. */
export function newNamesIn(aliases: Iterable<Cells>): NewNames {
  const next = new Map<string, string>();
  for (const cells of aliases) next.set(textIn(cells, 'was'), textIn(cells, 'rep_id'));
  const names = new Map<string, string>();
  for (const was of next.keys()) {
    const passed = new Set([was]);
    let now = was;
    for (let to = next.get(now); to !== undefined && !passed.has(to); to = next.get(now)) {
      now = to;
      passed.add(now);
    }
    names.set(was, now);
  }
  return names;
}

/** What a row is tied to others by. A row that nothing ties has a tie of its own: its key. */
export function tiesOf(rules: TieRules, ledger: LedgerName, cells: Cells, key: string): readonly string[] {
  const ties: string[] = [];
  const add = (tie: (id: string) => string, column: string) => {
    const id = idIn(rules, cells, column);
    if (id !== '') ties.push(tie(id));
  };
  switch (ledger) {
    case 'invoices':
      add(invoiceTie, 'invoice_id');
      add(invoiceTie, 'reverses');
      add(repTie, 'rep_id');
      if (rules.appliesCash || rules.hasAccounts) add(customerTie, 'customer_id');
      break;
    case 'payments':
    case 'writeOffs':
    case 'creditMemos':
      add(invoiceTie, 'invoice_id');
      if (ties.length === 0 && rules.appliesCash) add(customerTie, 'customer_id');
      add(repTie, 'collector_id');
      add(repTie, 'rep_id');
      break;
    case 'splits':
      add(invoiceTie, 'invoice_id');
      add(repTie, 'rep_id');
      break;
    case 'items':
    case 'schedules':
    case 'disputes':
      add(invoiceTie, 'invoice_id');
      break;
    case 'assignments':
    case 'quotas':
    case 'openings':
    case 'draws':
      add(repTie, 'rep_id');
      break;
    case 'entries':
      add(repTie, 'rep_id');
      add(invoiceTie, 'invoice_id');
      add(entryTie, 'entry_id');
      break;
    case 'reps':
      add(repTie, 'rep_id');
      if (rules.hasTeams && !rules.hasTeamsLedger) add(repTie, 'manager_id');
      break;
    case 'teams':
      add(repTie, 'rep_id');
      if (rules.hasTeams) add(repTie, 'manager_id');
      break;
    case 'accounts':
      add(repTie, 'rep_id');
      if (rules.hasAccounts) add(customerTie, 'customer_id');
      break;
    case 'calendar':
    case 'fx':
    case 'aliases':
      break;
    default:
      return unreachable(ledger);
  }
  return ties.length === 0 ? [`${ledger} ${key}`] : ties;
}

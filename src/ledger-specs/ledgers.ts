/** The ledgers of R2.1, by the names that comp.yaml has for them, in the order in which they are read and shown. */
import { ACCOUNTS } from './accounts.js';
import { ALIASES } from './aliases.js';
import { ASSIGNMENTS } from './assignments.js';
import { CALENDAR } from './calendar.js';
import { CREDIT_MEMOS } from './credit-memos.js';
import { DISPUTES } from './disputes.js';
import { DRAWS } from './draws.js';
import { ENTRIES } from './entries.js';
import { FX } from './fx.js';
import { INVOICES } from './invoices.js';
import { ITEMS } from './items.js';
import { OPENINGS } from './openings.js';
import { PAYMENTS } from './payments.js';
import { QUOTAS } from './quotas.js';
import { REPS } from './reps.js';
import { SCHEDULES } from './schedules.js';
import type { EntryOf, LedgerSpec } from './spec.js';
import { SPLITS } from './splits.js';
import { TEAMS } from './teams.js';
import { WRITE_OFFS } from './write-offs.js';

/** To add a ledger: describe it in a file of its own, and list it here. */
export const LEDGER_SPECS = {
  invoices: INVOICES,
  payments: PAYMENTS,
  writeOffs: WRITE_OFFS,
  creditMemos: CREDIT_MEMOS,
  splits: SPLITS,
  assignments: ASSIGNMENTS,
  quotas: QUOTAS,
  calendar: CALENDAR,
  openings: OPENINGS,
  reps: REPS,
  teams: TEAMS,
  items: ITEMS,
  fx: FX,
  accounts: ACCOUNTS,
  schedules: SCHEDULES,
  disputes: DISPUTES,
  entries: ENTRIES,
  draws: DRAWS,
  aliases: ALIASES,
} satisfies Readonly<Record<string, LedgerSpec>>;

export type LedgerName = keyof typeof LEDGER_SPECS;

export const LEDGER_NAMES = Object.keys(LEDGER_SPECS) as readonly LedgerName[];

/** The spec of a ledger. */
export type SpecOf<Name extends LedgerName> = (typeof LEDGER_SPECS)[Name];

/** A value for each of the names. */
export function ofEach<Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name) => Value,
): Readonly<Record<Name, Value>> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;
}

/** The ledgers as people call them. */
export const LEDGER_TITLES: Readonly<Record<LedgerName, string>> = ofEach(
  LEDGER_NAMES,
  (name) => LEDGER_SPECS[name].title,
);

/** A row of a ledger as it is read. */
export type LedgerEntry<Name extends LedgerName> = EntryOf<SpecOf<Name>>;

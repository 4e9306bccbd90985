/** Systems whose exports are known: what their columns are, and how we know. */
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { BUSINESS_CENTRAL } from './presets/business-central.js';
import { FRESHBOOKS } from './presets/freshbooks.js';
import { ODOO } from './presets/odoo.js';
import type { Preset } from './presets/preset.js';
import { QUICKBOOKS_ONLINE } from './presets/quickbooks-online.js';
import { STRIPE, STRIPE_BALANCE } from './presets/stripe.js';
import { XERO } from './presets/xero.js';
import { ZOHO_BOOKS } from './presets/zoho-books.js';

export type { Grade, Layout, Preset } from './presets/preset.js';

/** Only what a public source shows: a preset says neither a date format that differs by region nor a rule of one company. */
const PRESETS: readonly Preset[] = [
  QUICKBOOKS_ONLINE,
  XERO,
  STRIPE,
  STRIPE_BALANCE,
  ZOHO_BOOKS,
  FRESHBOOKS,
  ODOO,
  BUSINESS_CENTRAL,
];

export const PRESET_NAMES = PRESETS.map(({ name }) => name) as [string, ...string[]];

/** The preset of that name, where it knows the ledger. */
export function presetOf(ledger: LedgerName, name: unknown): Preset | undefined {
  return PRESETS.find((preset) => preset.name === name && preset.layouts[ledger] !== undefined);
}

/** The names of the presets that know a ledger, in words. */
export function presetsOf(ledger: LedgerName): string {
  const names = PRESETS.filter(({ layouts }) => layouts[ledger] !== undefined).map(({ name }) => name);
  return names.length === 0 ? 'there is none' : names.join(', ');
}

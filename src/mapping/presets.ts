/** Presets: the systems whose exports comp knows. */
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

/** Only what a public source shows: no date formats that differ by region, and no rules of one company. */
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

/** The preset of that name, if it has a layout for the ledger. */
export function presetOf(ledger: LedgerName, name: unknown): Preset | undefined {
  return PRESETS.find((preset) => preset.name === name && preset.layouts[ledger] !== undefined);
}

/** The names of the presets with a layout for a ledger, as a list in words. */
export function presetsOf(ledger: LedgerName): string {
  const names = PRESETS.filter(({ layouts }) => layouts[ledger] !== undefined).map(({ name }) => name);
  return names.length === 0 ? 'there is none' : names.join(', ');
}

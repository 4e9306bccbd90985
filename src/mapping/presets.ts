/** Systems whose exports are known: what their columns are, and how we know. */
import type { LedgerName } from '../problems/place.js';

/** How the columns of an export are known. */
export type Grade = 'measured' | 'documented';

/** The exports of one system. */
export interface Preset {
  readonly name: string;
  /** The system and the export, as its users call them. */
  readonly title: string;
  readonly grade: Grade;
  /** Where the columns are shown. */
  readonly source: string;
  /** What remains to be checked, or said, by whoever uses it. */
  readonly notes: readonly string[];
  /** By ledger: a mapping as comp.yaml would say it, and the headers that the export is known by. */
  readonly layouts: Readonly<Partial<Record<LedgerName, Layout>>>;
}

export interface Layout {
  /** The headers by which a file is recognised: it has all of them. */
  readonly knownBy: readonly string[];
  readonly mapping: Readonly<Record<string, unknown>>;
}

const PRESETS: readonly Preset[] = [
  {
    name: 'xero',
    title: 'Xero, Sales invoices exported as CSV',
    grade: 'measured',
    source: '',
    notes: [],
    layouts: {},
  },
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

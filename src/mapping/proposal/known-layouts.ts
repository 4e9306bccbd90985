/** Recognizes the exports that presets describe, by their headers. */
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import { MOST_TITLES } from '../header.js';
import { bareName } from '../header-names.js';
import { type Layout, PRESET_NAMES, type Preset, presetOf } from '../presets.js';
import type { Row } from './rows.js';

/** A preset that fits a file. */
export interface KnownLayout {
  readonly preset: Preset;
  readonly layout: Layout;
  /** The row that is its header. */
  readonly at: number;
}

/** The presets with a layout for a ledger. */
export function presetsFor(ledger: LedgerName): Preset[] {
  return PRESET_NAMES.flatMap((name) => presetOf(ledger, name) ?? []);
}

/** The presets whose headers are all in the file, regardless of case; only those with the most headers. */
export function knownLayouts(
  rows: readonly Row[],
  ledger: LedgerName,
  presets: readonly Preset[],
): KnownLayout[] {
  const headers = rows.slice(0, MOST_TITLES).map((row) => new Set(row.map(bareName)));
  const known = presets.flatMap((preset): KnownLayout[] => {
    const layout = preset.layouts[ledger];
    if (layout === undefined || layout.knownBy.length === 0) return [];
    const at = headers.findIndex((names) => layout.knownBy.every((name) => names.has(bareName(name))));
    return at < 0 ? [] : [{ preset, layout, at }];
  });
  const most = Math.max(...known.map(({ layout }) => layout.knownBy.length));
  return known.filter(({ layout }) => layout.knownBy.length === most);
}

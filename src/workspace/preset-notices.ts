/** What a run reports about the presets that its ledgers use. */
import { LEDGER_TITLES } from '../ledger-specs/ledgers.js';
import type { Workspace } from './load.js';

/** Each preset with its grade and source, and the ledgers that use it. */
export function presetNotices({ presets }: Pick<Workspace, 'presets'>): string[] {
  return [...new Set(presets.values())].map((preset) => {
    const { name, title, grade, source } = preset;
    const ledgers = [...presets].filter(([, one]) => one === preset).map(([ledger]) => LEDGER_TITLES[ledger]);
    return `Preset ${name} for ${ledgers.join(', ')}: ${title}; its columns are ${grade} (${source}).`;
  });
}

/** What each preset cannot know, for people who check a workspace. */
export function presetNotes({ presets }: Pick<Workspace, 'presets'>): string[] {
  return [...new Set(presets.values())].flatMap(({ name, notes }) =>
    notes.map((note) => `  ${name}: ${note}`),
  );
}

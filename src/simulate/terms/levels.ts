/** Variants that put every plan at another level, and what that leaves out or fills in: nothing in silence. */
import { HOLD } from '../../plans/defaults.js';
import { isUsed, LEVELS, type Level, type LevelNumber } from '../../plans/levels.js';
import type { TermsInput } from '../../plans/schema.js';
import { atLevel } from '../../plans/terms.js';
import { asRecord, type Written } from '../../plans/written.js';
import type { Ratio } from '../../ratio.js';

/** What a level needs that plans may not have. */
export interface LevelSettings {
  /** Days past due from which levels 1 and 2 claw back, in place of the plans' own. */
  readonly clawbackDays?: number;
  /** The share that level 2 holds, as in comp.yaml: `50%`. */
  readonly hold?: string;
}

/** What a change of level leaves out of a plan, or fills in. */
export type LevelNote =
  /** Keys that the level does not use. */
  | {
      readonly kind: 'left-out';
      readonly level: LevelNumber;
      readonly plan: string;
      readonly keys: readonly string[];
    }
  /** Nothing says when commission is late: only write-offs claw back. */
  | { readonly kind: 'no-clawback-days'; readonly level: LevelNumber; readonly plan: string }
  /** Nothing says how much is held. */
  | {
      readonly kind: 'default-hold';
      readonly level: LevelNumber;
      readonly plan: string;
      readonly hold: Ratio;
    };

/** Every plan at a level, keeping its rate. */
export function termsAtLevel(
  terms: TermsInput,
  number: LevelNumber,
  settings: LevelSettings = {},
): { readonly terms: TermsInput; readonly notes: readonly LevelNote[] } {
  const level = LEVELS[number];
  const { terms: changed } = atLevel(terms, number);
  if (level === undefined || !Array.isArray(terms.plans)) return { terms, notes: [] };
  const notes: LevelNote[] = [];
  const plans = changed.plans.map((plan, index) => {
    if (typeof plan !== 'object' || plan === null || plan.credit === 'cash') return plan;
    const id = String(plan.id);
    const keys = leftOut({ ...terms.plans[index] }, level);
    if (keys.length > 0) notes.push({ kind: 'left-out', level: number, plan: id, keys });
    const given = { ...plan, ...settingsOf(level.uses, plan, settings) } as TermsInput['plans'][number];
    if (level.clawback === 'always' && given.clawback?.pastDueDays === undefined) {
      notes.push({ kind: 'no-clawback-days', level: number, plan: id });
    }
    if (level.held === 'part' && given.hold === undefined) {
      notes.push({ kind: 'default-hold', level: number, plan: id, hold: HOLD });
    }
    return given;
  });
  return { terms: { ...changed, plans }, notes };
}

/** The keys that a level has no use for, and the levels of versions: all versions are at the one level. */
function leftOut(plan: Written, level: Level): string[] {
  const own = Object.keys(plan).filter((key) => !isUsed(level, key));
  const { versions } = plan;
  const ofVersions = (Array.isArray(versions) ? versions : []).flatMap((version: unknown, index) =>
    Object.keys(asRecord(version) ?? {})
      .filter((key) => key === 'level' || !isUsed(level, key))
      .map((key) => `versions[${index}].${key}`),
  );
  return [...own, ...ofVersions];
}

/** The settings that a level uses. */
function settingsOf(
  uses: readonly string[],
  plan: TermsInput['plans'][number],
  { clawbackDays, hold }: LevelSettings,
): Partial<TermsInput['plans'][number]> {
  return {
    ...(clawbackDays !== undefined && uses.includes('clawback')
      ? { clawback: { ...plan.clawback, pastDueDays: clawbackDays } }
      : {}),
    ...(hold !== undefined && uses.includes('hold') ? { hold } : {}),
  };
}

/** The five levels of linking commission to cash, each as a preset of the same few settings. */

export type LevelNumber = 0 | 1 | 2 | 3 | 4;

export type LevelName =
  | 'no-linkage'
  | 'clawback'
  | 'partial-hold'
  | 'pay-on-collection'
  | 'earn-on-collection';

/** The keys of a plan that only some levels use. */
export type LevelKey = 'hold' | 'untilInvoice' | 'release' | 'clawback' | 'earnOn' | 'tolerance';

export interface Level {
  readonly number: LevelNumber;
  readonly name: LevelName;
  /** When commission is earned: with the sale, or only with its cash (R5.4, R5.5). */
  readonly earned: 'with-sale' | 'with-cash';
  /** How much of the earned commission waits for cash: nothing, the plan's `hold`, or all (R5.3). */
  readonly held: 'none' | 'part' | 'all';
  /** Whether advanced commission is taken back (R5.6). */
  readonly clawback: 'never' | 'always' | 'optional';
  readonly uses: readonly LevelKey[];
  /** What the level does with commission, for texts about keys that it does not use. */
  readonly does: string;
}

export const LEVELS: readonly [Level, Level, Level, Level, Level] = [
  {
    number: 0,
    name: 'no-linkage',
    earned: 'with-sale',
    held: 'none',
    clawback: 'never',
    uses: ['earnOn'],
    does: 'pays everything with the sale and never looks at cash',
  },
  {
    number: 1,
    name: 'clawback',
    earned: 'with-sale',
    held: 'none',
    clawback: 'always',
    uses: ['earnOn', 'tolerance', 'clawback'],
    does: 'pays everything with the sale and takes it back if the cash does not come in',
  },
  {
    number: 2,
    name: 'partial-hold',
    earned: 'with-sale',
    held: 'part',
    clawback: 'optional',
    uses: ['earnOn', 'tolerance', 'clawback', 'hold', 'untilInvoice', 'release'],
    does: 'holds a part until cash comes in',
  },
  {
    number: 3,
    name: 'pay-on-collection',
    earned: 'with-sale',
    held: 'all',
    clawback: 'never',
    uses: ['earnOn', 'tolerance', 'release'],
    does: 'holds everything until cash comes in',
  },
  {
    number: 4,
    name: 'earn-on-collection',
    earned: 'with-cash',
    held: 'all',
    clawback: 'never',
    uses: ['tolerance'],
    does: 'earns nothing until cash comes in',
  },
];

/** The level with this number or name; undefined if there is none. */
export function findLevel(written: unknown): Level | undefined {
  return LEVELS.find((level) => level.number === written || level.name === written);
}

/** The keys that belong to a level. */
export const LEVEL_KEYS: readonly LevelKey[] = [
  'hold',
  'untilInvoice',
  'release',
  'clawback',
  'earnOn',
  'tolerance',
];

/** Whether a level has a use for a key of a plan. */
export function isUsed(level: Level, key: string): boolean {
  return !LEVEL_KEYS.includes(key as LevelKey) || level.uses.includes(key as LevelKey);
}

/** What is side by side on the page: today, and every variant that differs from it. */
import { type Day, findDay } from '../day.js';
import type { Minor } from '../money.js';
import type { Ratio } from '../ratio.js';
import type { Measured } from '../simulate/measure-list.js';
import type { Measures } from '../simulate/measures.js';
import type { RepChange } from '../simulate/people.js';
import type { SimulatedToday, SimulatedVariant, Simulation } from '../simulate/simulate.js';

/** What the page is given besides the simulation. */
export interface PageHead {
  /** `Commission, level by level`. */
  readonly title: string;
  /** The workspace that it was made from, as a reader knows it. */
  readonly config: string;
  /** Names of people by rep id; who is not there goes by the id. */
  readonly names?: ReadonlyMap<string, string> | undefined;
  readonly company?: string | undefined;
  /** What a year of financing costs: `9%`. */
  readonly carryingCost?: Ratio | undefined;
  /** What a collection call costs, in minor units. */
  readonly callCost?: Minor | undefined;
  /** The rep or the invoice whose differences are listed. */
  readonly explain?: string | undefined;
  /** The first booking date that variants price; undefined where it is all. */
  readonly from?: string | undefined;
}

/** Today, or a variant. */
export interface Column {
  /** Part of ids on the page. */
  readonly id: string;
  readonly name: string;
  readonly side: SimulatedToday;
  /** Undefined for today. */
  readonly variant: SimulatedVariant | undefined;
}

/** A page, and what all of its sections are made from. */
export interface Source {
  readonly simulation: Simulation;
  readonly head: PageHead;
  readonly today: Column;
  /** The variants that differ from today. */
  readonly variants: readonly Column[];
  /** Today first. */
  readonly columns: readonly Column[];
  readonly digits: number;
}

/** A variant that is as today shares its column. */
export function sourceOf(simulation: Simulation, head: PageHead): Source {
  const same = simulation.variants.filter(({ isAsToday }) => isAsToday).map(({ name }) => name);
  const today = {
    id: 'today',
    name: ['today', ...same].join(', '),
    side: simulation.today,
    variant: undefined,
  };
  const variants = simulation.variants
    .map((variant, index) => ({ id: `v${index + 1}`, name: variant.name, side: variant, variant }))
    .filter(({ variant }) => !variant.isAsToday);
  const { digits } = simulation.currency;
  return { simulation, head, today, variants, columns: [today, ...variants], digits };
}

/** What the measures of a column are taken from. */
export function measuredOf({ head }: Source, { variant }: Column, measures: Measures): Measured {
  return { measures, people: variant?.people, carryingCost: head.carryingCost };
}

/** The name of a rep, or the id of one without. */
export function repName({ names }: PageHead, repId: string): string {
  return names?.get(repId) ?? repId;
}

/** What a variant changes for reps; nothing for today. */
export function changesOf({ variant }: Column): readonly RepChange[] {
  return variant?.people.reps ?? [];
}

/** The class of a table in which changes are beside their figures on paper: it has few columns. */
export function hasRoomBeside(columns: readonly Column[]): '' | ' roomy' {
  return columns.length <= MOST_ROOMY ? ' roomy' : '';
}

const MOST_ROOMY = 5;

/** A name at the start of a sentence or a heading: that of a level is a word of ours. */
export function capitalized(name: string): string {
  return /^(today|level)\b/.test(name) ? `${name.slice(0, 1).toUpperCase()}${name.slice(1)}` : name;
}

export function dayOf(iso: string): Day {
  return findDay(iso) as Day;
}

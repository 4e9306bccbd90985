/** The door `clawback/simulate`: what other levels, plans or collections would have come to on the same ledgers. */
export { type SimulateOptions, simulate } from './library/simulate.js';
export type { RuleEffect } from './simulate/collections/collect.js';
export { type BeforeAndAfter, WORTH_MEASURES, type WorthMeasure } from './simulate/collections/worth.js';
export type { CustomerOutlook } from './simulate/forecast/forecast.js';
export {
  type Figure,
  figureText,
  MEASURE_GROUPS,
  MEASURES,
  type Measure,
  type Measured,
  type MeasureGroup,
} from './simulate/measure-list.js';
export type { Ahead, HighestAt, Measures, QuarterSums, RepSums } from './simulate/measures.js';
export type { WeightedDays } from './simulate/pay-timing.js';
export type { People, RepChange, Side } from './simulate/people.js';
export type { Sales } from './simulate/sales.js';
export type {
  CollectionEffects,
  ForecastFacts,
  SimulatedToday,
  SimulatedVariant,
  Simulation,
  SimulationOutcome,
} from './simulate/simulate.js';
export type { Steadiness } from './simulate/steadiness.js';
export { fromDay } from './simulate/terms/from-day.js';
export { type LevelNote, type LevelSettings, termsAtLevel } from './simulate/terms/levels.js';
export { type SetKey, withKey } from './simulate/terms/set.js';
export type { Variant } from './simulate/variant.js';
export type { LineDifference, LineMove } from './simulate/why.js';

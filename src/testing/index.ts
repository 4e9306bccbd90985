/** The test kit, `clawback/testing`: for who tries a change of plan before it is signed. It needs fast-check. */
export {
  editedHistories,
  type HistoryOptions,
  histories,
  planChanges,
  plans,
  rates,
  teams,
} from './arbitraries.js';
export { asCsv } from './as-csv.js';
export { closeThrough } from './close-through.js';
export {
  type ComparedAmounts,
  type ComparedBy,
  type ComparedFigure,
  type ComparedRow,
  compareResults,
} from './compare-results.js';
export { FEATURE_NAMES, type Feature } from './features.js';
export type { Calculate, LawResult } from './laws/calculation.js';
export { type Breach, LawBroken } from './laws/law-broken.js';
export {
  asOfPrefix,
  checkLaws,
  conservation,
  history,
  order,
  planChange,
  refund,
} from './laws/laws.js';
export type { Limits } from './limits.js';
export { changePlan, type PlanChange } from './plan-change.js';
export { settle } from './settle.js';

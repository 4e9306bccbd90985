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
export { refund, splitPayment } from './laws/cash.js';
export { checkLaws } from './laws/check-laws.js';
export { collectedCash } from './laws/collected-cash.js';
export { conservation, payAccount } from './laws/conservation.js';
export { asOfPrefix, history } from './laws/history.js';
export { itemSplit } from './laws/item-split.js';
export { type Breach, type Figures, LawBroken } from './laws/law-broken.js';
export { levelOrder, paidUp } from './laws/levels.js';
export { order, renaming } from './laws/names.js';
export { NEUTRAL_CHANGES, type NeutralChange, neutral } from './laws/neutral.js';
export { planChange } from './laws/plan-change.js';
export { scale } from './laws/scale.js';
export { teamOfOne } from './laws/team-of-one.js';
export type { Limits } from './limits.js';
export { changePlan, type PlanChange } from './plan-change.js';
export { settle } from './settle.js';

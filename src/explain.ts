/** The door `clawback/explain`: why every amount is what it is, and what can still change it. */
export type { Explainable } from './engine/result.js';
export {
  type AgeBand,
  type Ageing,
  type AgeingRow,
  ageingOf,
  type ComingClawback,
} from './explain/ageing.js';
export { type CashExplanation, explainCash } from './explain/cash.js';
export { explainAllLines, explainLines, type LineExplanation } from './explain/lines.js';
export { explainAllPay, explainPay, type PayExplanation } from './explain/reps.js';

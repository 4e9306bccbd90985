/** The door `clawback/explain`: why every amount is what it is, and what can still change it. */
export type { Explainable } from './engine/result.js';
export type { AgedLine, AgeingFigures } from './explain/ageing.js';
export {
  type AgeBand,
  type Ageing,
  type AgeingRow,
  ageingOf,
  type ComingClawback,
} from './explain/ageing.js';
export type { CapExplanation } from './explain/caps.js';
export type { CashEventExplanation } from './explain/cash.js';
export { type CashExplanation, explainCash } from './explain/cash.js';
export type { DaysToCollect } from './explain/days-to-collect.js';
export type { ComingPart } from './explain/forecast/open-lines.js';
export type {
  CurrencyRateExplanation,
  DisputeExplanation,
  EventExplanation,
  InstalmentExplanation,
  RateExplanation,
  TeamPart,
} from './explain/lines.js';
export { explainAllLines, explainLines, type LineExplanation } from './explain/lines.js';
export type { InvoiceNet } from './explain/reps.js';
export { explainAllPay, explainPay, type PayExplanation } from './explain/reps.js';
export type { ShortPayer } from './explain/short-pay.js';

/** The door `clawback/lint`: what a careful reader would question about plans and ledgers. */
export { type Lint, lint } from './library/lint.js';
export type { AcceptedQuestion } from './lint/accept.js';
export {
  type CatalogEntry,
  catalogEntry,
  QUESTION_CODES,
  type QuestionCode,
  type Weight,
} from './lint/catalog.js';
export type { About, Figure, HistoryRow, Question, SmallestHistory } from './lint/question.js';

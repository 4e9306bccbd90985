/** What a question is: its code, what it is about, the figures behind it, and what one may do. */
import type { TermsPath } from '../problems/place.js';
import type { QuestionCode, Weight } from './catalog.js';

/** A figure behind a question; `value` is exact text: `1234.56`, `5%`, `3`, `2025-03-31`. */
export interface Figure {
  readonly name: string;
  /** `money` is in the currency of the workspace. */
  readonly kind: 'money' | 'percent' | 'count' | 'days' | 'date';
  readonly value: string;
}

/** What a question is about: ids as the ledgers and comp.yaml have them. */
export interface About {
  readonly plan?: string;
  readonly rep?: string;
  readonly customer?: string;
  readonly invoice?: string;
  readonly category?: string;
}

/** A row of a ledger as text by column. */
export type HistoryRow = Readonly<Record<string, string>>;

/**
 * The smallest history that shows what is questioned: the ledgers that one rep needs, first without the last sale and then
 * with it, and the commission that the rate makes of each, whenever it is paid.
 */
export interface SmallestHistory {
  /** Empty where thresholds need no quota. */
  readonly quotas: readonly HistoryRow[];
  readonly before: readonly HistoryRow[];
  readonly after: readonly HistoryRow[];
  /** In the currency. */
  readonly commission: { readonly before: string; readonly after: string };
}

/** A question on the plans or the ledgers: plain data. */
export interface Question {
  readonly code: QuestionCode;
  readonly weight: Weight;
  readonly about: About;
  /** The key of the terms that settles it; undefined where it is about the ledgers alone. */
  readonly path: TermsPath | undefined;
  readonly figures: readonly Figure[];
  /** What was found, with its figures. */
  readonly sentence: string;
  /** What one may do. */
  readonly advice: string;
  readonly history: SmallestHistory | undefined;
}

/** A question before the catalog adds its weight, and puts it in its place. */
export interface Asked extends Omit<Question, 'weight' | 'path' | 'history'> {
  readonly path?: TermsPath | undefined;
  readonly history?: SmallestHistory | undefined;
  /** What it is about in money: of one kind, the largest come first. */
  readonly size?: bigint;
}

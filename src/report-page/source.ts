/** What the report is made from. */
import type { PeriodState } from '../closing/period-state.js';
import type { Explainable, PostedResult } from '../engine/result.js';
import type { Place } from '../problems/place.js';
import type { InputFile } from '../workspace/input-file.js';

export interface ReportSource {
  readonly calculation: Explainable<PostedResult>;
  readonly version: string;
  /** The level that every plan was recomputed at; undefined where each has its own. */
  readonly level: number | undefined;
  readonly inputs: readonly InputFile[];
  /** The closes that the result rests on, by period, each with the hash of its record. */
  readonly closes: readonly { readonly period: { readonly name: string }; readonly sha256: string }[];
  /** Of the pay period; a draft by default. */
  readonly state?: PeriodState;
  readonly locate: (place: Place) => Place;
  /** As much of the postings as this, in letters, goes into the page; the rest is in `postings.csv`. */
  readonly room?: number;
}

/** The intermediate results that a calculation keeps, for writing, closing or explaining the result. */
import type { Credits } from './r3-sales/credits.js';
import type { PricedCash } from './r6-postings/cash-poster.js';
import type { PricedLines } from './r6-postings/poster.js';
import type { PostingTable } from './r6-postings/posting-table.js';
import type { Setting } from './setting.js';

/** What lines are explained from: what the calculation was given, and the lines with their events and prices. */
export interface LineWorking extends PricedLines {
  readonly setting: Setting;
  /** Who is credited on which invoice. */
  readonly credits: Credits;
  /** Undefined where no plan pays for cash (R12.4). */
  readonly cash: PricedCash | undefined;
}

/** What a calculation keeps on request. */
interface Parts {
  /** The terms and the ledgers as read. */
  readonly setting: Setting;
  /** Every posting of the recompute in columns. */
  readonly postings: PostingTable;
  readonly lines: LineWorking;
  /** The same, but it is not kept how each booking met its table: it takes less time and memory. */
  readonly sales: LineWorking;
}

/** The parts by name: `setting` for remarks on terms and ledgers; `postings` for closes, explanations of pay and result files; `lines` for everything about lines; `sales` for lines and what happened to their invoices, without how they were priced. */
export type Keep = keyof Parts;

/** The parts that were requested. */
export type Working<Kept extends Keep = never> = Readonly<Pick<Parts, Kept>>;

/** What credit memos take back of a line, if they state it: `c` in place of credited ÷ total (R26). */
import { type Amount, amountAt, exactly } from '../../amount.js';
import { dayAt } from '../../day.js';
import type { Units } from '../../money.js';
import type { Measure } from '../../plans/plan.js';
import { compare, ONE, over, type Ratio, ratio, times, ZERO } from '../../ratio.js';
import type { Setting } from '../setting.js';
import type { Credits } from './credits.js';
import type { Lines } from './lines.js';

/** What one memo takes back. */
interface Statement {
  readonly commissionable: Units | undefined;
  readonly cost: Units | undefined;
  /** The rep whose part it is; undefined: everyone's. */
  readonly rep: number | undefined;
}

/** The credit memos that say what they take back of which sales. */
export class MemoCredits {
  readonly #setting: Setting;
  readonly #lines: Lines;
  readonly #teams: Credits['teams'];
  /** By the number of the memo among the sources. */
  readonly #statements = new Map<number, Statement>();
  readonly #invoices = new Set<number>();

  constructor(setting: Setting, lines: Lines, { teams }: Pick<Credits, 'teams'>) {
    this.#setting = setting;
    this.#lines = lines;
    this.#teams = teams;
    this.#addMemos();
    this.#addReversals();
  }

  /** Whether no memo says what it takes back. */
  get isEmpty(): boolean {
    return this.#invoices.size === 0;
  }

  /** Whether a memo says what it takes back of the invoice: if none does, credited ÷ total is all there is to it. */
  has(invoice: number): boolean {
    return this.#invoices.has(invoice);
  }

  /** R26.2: the part of a line that a memo takes back: of its basis, or of its quota credit. */
  shareOf(line: number, source: number, amount: Amount, measure: Measure): Ratio {
    const { totals } = this.#setting.books.invoices;
    const invoice = this.#lines.invoices[line] as number;
    const statement = this.#statements.get(source);
    const whole =
      statement?.commissionable === undefined
        ? part(exactly(amount), exactly(amountAt(totals, invoice)))
        : this.#partOf(invoice, statement, statement.commissionable, measure);
    return statement?.rep === undefined ? whole : times(whole, this.#ofLine(line, statement.rep));
  }

  /** R26.2: of the invoice's amount, or of its gross profit where both costs are known. */
  #partOf(invoice: number, { cost }: Statement, commissionable: Units, measure: Measure): Ratio {
    const { amounts, costs } = this.#setting.books.invoices;
    const amount = exactly(amountAt(amounts, invoice));
    const own = costs?.[invoice];
    return measure === 'revenue' || cost === undefined || own === undefined
      ? part(commissionable, amount)
      : part(commissionable - cost, amount - exactly(own));
  }

  /** R26.2: what is one rep's part of an invoice is this many times as much of a line, or nothing of it. */
  #ofLine(line: number, rep: number): Ratio {
    const lines = this.#lines;
    const share = lines.shareOf(line);
    if (lines.creditOf(line) === 'own') return lines.reps[line] === rep ? over(ONE, share) : ZERO;
    const { bookings } = this.#setting.books.invoices;
    const above = this.#teams?.managersOf(rep, dayAt(bookings, lines.invoices[line] as number));
    if (above?.kind !== 'tree') return ZERO;
    const manager = above.shares.find((one) => one.manager === lines.reps[line]);
    return manager === undefined ? ZERO : over(manager.share, share);
  }

  #addMemos(): void {
    const { books, sources } = this.#setting;
    const first = sources.firstOf('creditMemos');
    for (const [memo, { commissionable, cost, rep }] of books.creditMemos.takenBack) {
      const invoice = books.invoices.sales.find(books.creditMemos.invoices, memo);
      if (invoice < 0) continue;
      const statement = { commissionable, cost, rep: rep === '' ? undefined : books.reps.numberOf(rep) };
      this.#statements.set(first + memo, statement);
      this.#invoices.add(invoice);
    }
  }

  /** R26.1: a reversing invoice says so with its own amount and cost. Most take the same part of everything. */
  #addReversals(): void {
    const { invoices } = this.#setting.books;
    const { amounts, totals, costs, sales } = invoices;
    const measuresProfit = this.#setting.terms.plans.some(
      ({ basis, measure }) => basis === 'gross-profit' || measure === 'gross-profit',
    );
    for (const [reversing, id] of invoices.reverses) {
      const invoice = sales.findText(id);
      if (invoice < 0) continue;
      const [amount, total] = [exactly(amountAt(amounts, reversing)), exactly(amountAt(totals, reversing))];
      const [sold, owed] = [exactly(amountAt(amounts, invoice)), exactly(amountAt(totals, invoice))];
      const cost = costs?.[reversing];
      const isOfProfit = measuresProfit && cost !== undefined && costs?.[invoice] !== undefined;
      if (!isOfProfit && sold !== 0n && amount * owed === sold * total) continue;
      const back = cost === undefined ? undefined : -exactly(cost);
      this.#statements.set(reversing, { commissionable: -amount, cost: back, rep: undefined });
      this.#invoices.add(invoice);
    }
  }
}

/** R26.2: a divisor of 0 gives 0. */
function part(of: Units, whole: Units): Ratio {
  return whole === 0n ? ZERO : ratio(of, whole);
}

/** R26.2: `c` is kept between 0 and 1. */
export function keptAsShare(sum: Ratio): Ratio {
  if (compare(sum, ZERO) <= 0) return ZERO;
  return compare(sum, ONE) >= 0 ? ONE : sum;
}

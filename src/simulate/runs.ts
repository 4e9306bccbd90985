/** Calculates the same ledgers under several terms: they are read and laid out once, as long as the terms read them alike. */
import { BeyondSafe, type Counting, IN_BIGINTS, IN_NUMBERS } from '../amount.js';
import { type Run, runOf } from '../engine/calculate.js';
import { type Inputs, intakeTermsOf } from '../engine/open.js';
import type { Books } from '../engine/r2-ledgers/books.js';
import { type Intake, type IntakeTerms, takeIn } from '../engine/r2-ledgers/intake.js';
import type { TermsInput } from '../plans/schema.js';
import { readTerms } from '../plans/terms.js';
import type { Fault } from '../problems/problem.js';
import { type FollowedLines, lineFollower } from './followed-lines.js';

/** The ledgers that something is changed in, with their columns. */
export type ChangedBooks = Pick<Books, 'invoices' | 'payments' | 'writeOffs' | 'creditMemos'>;

/** What a run takes in place of what the inputs have. */
export interface RunChanges {
  readonly asOf?: string;
  readonly books?: ChangedBooks;
}

/** A run, and what was seen of its lines. */
export interface FollowedRun {
  readonly run: Run;
  readonly followed: FollowedLines;
}

/** Runs the ledgers under terms, or throws {@link Refused}. */
export type RunTerms = (terms: TermsInput, changes?: RunChanges) => FollowedRun;

/** Raised where the inputs of a run cannot be understood. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super('the inputs have faults');
    this.faults = faults;
  }
}

/**
 * Does something with runs of the same ledgers: in numbers while they are exact, else in bigints.
 *
 * @param act - is done again from the start where numbers do not do
 */
export function withRuns<Done>(inputs: Omit<Inputs, 'keep' | 'closes'>, act: (run: RunTerms) => Done): Done {
  if (inputs.counting === 'bigints') return act(runner(inputs, IN_BIGINTS));
  try {
    return act(runner(inputs, IN_NUMBERS));
  } catch (error) {
    if (!(error instanceof BeyondSafe)) throw error;
    return act(runner(inputs, IN_BIGINTS));
  }
}

function runner({ ledgers, asOf: today }: Omit<Inputs, 'keep' | 'closes'>, counting: Counting): RunTerms {
  let before: { readonly terms: IntakeTerms; readonly intake: Intake } | undefined;
  return (terms, { asOf = today, books } = {}) => {
    const reading = readTerms(terms);
    const intakeTerms = intakeTermsOf(reading);
    if (before === undefined || !areAlike(before.terms, intakeTerms)) {
      before = { terms: intakeTerms, intake: takeIn(ledgers, intakeTerms, counting) };
    }
    const { intake } = before;
    const { observe, followed } = lineFollower();
    const run = runOf(
      { terms, ledgers, asOf },
      {
        counting,
        reading,
        // The rows of the ledgers have the same numbers whatever the terms are.
        intake: { ...intake, books: { ...intake.books, ...books } },
        explains: false,
        keepsPostings: false,
        observe,
      },
    );
    if (run.kind === 'refused') throw new Refused(run.faults);
    return { run, followed: followed() };
  };
}

/** Whether two terms read the same ledgers. */
function areAlike(a: IntakeTerms, b: IntakeTerms): boolean {
  if (a.digits !== b.digits || a.fiscalYearStart !== b.fiscalYearStart) return false;
  if (a.credits.size !== b.credits.size) return false;
  return [...a.credits].every(([plan, credit]) => b.credits.get(plan) === credit);
}

/** Questions on plans and ledgers, as a program asks for them. */
import { calculateStreaming } from '../engine/calculate.js';
import type { Refusal } from '../engine/result.js';
import { type AcceptedQuestion, answered, unknownAcceptances } from '../lint/accept.js';
import { questionsOn } from '../lint/lint.js';
import type { Question } from '../lint/question.js';
import { type Inputs, readInputs } from './given-inputs.js';

/** What a careful reader would question: plain data. */
export interface Lint {
  readonly kind: 'linted';
  /** The most important first. */
  readonly questions: readonly Question[];
  /** Those that the terms accept (`lint.accept`), with their reasons. */
  readonly accepted: readonly AcceptedQuestion[];
}

/**
 * What a careful plan designer, a lawyer or a rep would question about plans and ledgers, each with its figures, the key of
 * the terms, and what one may do. A question is no fault: the calculation is what the rules make of the inputs. Pure, and the
 * same for every order of rows.
 *
 * @param inputs - as for `calculate`
 * @returns the questions, the most important first; or every fault of the inputs
 * @example
 * const outcome = lint({ terms, ledgers, asOf: '2025-12-31' });
 * if (outcome.kind === 'linted') for (const { code, sentence } of outcome.questions) console.log(code, sentence);
 */
export function lint(inputs: Omit<Inputs, 'keep'>): Lint | Refusal {
  const given = readInputs({ ...inputs, keep: { postings: true, sales: true } });
  if (given.faults !== undefined) return { kind: 'refused', faults: given.faults };
  const outcome = calculateStreaming(given.inputs);
  if (outcome.kind === 'refused') return outcome;
  const faults = unknownAcceptances(given.inputs);
  if (faults.length > 0) return { kind: 'refused', faults };
  const { questions, accepted } = answered(questionsOn(outcome, given.inputs), given.inputs);
  return { kind: 'linted', questions, accepted };
}

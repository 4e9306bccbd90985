/** Questions that comp.yaml accepts: those who asked them know the answer, and wrote it down. */
import { findNearest } from '../problems/nearest.js';
import type { TermsPath } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import { QUESTION_CODES } from './catalog.js';
import type { Given } from './facts.js';
import type { Question } from './question.js';

/** An entry of `lint.accept`. */
interface Acceptance {
  readonly question: string;
  /** Undefined: of every plan, or about every rep. */
  readonly plan: string | undefined;
  readonly rep: string | undefined;
  readonly reason: string;
}

/** A question with the reason for which it is accepted. */
export interface AcceptedQuestion {
  readonly question: Question;
  readonly reason: string;
}

/** The questions that are left, those that are accepted, and the keys of entries that accept none. */
export interface Answered {
  readonly questions: readonly Question[];
  readonly accepted: readonly AcceptedQuestion[];
  readonly unused: readonly TermsPath[];
}

/** Sets the questions apart that the terms accept: the first entry that fits gives the reason. */
export function answered(questions: readonly Question[], given: Pick<Given, 'terms'>): Answered {
  const entries = acceptancesIn(given);
  const used = new Set<Acceptance>();
  const left: Question[] = [];
  const accepted: AcceptedQuestion[] = [];
  for (const question of questions) {
    const fitting = entries.filter((entry) => fits(entry, question));
    for (const entry of fitting) used.add(entry);
    const [first] = fitting;
    if (first === undefined) left.push(question);
    else accepted.push({ question, reason: first.reason });
  }
  const unused = entries.flatMap((entry, at) => (used.has(entry) ? [] : [['lint', 'accept', at]]));
  return { questions: left, accepted, unused };
}

function fits({ question, plan, rep }: Acceptance, { code, about }: Question): boolean {
  return (
    question === code &&
    (plan === undefined || plan === about.plan) &&
    (rep === undefined || rep === about.rep)
  );
}

/** Entries whose code no question has. */
export function unknownAcceptances(given: Pick<Given, 'terms'>): readonly Fault[] {
  const codes: readonly string[] = QUESTION_CODES;
  return acceptancesIn(given).flatMap(({ question }, at): Fault[] => {
    if (codes.includes(question)) return [];
    const nearest = findNearest(question, codes);
    const expected = `the code of a question${nearest === undefined ? '' : `, such as ${nearest}`}`;
    const place = { kind: 'terms', path: ['lint', 'accept', at, 'question'] } as const;
    return [{ code: 'wrong-value', place, found: question, expected }];
  });
}

/** Plans and reps may be written as numbers. */
function acceptancesIn({ terms }: Pick<Given, 'terms'>): readonly Acceptance[] {
  return (terms.lint?.accept ?? []).map(({ question, plan, rep, reason }) => ({
    question: question.trim(),
    plan: plan === undefined ? undefined : String(plan).trim(),
    rep: rep === undefined ? undefined : String(rep).trim(),
    reason: reason.trim(),
  }));
}

/** The questions of `comp lint`: for the terminal, as CSV and as data. */
import { counted, verb } from '../counted.js';
import { displayed } from '../displayed.js';
import type { Result } from '../engine/result.js';
import { csvOf } from '../ledgers/write.js';
import type { Answered } from '../lint/accept.js';
import { catalogEntry, type QuestionCode, WEIGHTS, type Weight } from '../lint/catalog.js';
import type { Question } from '../lint/question.js';
import { keyText, type TermsPath } from '../problems/place.js';
import type { TextOptions } from './style.js';
import { spread } from './table.js';

/** The file and line of a key; empty where it has none. */
type PlaceOf = (path: TermsPath) => string;

/** How many questions of a kind are listed; `--json` and `--csv` list all. */
const MOST_OF_A_KIND = 20;

/** The questions that are shown, and those that comp.yaml accepts. */
type Asked = Pick<Answered, 'questions' | 'accepted'>;

/** The questions with their reasons, by weight and kind. */
export function lintText(
  { questions, accepted }: Asked,
  result: Result,
  placeOf: PlaceOf,
  options: TextOptions,
): string {
  const lines = [
    `As of ${result.asOf} · ${result.currency.code}`,
    summaryOf(questions, accepted),
    ...WEIGHTS.flatMap((weight) => weightLines(questions, weight, placeOf, options)),
  ];
  return `${lines.join('\n')}\n`;
}

function summaryOf(questions: readonly Question[], accepted: Asked['accepted']): string {
  const others =
    accepted.length === 0
      ? ''
      : ` ${counted(accepted.length, 'more', 'more')} ${verb(accepted.length, 'is', 'are')} accepted in comp.yaml.`;
  if (questions.length === 0) return `No questions.${others}`;
  const counts = WEIGHTS.flatMap((weight) => {
    const count = questions.filter((question) => question.weight === weight).length;
    return count === 0 ? [] : [`${count} ${weight}`];
  });
  return `${counted(questions.length, 'question')}: ${counts.join(', ')}. None is a fault: comp calc pays by the terms as they are.${others}`;
}

function weightLines(
  questions: readonly Question[],
  weight: Weight,
  placeOf: PlaceOf,
  options: TextOptions,
): readonly string[] {
  const own = questions.filter((question) => question.weight === weight);
  if (own.length === 0) return [];
  const byCode = new Map<QuestionCode, Question[]>();
  for (const question of own) {
    const known = byCode.get(question.code);
    if (known === undefined) byCode.set(question.code, [question]);
    else known.push(question);
  }
  return [
    '',
    weight.toUpperCase(),
    ...[...byCode].flatMap(([code, same]) => kindLines(code, same, placeOf, options)),
  ];
}

/** One kind: its heading, its reason, and its questions with their keys. */
function kindLines(
  code: QuestionCode,
  questions: readonly Question[],
  placeOf: PlaceOf,
  { style, width }: TextOptions,
): readonly string[] {
  const { title, why } = catalogEntry(code);
  const count = questions.length === 1 ? '' : ` (${questions.length})`;
  const shown = questions.slice(0, MOST_OF_A_KIND);
  const left = questions.length - shown.length;
  return [
    style.notice(spread(`${title}${count}`, code, width, style)),
    `    ${why}`,
    ...shown.flatMap((question, at) => {
      const next = shown[at + 1];
      // What one may do is the same for most questions of a kind: it is written once.
      const isLast = next?.advice !== question.advice;
      return [
        ...keyLines(question, placeOf),
        `    ${displayed(question.sentence)}`,
        ...(isLast ? [`    → ${displayed(question.advice)}`] : []),
      ];
    }),
    ...(left === 0 ? [] : [`  … and ${left} more: --json and --csv list all.`]),
  ];
}

/** Where the terms say it. */
function keyLines({ path }: Question, placeOf: PlaceOf): readonly string[] {
  if (path === undefined) return [];
  return [`  ${displayed([placeOf(path), keyText(path)].join('  ').trim())}`];
}

/** All questions as CSV. */
export function lintCsv(questions: readonly Question[], placeOf: PlaceOf): string {
  const names = [
    'code',
    'weight',
    'plan_id',
    'rep_id',
    'customer_id',
    'invoice_id',
    'category',
    'key',
    'place',
  ];
  const columns = [...names, 'figures', 'question', 'advice'].map((name) => ({
    name,
    kind: 'text' as const,
  }));
  const rows = questions.map(({ code, weight, about, figures, sentence, advice, ...question }) => [
    ...[code, weight],
    ...[about.plan, about.rep, about.customer, about.invoice, about.category].map((id) => id ?? ''),
    ...keyAndPlace(question, placeOf),
    figures.map(({ name, value }) => `${name}=${value}`).join(' '),
    ...[sentence, advice],
  ]);
  return [...csvOf({ file: 'questions.csv', columns, rows })].join('');
}

function keyAndPlace({ path }: Pick<Question, 'path'>, placeOf: PlaceOf): readonly [string, string] {
  return path === undefined ? ['', ''] : [keyText(path), placeOf(path)];
}

/** The same as data. */
export function lintRecord(
  { questions, accepted }: Asked,
  { asOf, currency }: Result,
  placeOf: PlaceOf,
): Record<string, unknown> {
  return {
    asOf,
    currency: currency.code,
    questions: questions.map((question) => recordOf(question, placeOf)),
    accepted: accepted.map(({ question, reason }) => ({ ...recordOf(question, placeOf), accepted: reason })),
  };
}

function recordOf(question: Question, placeOf: PlaceOf): Record<string, unknown> {
  const { code, weight, about, figures, sentence, advice, history } = question;
  const { title, why } = catalogEntry(code);
  const [key, place] = keyAndPlace(question, placeOf);
  return {
    code,
    weight,
    title,
    about,
    ...(key === '' ? {} : { key, place }),
    figures,
    sentence,
    why,
    advice,
    ...(history === undefined ? {} : { history }),
  };
}

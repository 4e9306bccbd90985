/** R10.7: neither the order of rows nor names that keep their order change anything. */
import type { Inputs } from '../../library/given-inputs.js';
import type { Row } from '../row.js';
import { type Calculate, type LawResult, resultOf } from './calculation.js';
import { diceFrom } from './choices.js';
import { draftOfInputs, withDraft } from './drafts.js';
import { LawBroken } from './law-broken.js';
import type { Law } from './same-postings.js';
import { expectSameResult } from './same-rows.js';

/**
 * R10.7: the rows of every ledger in another order change nothing.
 *
 * @param pick - which order; any number, and 0 turns every ledger around
 * @throws LawBroken
 */
export function order(calculate: Calculate, inputs: Inputs, pick = 0): void {
  const draft = draftOfInputs(inputs);
  const { upTo } = diceFrom(pick);
  for (const [name, rows] of Object.entries(draft.ledgers)) {
    const left = rows.toReversed();
    draft.ledgers[name] = rows.flatMap(() => left.splice(upTo(left.length - 1), 1));
  }
  const law = { law: 'R10.7 order', because: 'rows in another order change nothing' };
  const [expected, found] = [resultOf(calculate, inputs), resultOf(calculate, sameCloses(inputs, draft))];
  expectSameResult(expected, found, law);
  expectSameTexts('the exception', exceptionsOf(expected), exceptionsOf(found), law);
  expectSameTexts('the control total', controlsOf(expected), controlsOf(found), law);
}

/** Rows in another order are the same rows to closes. */
function sameCloses(inputs: Inputs, draft: ReturnType<typeof draftOfInputs>): Inputs {
  const turned = withDraft(inputs, draft);
  return inputs.closes === undefined ? turned : { ...turned, closes: inputs.closes };
}

/** In order of code unit; the last but one is two units long. */
const SYMBOLS = ['"', '-', '0', '=', 'A', 'a', 'é', '中', '\u{1F600}', '\uFF21'];

/** The columns of ids; what only people read is not among them. */
const IDS = [
  'invoice_id',
  'customer_id',
  'rep_id',
  'plan_id',
  'payment_id',
  'write_off_id',
  'credit_memo_id',
  'reverses',
  'manager_id',
  'collector_id',
  'entry_id',
  'item_id',
  'was',
];

/**
 * R10.7: other names for all ids, in the order of the old ones by code unit, change nothing but the names. Inputs with closes
 * are left out: a close has the old names.
 *
 * @param pick - which names; any number
 * @throws LawBroken
 */
export function renaming(calculate: Calculate, inputs: Inputs, pick = 0): void {
  if ((inputs.closes ?? []).length > 0) return;
  const draft = draftOfInputs(inputs);
  const names = newNames(Object.values(draft.ledgers), draft.terms.plans, pick);
  const called = (id: string) => names.get(id) ?? id;
  for (const plan of draft.terms.plans) plan.id = called(String(plan.id));
  for (const row of Object.values(draft.ledgers).flat()) {
    for (const column of IDS) {
      const id = row[column];
      if (id !== undefined) row[column] = called(id);
    }
  }
  const law = { law: 'R10.7 renaming', because: 'names that keep their order change nothing' };
  const expected = withNames(resultOf(calculate, inputs), called);
  const found = resultOf(calculate, withDraft(inputs, draft));
  expectSameResult(expected, found, law);
  expectSameTexts('the exception', exceptionsOf(expected, called), exceptionsOf(found), law);
  expectSameTexts('the control total', controlsOf(expected), controlsOf(found), law);
}

/** A name for each id, of as many symbols as are needed. */
function newNames(
  ledgers: readonly (readonly Row[])[],
  plans: readonly { readonly id: unknown }[],
  pick: number,
): ReadonlyMap<string, string> {
  const named = ledgers.flatMap((rows) => rows.flatMap((row) => IDS.map((column) => row[column] ?? '')));
  const ids = [...new Set([...named, ...plans.map(({ id }) => String(id))])]
    .filter((id) => id !== '' && id !== '*')
    .sort();
  const drawn = SYMBOLS.filter((_, at) => (Math.trunc(pick) >> at) % 2 === 0);
  const alphabet = drawn.length < 2 ? SYMBOLS.slice(0, 2) : drawn;
  const width = Math.ceil(Math.log(ids.length + 1) / Math.log(alphabet.length));
  const nameOf = (number: number): string =>
    Array.from({ length: width }, (_, place) => {
      const digit = Math.floor(number / alphabet.length ** (width - 1 - place)) % alphabet.length;
      return alphabet[digit];
    }).join('');
  return new Map(ids.map((id, at) => [id, nameOf(at)]));
}

function withNames(result: LawResult, called: (id: string) => string): LawResult {
  const repNamed = <Named extends { readonly repId: string }>(row: Named): Named => ({
    ...row,
    repId: called(row.repId),
  });
  const sourceNamed = <Named extends { readonly sourceId: string; readonly customerId: string }>(
    row: Named,
  ) => ({
    ...row,
    sourceId: called(row.sourceId),
    customerId: called(row.customerId),
  });
  return {
    ...result,
    postings: result.postings.map((posting) => ({
      ...sourceNamed(repNamed(posting)),
      invoiceId: called(posting.invoiceId),
      planId: called(posting.planId),
    })),
    quarters: result.quarters.map(repNamed),
    months: result.months.map(repNamed),
    attainments: result.attainments.map((row) => ({
      ...repNamed(row),
      planId: row.planId && called(row.planId),
    })),
    applied: result.applied.map((row) => ({
      ...sourceNamed(row),
      invoiceId: row.invoiceId && called(row.invoiceId),
    })),
    onAccount: result.onAccount.map(sourceNamed),
  };
}

function exceptionsOf({ exceptions }: LawResult, called = (id: string) => id): readonly string[] {
  return exceptions.map(({ code, ledger, id }) => [code, ledger, called(id)].join(' '));
}

/** What became of the rows of each ledger, and of their amounts. */
function controlsOf({ controls }: LawResult): readonly string[] {
  return [...controls].map(([ledger, { byCurrency: _, ...totals }]) =>
    [
      ledger,
      ...Object.entries(totals).map(
        ([fate, total]) => `${fate} ${typeof total === 'number' ? total : Object.values(total).join(' of ')}`,
      ),
    ].join(', '),
  );
}

function expectSameTexts(
  what: string,
  expected: readonly string[],
  found: readonly string[],
  { law, because }: Law,
): void {
  const at = expected.findIndex((one, index) => one !== found[index]);
  if (at < 0 && expected.length === found.length) return;
  const index = at < 0 ? expected.length : at;
  const words = `${because}: ${what} is to be ${expected[index] ?? 'none'}, and is ${found[index] ?? 'none'}`;
  throw new LawBroken({ law, because: words, figures: {} }, 0);
}

/** R10.8: in a currency with fewer decimals, as many times the amounts come to the same minor units. */
import { LEDGER_COLUMNS } from '../../ledger-specs/columns.js';
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import type { Inputs } from '../../library/given-inputs.js';
import { type Ratio, ratio, times } from '../../ratio.js';
import { decimalOf, textOfDecimal } from '../decimals.js';
import { type Calculate, findResult, resultOf } from './calculation.js';
import { draftOfInputs, withDraft } from './drafts.js';
import { expectSamePostings } from './same-postings.js';
import { expectSamePay } from './same-rows.js';

/** By decimals: a currency with fewer. */
const COARSER: Readonly<Record<number, { readonly code: string; readonly digits: number }>> = {
  3: { code: 'USD', digits: 2 },
  2: { code: 'JPY', digits: 0 },
};

/** The keys of terms that are amounts of money, wherever they are; a percentage has its sign. */
const AMOUNT_KEYS = new Set(['fromAmount', 'tolerance', 'most', 'least', 'keep', 'amount']);

/**
 * R10.8: multiplying every amount, quota and `fromAmount` by 10 (or 100) multiplies every exact commission by as much. To see
 * it without rounding, the currency has one (or two) decimals fewer: the result then has the same minor units. Currencies
 * without decimals are left out, and so are closes, and inputs in which the other currency is used.
 *
 * @throws LawBroken
 */
export function scale(calculate: Calculate, inputs: Inputs): void {
  const expected = resultOf(calculate, inputs);
  const { code, digits } = expected.currency;
  const coarser = COARSER[digits];
  if (coarser === undefined || (inputs.closes ?? []).length > 0) return;
  const factor = ratio(10n ** BigInt(digits - coarser.digits));
  const draft = draftOfInputs(inputs);
  const rows = Object.values(draft.ledgers).flat();
  if (rows.some(({ currency }) => currency === coarser.code)) return;
  for (const [name, own] of Object.entries(draft.ledgers)) {
    const amounts = LEDGER_COLUMNS[name as LedgerName].columns.filter(({ kind }) => kind === 'amount');
    for (const row of own) {
      for (const { name: column } of amounts) {
        const cell = row[column] ?? '';
        if (cell !== '') row[column] = textOfDecimal(times(decimalOf(cell), factor));
      }
      if (row['currency'] === code) row['currency'] = coarser.code;
    }
  }
  const terms = { ...(scaled(draft.terms, factor) as typeof draft.terms), currency: coarser.code };
  const found = findResult(calculate, withDraft(inputs, { ...draft, terms }));
  if (found === undefined) return;
  const law = {
    law: 'R10.8 scale',
    because: `${factor.n} times the amounts, in ${coarser.code}, come to as many minor units`,
  };
  expectSamePostings(expected.postings, found.postings, law, digits);
  expectSamePay(expected, found, law);
}

/** The terms with every amount multiplied. */
function scaled(value: unknown, factor: Ratio, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => scaled(one, factor, key));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, scaled(one, factor, name)]));
  const isAmount = AMOUNT_KEYS.has(key) && (typeof value === 'number' || typeof value === 'string');
  const text = String(value);
  return isAmount && !text.endsWith('%') ? textOfDecimal(times(decimalOf(text), factor)) : value;
}

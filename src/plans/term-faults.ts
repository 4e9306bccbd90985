/** The faults of terms that involve several keys of comp.yaml (R9.1). */
import { findDay } from '../day.js';
import { findDecimal, findPercent, formatPercent, powerOfTen } from '../money.js';
import type { TermsPath } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import { compare, minus, ONE, plus, type Ratio, ZERO } from '../ratio.js';
import { findCurrency } from './currencies.js';
import { ACCOUNTS, HOLD } from './defaults.js';
import { findLevel, isUsed, LEVEL_KEYS } from './levels.js';
import { ACCOUNT_ROLES, type AccountRole } from './plan.js';
import { versionsIn } from './versions.js';
import { asRecord, isWritten, type Written } from './written.js';

/** The keys that only a plan of credit cash has, and those that it has not (R12.4). */
export const CASH_KEYS: readonly string[] = ['of', 'pastDue'];
export const NOT_OF_CASH: readonly string[] = [
  'level',
  'basis',
  'quotaOn',
  'rates',
  'perInvoice',
  'timing',
  ...LEVEL_KEYS,
];

/** The faults that involve several keys. They are found in the terms as written, so that no other fault hides them. */
export function termFaults(raw: unknown): Fault[] {
  return [...planFaults(raw), ...accountFaults(raw), ...excessFaults(raw), ...payFaults(raw)];
}

function planFaults(raw: unknown): Fault[] {
  const plans = asRecord(raw)?.['plans'];
  if (!Array.isArray(plans)) return [];
  const seen = new Set<string>();
  return plans.flatMap((written: unknown, index): Fault[] => {
    const plan = asRecord(written);
    if (plan === undefined) return [];
    const path: TermsPath = ['plans', index];
    return [
      ...duplicateFaults(plan, path, seen),
      ...oneVersionFaults(plan, path),
      ...versionFaults(plan, path),
    ];
  });
}

/** R31.1: each version begins after the one before it, and with what it takes over, it is a plan without faults. */
function versionFaults(plan: Written, path: TermsPath): Fault[] {
  let known = new Set(oneVersionFaults(plan, []).map((fault) => nameOf(fault)));
  let before: string | undefined;
  return versionsIn(plan).flatMap(({ index, version, plan: changed }): Fault[] => {
    const at: TermsPath = [...path, 'versions', index];
    const from = String(version['from'] ?? '').trim();
    const isDay = findDay(from) !== undefined;
    const order: Fault[] = [];
    if (isDay && before !== undefined && from <= before) {
      const expected = `a later day than that of the version before, ${before}`;
      order.push({ code: 'wrong-value', place: terms([...at, 'from']), found: from, expected });
    }
    if (isDay) before = from;
    const faults = oneVersionFaults(changed, at);
    // A fault that is taken over is listed where it is written.
    const isOwn = (fault: Fault) =>
      isWritten(version[keyOf(fault, at)]) || !known.has(nameOf(fault, at.length));
    const own = faults.filter(isOwn);
    known = new Set(faults.map((fault) => nameOf(fault, at.length)));
    return [...order, ...own];
  });
}

/** The key of a plan that a fault is at. */
function keyOf({ place }: Fault, plan: TermsPath): string {
  return place.kind === 'terms' ? String(place.path[plan.length]) : '';
}

/** Two faults of one name are the same fault in two versions. */
function nameOf({ code, place }: Fault, depth = 0): string {
  return JSON.stringify([code, place.kind === 'terms' ? place.path.slice(depth) : []]);
}

/** The faults of a plan as it is on one day. */
function oneVersionFaults(plan: Written, path: TermsPath): Fault[] {
  const isCash = plan['credit'] === 'cash';
  return [
    ...(isCash ? cashFaults(plan, path) : [...levelFaults(plan, path), ...stageFaults(plan, path)]),
    ...rateFaults(plan, path),
    ...limitFaults(plan, path),
  ];
}

function duplicateFaults(plan: Written, path: TermsPath, seen: Set<string>): Fault[] {
  if (plan['id'] === undefined) return [];
  const id = String(plan['id']).trim();
  if (seen.has(id)) return [{ code: 'duplicate-plan', place: terms([...path, 'id']), plan: id }];
  seen.add(id);
  return [];
}

/** R21.1, R23.1: amounts that are paid are whole in the currency's minor unit, and the limit is written once. */
function payFaults(raw: unknown): Fault[] {
  const written = asRecord(raw);
  const digits = findCurrency(String(written?.['currency']))?.digits;
  const [recovery, payout] = [asRecord(written?.['recovery']), asRecord(written?.['payout'])];
  const faults: Fault[] = [];
  const check = (path: TermsPath, value: unknown) => {
    const decimal = isWritten(value) ? findDecimal(String(value).trim()) : undefined;
    if (decimal === undefined || digits === undefined || (decimal.n * powerOfTen(digits)) % decimal.d === 0n)
      return;
    const expected = `an amount with no more than ${digits} decimals`;
    faults.push({ code: 'wrong-value', place: terms(path), found: String(value).trim(), expected });
  };
  for (const key of ['keep', 'most']) check(['recovery', key], recovery?.[key]);
  check(['payout', 'least'], payout?.['least']);
  const plans = written?.['plans'];
  if (Array.isArray(plans)) {
    plans.forEach((plan: unknown, index) => {
      check(['plans', index, 'cap', 'amount'], asRecord(asRecord(plan)?.['cap'])?.['amount']);
    });
  }
  if (isWritten(recovery?.['limit']) && isWritten(written?.['recoveryLimit'])) {
    const reason = 'It is short for recovery.limit, which is set as well. Keep one of the two.';
    faults.push({ code: 'unused-key', place: terms(['recoveryLimit']), key: 'recoveryLimit', reason });
  }
  return faults;
}

/** No two accounts are the same, written or default: their balances could not be separated. */
function accountFaults(raw: unknown): Fault[] {
  const written = asRecord(asRecord(asRecord(raw)?.['journal'])?.['accounts']);
  if (written === undefined) return [];
  const roles = new Map<string, AccountRole>();
  // Defaults come first, so that the fault is at a key that the file has.
  const inOrder = [...ACCOUNT_ROLES].sort(
    (a, b) => Number(isWritten(written[a])) - Number(isWritten(written[b])),
  );
  return inOrder.flatMap((role): Fault[] => {
    const account = isWritten(written[role]) ? String(written[role]).trim() : ACCOUNTS[role];
    const other = roles.get(account);
    if (other === undefined) {
      roles.set(account, role);
      return [];
    }
    const place = terms(['journal', 'accounts', role]);
    return [{ code: 'duplicate-account', place, account, other }];
  });
}

/** The level is the whole policy: a key that it does not use is a fault, and so is a missing key that it needs. */
function levelFaults(plan: Written, path: TermsPath): Fault[] {
  const cashOnly: Fault[] = CASH_KEYS.filter((key) => isWritten(plan[key])).map((key) => ({
    code: 'unused-key',
    place: terms([...path, key]),
    key,
    reason: `Only a plan with credit: cash pays for cash as it comes in, so ${key} has no effect.`,
  }));
  if (!isWritten(plan['level'])) {
    const expected = 'a level from 0 to 4, or its name, such as clawback';
    return [...cashOnly, { code: 'missing-key', place: terms([...path, 'level']), key: 'level', expected }];
  }
  const level = findLevel(plan['level']);
  if (level === undefined) return cashOnly;
  const faults: Fault[] = LEVEL_KEYS.filter((key) => isWritten(plan[key]) && !isUsed(level, key)).map(
    (key) => ({
      code: 'unused-key',
      place: terms([...path, key]),
      key,
      reason: `Level ${level.number} (${level.name}) ${level.does}, so ${key} has no effect.`,
    }),
  );
  if (level.clawback === 'always' && plan['clawback'] === undefined) {
    const expected = 'the clawback terms of level 1, such as clawback: {pastDueDays: 90}';
    faults.push({ code: 'missing-key', place: terms([...path, 'clawback']), key: 'clawback', expected });
  }
  return [...cashOnly, ...faults];
}

/** R12.4: a plan of credit cash knows nothing of levels, bases and limits. */
function cashFaults(plan: Written, path: TermsPath): Fault[] {
  return Object.keys(plan)
    .filter((key) => NOT_OF_CASH.includes(key) && isWritten(plan[key]))
    .map((key) => ({
      code: 'unused-key',
      place: terms([...path, key]),
      key,
      reason: `A plan with credit: cash pays for cash as it comes in, so ${key} has no effect.`,
    }));
}

/** R13.2: one rate, or rates by category. */
function rateFaults(plan: Written, path: TermsPath): Fault[] {
  const [rate, rates] = [plan['rate'], plan['rates']];
  if (!isWritten(rate) && !isWritten(rates)) {
    const expected = 'a rate such as 5%, or a table of bands';
    return [{ code: 'missing-key', place: terms([...path, 'rate']), key: 'rate', expected }];
  }
  const both: Fault[] =
    isWritten(rate) && isWritten(rates) && plan['credit'] !== 'cash'
      ? [
          {
            code: 'unused-key',
            place: terms([...path, 'rate']),
            key: 'rate',
            reason: 'rates sets the rate of each category, so rate has no effect.',
          },
        ]
      : [];
  const isCash = plan['credit'] === 'cash';
  const own = tableFaults(rate, [...path, 'rate'], isCash);
  if (!Array.isArray(rates)) return [...both, ...own];
  const seen = new Set<string>();
  return [
    ...both,
    ...own,
    ...rates.flatMap((written: unknown, index): Fault[] => {
      const entry = asRecord(written);
      if (entry === undefined) return [];
      const at: TermsPath = [...path, 'rates', index];
      return [
        ...categoryFaults(entry, at, { isLast: index === rates.length - 1, seen }),
        ...tableFaults(entry['rate'], [...at, 'rate'], isCash),
      ];
    }),
  ];
}

/** R13.2: every category once, the entry for all others last, and a table only for what counts toward quota. */
function categoryFaults(
  entry: Written,
  at: TermsPath,
  { isLast, seen }: { readonly isLast: boolean; readonly seen: Set<string> },
): Fault[] {
  const written = entry['category'];
  const faults: Fault[] = [];
  if (!isWritten(written) && !isLast) {
    faults.push({ code: 'category-needed', place: terms(at) });
  }
  for (const one of Array.isArray(written) ? written : isWritten(written) ? [written] : []) {
    const category = String(one).trim();
    if (seen.has(category))
      faults.push({ code: 'duplicate-category', place: terms([...at, 'category']), category });
    seen.add(category);
  }
  if (entry['countsForQuota'] === false && asRecord(entry['rate']) !== undefined) {
    const expected =
      'a flat rate such as 5%, because sales that do not count toward quota cannot reach a band';
    faults.push({ code: 'wrong-value', place: terms([...at, 'rate']), found: 'a table', expected });
  }
  return faults;
}

/** R14.1: the least is not above the most. */
function limitFaults(plan: Written, path: TermsPath): Fault[] {
  const limits = asRecord(plan['perInvoice']);
  if (limits === undefined || plan['credit'] === 'cash') return [];
  const place = terms([...path, 'perInvoice', 'least']);
  const [least, most] = [limits['least'], limits['most']].map((limit) =>
    isWritten(limit) ? findDecimal(String(limit).trim()) : undefined,
  );
  if (least === undefined || most === undefined || compare(least, most) <= 0) return [];
  const expected = `no more than most, ${String(limits['most'])}`;
  return [{ code: 'wrong-value', place, found: String(limits['least']), expected }];
}

/** R18.1: what waits for the invoice is a part of what is posted at the booking, beside what is held. */
function stageFaults(plan: Written, path: TermsPath): Fault[] {
  const written = plan['untilInvoice'];
  if (!isWritten(written) || findLevel(plan['level'])?.uses.includes('untilInvoice') !== true) return [];
  const place = terms([...path, 'untilInvoice']);
  if (plan['earnOn'] !== 'booking') {
    const reason =
      'Without earnOn: booking, commission is posted with the invoice, so untilInvoice has no effect.';
    return [{ code: 'unused-key', place, key: 'untilInvoice', reason }];
  }
  const share = findPercent(String(written).trim())?.value;
  const hold = isWritten(plan['hold']) ? findPercent(String(plan['hold']).trim())?.value : HOLD;
  if (share === undefined || hold === undefined || compare(plus(hold, share), ONE) <= 0) return [];
  const expected = `0% to ${formatPercent(minus(ONE, hold))}, what hold leaves`;
  return [{ code: 'percent-out-of-range', place, found: String(written).trim(), expected }];
}

/** R30.3: cash can only go on account where it is applied from there. */
function excessFaults(raw: unknown): Fault[] {
  const written = asRecord(raw);
  if (written?.['excessCash'] !== 'on-account' || written['applyCash'] === 'oldest-due-first') return [];
  const reason = 'Cash on account is not applied (applyCash: none), so excessCash has no effect.';
  return [{ code: 'unused-key', place: terms(['excessCash']), key: 'excessCash', reason }];
}

/** R4.1: all thresholds of one kind, the first at 0, strictly increasing; percentages need an attainment window. */
function tableFaults(written: unknown, path: TermsPath, isCash: boolean): Fault[] {
  const rate = asRecord(written);
  const table = rate?.['table'];
  if (rate === undefined || !Array.isArray(table)) return [];
  const bands = table.map((band) => asRecord(band) ?? {});
  const kind = bands[0]?.['fromAmount'] === undefined ? 'from' : 'fromAmount';
  const other = kind === 'from' ? 'fromAmount' : 'from';
  const faults: Fault[] = [];
  let before: { readonly value: Ratio; readonly found: string } | undefined;
  bands.forEach((band, index) => {
    const at = terms([...path, 'table', index]);
    if (band[other] !== undefined || band[kind] === undefined) {
      const found = Object.keys(band).join(', ');
      faults.push({ code: 'mixed-thresholds', place: at, found, expected: kind });
      return;
    }
    const place = terms([...path, 'table', index, kind]);
    const found = String(band[kind]).trim();
    const value = kind === 'from' ? findPercent(found)?.value : findDecimal(found);
    if (value === undefined) return;
    if (index === 0 && compare(value, ZERO) !== 0) faults.push({ code: 'first-band-not-zero', place, found });
    if (before !== undefined && compare(value, before.value) <= 0) {
      faults.push({ code: 'thresholds-not-rising', place, found, before: before.found });
    }
    before = { value, found };
  });
  if (kind === 'from' && rate['attainment'] === undefined) {
    const place = terms([...path, 'attainment']);
    const expected = 'month, quarter, year-to-date or year';
    faults.push({ code: 'missing-key', place, key: 'attainment', expected });
  }
  return [...faults, ...windowFaults(rate, path, kind, isCash)];
}

/** R27.1: by the sale, thresholds are amounts and nothing is re-rated. R12.4: the tables of a cash plan are marginal. */
function windowFaults(rate: Written, path: TermsPath, kind: 'from' | 'fromAmount', isCash: boolean): Fault[] {
  const tiers = terms([...path, 'tiers']);
  const bySale = rate['attainment'] === 'sale';
  const faults: Fault[] = [];
  if (bySale && kind === 'from') {
    const place = terms([...path, 'table']);
    const expected = 'fromAmount in every band, because a single sale has no quota';
    faults.push({ code: 'wrong-value', place, found: 'from', expected });
  }
  if (bySale && rate['tiers'] === 'retroactive') {
    const expected = 'marginal or whole, because attainment: sale rates each sale by itself';
    faults.push({ code: 'wrong-value', place: tiers, found: 'retroactive', expected });
  }
  if (isCash && isWritten(rate['tiers']) && rate['tiers'] !== 'marginal') {
    const expected = 'marginal, the only kind of table for credit: cash';
    faults.push({ code: 'wrong-value', place: tiers, found: String(rate['tiers']), expected });
  }
  return faults;
}

function terms(path: TermsPath): { readonly kind: 'terms'; readonly path: TermsPath } {
  return { kind: 'terms', path };
}

/** What `comp check` remarks on: terms and ledgers that hold together, but may not say what was meant (R12.3, R13.2, R15.1). */
import { addDays, dayAt, isoOf } from '../day.js';
import type { Coded, SharedCredit } from '../engine/r2-ledgers/books.js';
import { findCurrency } from '../engine/r3-sales/currency.js';
import { teamRowsOf } from '../engine/r3-sales/teams.js';
import type { Setting } from '../engine/setting.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { NO_NAME } from '../names.js';
import { byCodeUnit } from '../order.js';
import { EVERYONE, planFinder } from '../plans/assignments.js';
import { firstVersions, type Plan } from '../plans/plan.js';
import { findNearest } from '../problems/nearest.js';

/** A remark: nothing that `comp calc` would reject or set aside. */
export interface Remark {
  readonly code:
    | 'manager-without-team-plan'
    | 'category-not-sold'
    | 'category-not-rated'
    | 'currency-without-rate';
  /** The manager, the category or the currency. */
  readonly about: string;
  readonly message: string;
  /** The first row that it is about: where there is none, it is about the plans. */
  readonly row?: { readonly ledger: LedgerName; readonly row: number };
}

/** The remarks on what a calculation is given, in the order of the rules, then by what they are about. */
export function remarksOn(setting: Setting): readonly Remark[] {
  return [
    ...managersWithoutPlan(setting),
    ...categoriesNotSold(setting),
    ...categoriesNotRated(setting),
    ...currenciesWithoutRate(setting),
  ];
}

/** R12.3: who has a team, and no team plan on any day of it up to the as-of date. */
function managersWithoutPlan(setting: Setting): readonly Remark[] {
  const { terms, books, asOf } = setting;
  const ledger = books.teams === undefined ? 'reps' : 'teams';
  // Managers in the reps ledger may be there for other reasons than an override.
  if (ledger === 'reps' && terms.plans.every(({ credit }) => credit !== 'team')) return [];
  const rows = teamRowsOf(books).filter(({ from }) => from <= asOf);
  if (rows.length === 0) return [];
  const planOf = planFinder(terms, books.assignments);
  // A rep gets a plan only where an assignment begins, or gives way to one of everyone.
  const begins = (rep: string) =>
    (books.assignments ?? [])
      .filter((one) => one.rep === rep || one.rep === EVERYONE)
      .flatMap((one) => [one.from, ...(one.to === undefined ? [] : [addDays(one.to, 1)])]);
  const hasPlan = ({ to, from, until }: SharedCredit) =>
    [from, ...begins(to)].some(
      (day) =>
        day >= from &&
        day <= asOf &&
        (until === undefined || day <= until) &&
        planOf(to, day, 'team') !== undefined,
    );
  const managers = [...new Set(rows.map(({ to }) => to))].sort(byCodeUnit);
  return managers
    .filter((manager) => !rows.some((row) => row.to === manager && hasPlan(row)))
    .map((manager) => ({
      code: 'manager-without-team-plan',
      about: manager,
      row: { ledger, row: Math.min(...rows.filter(({ to }) => to === manager).map(({ row }) => row)) },
      message: `${manager} has a team, but no plan with credit: team while it lasts, so the team's sales are not credited to ${manager}. If they should be, assign a team plan.`,
    }));
}

/** R13.2: categories that an entry of rates names, and nothing that was sold has. */
function categoriesNotSold({ terms, books }: Setting): readonly Remark[] {
  const sold = categoriesIn(books);
  return firstVersions(terms.plans).flatMap(({ id }) =>
    [...new Set(terms.plans.flatMap((plan) => (plan.id === id ? ratedIn(plan) : [])))]
      .filter((category) => !sold.includes(category))
      .map((category): Remark => {
        const nearest = findNearest(category, sold);
        const meant = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
        const message = `Plan ${id} has a rate for ${category}, but no invoice or item has this category.${meant}`;
        return { code: 'category-not-sold', about: category, message };
      }),
  );
}

/** The categories that a plan has rates of their own for. */
function ratedIn({ rates = [] }: Plan): readonly string[] {
  return rates.flatMap(({ categories }) => categories ?? []);
}

/** R13.2: categories that no plan has a rate for: a fault as soon as one is sold by a rep with a plan. */
function categoriesNotRated(setting: Setting): readonly Remark[] {
  const { terms, books } = setting;
  const rated = terms.plans.filter(({ credit }) => credit !== 'cash').map(({ rates }) => rates);
  if (rated.length === 0) return [];
  const isRated = (category: string) =>
    rated.some(
      (rates) =>
        rates === undefined ||
        rates.some(({ categories }) => categories === undefined || categories.includes(category)),
    );
  return categoriesIn(books)
    .filter((category) => !isRated(category))
    .map((category) => ({
      code: 'category-not-rated',
      about: category,
      ...firstRowOf(category, setting.books),
      message: `No plan has a rate for ${category}. The run will stop as soon as a sale of it counts: add an entry for it under rates, or a last entry without category.`,
    }));
}

/** R15.1: currencies of invoices that are not booked yet, and would have no rate. */
function currenciesWithoutRate({ terms, books }: Setting): readonly Remark[] {
  const { currencies, bookings, ids, length } = books.invoices;
  if (currencies === undefined) return [];
  const known = new Set(books.plain.fx.map(({ currency }) => currency));
  const first = new Map<string, number>();
  for (let invoice = 0; invoice < length; invoice += 1) {
    const currency = findCurrency(currencies, invoice);
    if (currency === undefined || currency === terms.currency.code || known.has(currency)) continue;
    const before = first.get(currency);
    if (before === undefined || (bookings[invoice] as number) < (bookings[before] as number))
      first.set(currency, invoice);
  }
  return [...first]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([currency, invoice]) => ({
      code: 'currency-without-rate',
      about: currency,
      row: { ledger: 'invoices', row: books.invoices.rowOf(invoice) },
      message: `Invoice ${ids.at(invoice)} is in ${currency}, but there is no currency rate for ${currency}. Runs as of ${isoOf(dayAt(bookings, invoice))} or later will stop: add a rate dated that day or before.`,
    }));
}

/** The categories of everything that was sold, in order. */
function categoriesIn({ items, invoices }: Setting['books']): readonly string[] {
  const names = [items?.categories, invoices.categories].flatMap(namesIn);
  return [...new Set(names)].sort(byCodeUnit);
}

/** The first row of a category: of the items, or else of the invoices. */
function firstRowOf(category: string, { items, invoices }: Setting['books']): Pick<Remark, 'row'> {
  const places = [
    { ledger: 'items', coded: items?.categories, rowOf: items?.rowOf },
    { ledger: 'invoices', coded: invoices.categories, rowOf: invoices.rowOf },
  ] as const;
  for (const { ledger, coded, rowOf } of places) {
    const at = coded?.codes.findIndex((code) => code !== NO_NAME && coded.names.nameOf(code) === category);
    if (at !== undefined && at >= 0 && rowOf !== undefined) return { row: { ledger, row: rowOf(at) } };
  }
  return {};
}

function namesIn(coded: Coded | undefined): readonly string[] {
  if (coded === undefined) return [];
  const codes = new Set(coded.codes);
  codes.delete(NO_NAME);
  return Array.from(codes, (code) => coded.names.nameOf(code));
}

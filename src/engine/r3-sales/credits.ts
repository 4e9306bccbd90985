/** From invoices and splits to lines: who is credited on each sale, and by which plan (R2.4–R2.6, R3.1, R7.5). */
import { amountAt } from '../../amount.js';
import { type Day, dayAt, isoOf } from '../../day.js';
import { grouped } from '../../grouped.js';
import { CREDIT_KINDS } from '../../ledger-specs/credit-kinds.js';
import { formatPercent } from '../../money.js';
import { NO_NAME } from '../../names.js';
import { byCodeUnit } from '../../order.js';
import { type PlanFinder, planFinder } from '../../plans/assignments.js';
import { firstVersions, type Plan } from '../../plans/plan.js';
import { exception } from '../../problems/exception.js';
import { findNearest } from '../../problems/nearest.js';
import { compare, ONE, plus, type Ratio, times } from '../../ratio.js';
import type { Findings } from '../findings.js';
import { type Fate, Fates } from '../r1-words/fates.js';
import type { Books } from '../r2-ledgers/books.js';
import { findQuarter, outsideCalendar } from '../r2-ledgers/calendar.js';
import type { Setting } from '../setting.js';
import { CurrencyRates } from './currency.js';
import type { Dues } from './dues.js';
import { saleItemsOf } from './items.js';
import { LineMaker, type Lines, type NewLine } from './lines.js';
import { TeamTree } from './teams.js';

/** Who is credited on which invoice. */
export interface Credits {
  readonly lines: Lines;
  /** Of the invoices that are sales of their own (R2.4): those that are used have at least one line. */
  readonly fates: Fates;
  /** A split shares the fate of its invoice. */
  readonly splitFates: Fates;
  /** An item shares the fate of its invoice; undefined where there are none. */
  readonly itemFates: Fates | undefined;
  readonly planOf: PlanFinder;
  /** Who has own credit on an invoice, with or without a plan, in order of rep id (R2.5). */
  readonly sharesOf: (invoice: number) => readonly OwnShare[];
  /** Undefined where no plan credits teams. */
  readonly teams: TeamTree | undefined;
  readonly currencies: CurrencyRates;
}

/** Credits every invoice that is a sale of its own to its reps, in order of invoice id. */
export function creditsOf(setting: Setting, dues: Dues, findings: Findings): Credits {
  const { books, terms, counting } = setting;
  const { invoices, splits } = books;
  const isPlain = checkPlans(setting, findings);
  const planOf = isPlain ? planFinder(terms, books.assignments) : () => undefined;
  const hasTeams = terms.plans.some(({ credit }) => credit === 'team');
  const teams = hasTeams ? new TeamTree(books) : undefined;
  const items = saleItemsOf(books);
  const most = invoices.length + splits.length + (teams === undefined ? 0 : mostTeamLines(books, teams));
  const currencies = new CurrencyRates(setting);
  const maker = new LineMaker(most, terms.plans, { invoices, items }, counting);
  const crediting: Crediting = {
    setting,
    dues,
    findings,
    planOf,
    maker,
    byInvoice: splitsByInvoice(books),
    teams,
    ranks: ranksOf(books),
    currencies,
    paysCash: terms.plans.some(({ credit }) => credit === 'cash'),
  };
  const fates = new Fates(invoices.length);
  for (const invoice of invoices.ids.inOrder()) {
    if (!invoices.reverses.has(invoice)) fates.set(invoice, creditInvoice(crediting, invoice));
  }
  return {
    lines: maker.lines(),
    fates,
    splitFates: splitFatesOf(setting, findings, fates),
    itemFates: itemFatesOf(setting, findings, fates),
    planOf,
    sharesOf: (invoice) => ownShares(crediting, invoice),
    teams,
    currencies,
  };
}

/** What crediting works with. */
interface Crediting {
  readonly setting: Setting;
  readonly dues: Dues;
  readonly findings: Findings;
  readonly planOf: PlanFinder;
  readonly maker: LineMaker;
  readonly byInvoice: SplitsByInvoice;
  /** Undefined where no plan credits teams. */
  readonly teams: TeamTree | undefined;
  /** The place of each rep in order of rep id. */
  readonly ranks: Uint32Array;
  readonly currencies: CurrencyRates;
  /** Whether a plan pays for cash (R12.4): such an invoice counts whether or not it has a line. */
  readonly paysCash: boolean;
}

/** No more lines than this are credited to managers. */
function mostTeamLines({ invoices, splits }: Books, teams: TeamTree): number {
  let most = 0;
  for (const rep of invoices.reps) if (rep !== NO_NAME) most += teams.reachOf(rep);
  for (const rep of splits.reps) most += teams.reachOf(rep);
  return most;
}

function ranksOf({ reps }: Books): Uint32Array {
  const ranks = new Uint32Array(reps.length);
  reps.inOrder().forEach((rep, rank) => {
    ranks[rep] = rank;
  });
  return ranks;
}

/** The names for which the nearest known one is found. */
const MOST_NEAREST = 20;

/** R2.6, R9.1: whether it is clear which plan pays a line. */
function checkPlans({ terms, books, asOf, doubtful }: Setting, findings: Findings): boolean {
  const ids = firstVersions(terms.plans).map((plan) => plan.id);
  if (books.assignments === undefined) {
    // R12.1: at most one plan of each credit.
    const place = { kind: 'terms', path: ['plans'] } as const;
    for (const credit of CREDIT_KINDS) {
      const plans = firstVersions(terms.plans)
        .filter((plan) => plan.credit === credit)
        .map(({ id }) => id);
      if (plans.length <= 1) continue;
      findings.addFault({ code: 'which-plan', place, plans, credit });
      return false;
    }
  }
  const known = new Set(ids);
  const nearest = new Map<string, string | undefined>();
  for (const { row, plan, from } of books.assignments ?? []) {
    if (from > asOf || known.has(plan) || doubtful.plans) continue;
    // With thousands of plans, the nearest name of each takes too long; nobody reads that many.
    if (!nearest.has(plan) && nearest.size < MOST_NEAREST) nearest.set(plan, findNearest(plan, ids));
    const place = { kind: 'row', ledger: 'assignments', row, column: 'plan_id' } as const;
    findings.addFault({ code: 'unknown-plan', place, plan, plans: ids, nearest: nearest.get(plan) });
  }
  return true;
}

/** A split of an invoice that is not there is set aside. */
function splitFatesOf({ books }: Setting, findings: Findings, invoiceFates: Fates): Fates {
  const { length, rowOf, ids, invoices } = books.splits;
  const fates = new Fates(length);
  for (let split = 0; split < length; split += 1) {
    const invoice = invoices[split] as number;
    fates.set(split, invoiceFates.find(invoice) ?? 'setAside');
    if (invoice >= 0) continue;
    const id = ids.at(split);
    const where = { ledger: 'splits', row: rowOf(split), id } as const;
    findings.addException(exception('unknown-invoice', where, { invoice: id, amount: '' }));
  }
  return fates;
}

/** An item of an invoice that is not there is set aside. */
function itemFatesOf({ books }: Setting, findings: Findings, invoiceFates: Fates): Fates | undefined {
  const { items } = books;
  if (items === undefined) return undefined;
  const fates = new Fates(items.length);
  for (let item = 0; item < items.length; item += 1) {
    const invoice = items.invoices[item] as number;
    fates.set(item, invoiceFates.find(invoice) ?? 'setAside');
    if (invoice >= 0) continue;
    const id = items.invoiceIds.at(item);
    const where = { ledger: 'items', row: items.rowOf(item), id: items.ids.at(item) } as const;
    findings.addException(exception('unknown-invoice', where, { invoice: id, amount: '' }));
  }
  return fates;
}

/** The splits of each invoice in order of rep id. */
interface SplitsByInvoice {
  /** The splits of invoice `i` are `splits[starts[i]…starts[i + 1])`. */
  readonly starts: Uint32Array;
  readonly splits: Uint32Array;
}

/** R2.5: arranged by rep, and then by invoice; those of no invoice come last. */
function splitsByInvoice(books: Books): SplitsByInvoice {
  const { splits, reps, invoices } = books;
  const { length } = splits;
  const ranks = ranksOf(books);
  const rankOf = splits.reps.map((rep) => ranks[rep] as number);
  const byRep = grouped(rankOf, length, reps.length);
  const invoiceOf = new Uint32Array(length);
  for (let split = 0; split < length; split += 1) {
    const invoice = splits.invoices[split] as number;
    invoiceOf[byRep.places[split] as number] = invoice < 0 ? invoices.length : invoice;
  }
  const byInvoice = grouped(invoiceOf, length, invoices.length + 1);
  const inOrder = new Uint32Array(length);
  for (let split = 0; split < length; split += 1) {
    inOrder[byInvoice.places[byRep.places[split] as number] as number] = split;
  }
  return { starts: byInvoice.starts, splits: inOrder };
}

/** R7.5: an invoice booked after the as-of date is no sale yet. R9.2: one whose reps have no plan is set aside. */
function creditInvoice(crediting: Crediting, invoice: number): Fate {
  const { setting, findings, maker, currencies, paysCash } = crediting;
  const { books, asOf, terms } = setting;
  const { invoices } = books;
  if (dayAt(invoices.bookings, invoice) > asOf) {
    // Cash on account may be applied to it all the same.
    const isOpen = terms.applyCash !== 'none' && dayAt(invoices.invoiced, invoice) <= asOf;
    if (isOpen) currencies.check(findings, invoice);
    return 'later';
  }
  currencies.check(findings, invoice);
  const fx = currencies.rateOf(invoice);
  if (!checkBooking(setting, findings, invoice)) return 'setAside';
  const before = maker.length;
  if (crediting.teams !== undefined) addInOrder(crediting, invoice, fx, crediting.teams);
  else addOwnLines(crediting, invoice, fx);
  const isPaidFor = paysCash && amountAt(invoices.totals, invoice) > 0;
  return maker.length === before && !isPaidFor ? 'setAside' : 'used';
}

/** A rep's share of an invoice. */
export interface OwnShare {
  readonly rep: number;
  readonly share: Ratio;
}

/** R2.5: who has own credit on an invoice, with or without a plan, in order of rep id. */
function ownShares({ setting, byInvoice }: Crediting, invoice: number): readonly OwnShare[] {
  const { invoices, splits } = setting.books;
  const [first, end] = [byInvoice.starts[invoice] as number, byInvoice.starts[invoice + 1] as number];
  if (first === end) return [{ rep: invoices.reps[invoice] as number, share: ONE }];
  const shares: OwnShare[] = [];
  for (let at = first; at < end; at += 1) {
    const split = byInvoice.splits[at] as number;
    // A split of an invoice that is there has its share.
    shares.push({ rep: splits.reps[split] as number, share: splits.shares[split] as Ratio });
  }
  return shares;
}

/** R26.3: whether a rep is among those who have own credit. */
export function isCredited(shares: readonly OwnShare[], rep: number): boolean {
  return shares.some((own) => own.rep === rep);
}

/** Adds the lines of an invoice that only its own reps are credited with; most have one, and no object is made for it. */
function addOwnLines(crediting: Crediting, invoice: number, fx: Ratio): void {
  const { byInvoice, setting } = crediting;
  const { invoices, splits } = setting.books;
  const [first, end] = [byInvoice.starts[invoice] as number, byInvoice.starts[invoice + 1] as number];
  if (first === end) addOwn(crediting, invoice, invoices.reps[invoice] as number, ONE, fx);
  for (let at = first; at < end; at += 1) {
    const split = byInvoice.splits[at] as number;
    addOwn(crediting, invoice, splits.reps[split] as number, splits.shares[split] as Ratio, fx);
  }
}

/** Adds a rep's own line, where the rep has a plan on the booking date (R2.6). */
function addOwn(crediting: Crediting, invoice: number, rep: number, share: Ratio, fx: Ratio): void {
  const plan = findOwnPlan(crediting, invoice, rep);
  if (plan !== undefined) addLine(crediting, { invoice, rep, credit: 'own', plan, share, fx });
}

/** R12.1: a rep who has a plan of another credit that day is simply not credited here. */
function findOwnPlan(
  { setting, findings, planOf }: Crediting,
  invoice: number,
  rep: number,
): Plan | undefined {
  const { invoices, reps } = setting.books;
  const booking = dayAt(invoices.bookings, invoice);
  // Blank only where a split at fault may name the rep.
  const name = rep === NO_NAME ? '' : reps.nameOf(rep);
  const plan = planOf(name, booking);
  if (plan !== undefined) return plan;
  if (CREDIT_KINDS.some((credit) => planOf(name, booking, credit) !== undefined)) return undefined;
  const where = { ledger: 'invoices', row: invoices.rowOf(invoice), id: invoices.ids.at(invoice) } as const;
  findings.addException(exception('no-plan', where, { rep: name, booked: isoOf(booking) }));
  return undefined;
}

function addLine({ setting, dues, findings, maker }: Crediting, line: NewLine): void {
  const { invoices } = setting.books;
  const { invoice, plan } = line;
  const goesByDue = plan.clawback?.pastDueDays !== undefined || plan.timing?.from === 'due';
  const isDueNeeded = goesByDue && amountAt(invoices.totals, invoice) > 0;
  if (isDueNeeded && !dues.isDated(invoice)) missesDueDate(setting, findings, invoice, plan);
  maker.add(line);
}

/** R12.3: the own lines of an invoice and those of the managers above them, in order of (rep id, credit). */
function addInOrder(crediting: Crediting, invoice: number, fx: Ratio, teams: TeamTree): void {
  const { setting, findings, planOf, ranks } = crediting;
  const { invoices, reps } = setting.books;
  const booking = dayAt(invoices.bookings, invoice);
  const lines: NewLine[] = [];
  const sums = new Map<number, Ratio>();
  for (const { rep, share } of ownShares(crediting, invoice)) {
    const plan = findOwnPlan(crediting, invoice, rep);
    if (plan !== undefined) lines.push({ invoice, rep, credit: 'own', plan, share, fx });
    const above = teams.managersOf(rep, booking);
    if (above.kind === 'cycle') {
      reportCycle(setting, findings, above.reps, booking);
      continue;
    }
    for (const { manager, share: part } of above.shares) {
      const before = sums.get(manager);
      const own = part === ONE ? share : times(share, part);
      sums.set(manager, before === undefined ? own : plus(before, own));
    }
  }
  for (const [manager, share] of sums) {
    const name = reps.nameOf(manager);
    const plan = planOf(name, booking, 'team');
    if (plan === undefined) continue;
    lines.push({ invoice, rep: manager, credit: 'team', plan, share, fx });
    if (compare(share, ONE) <= 0 || !findings.isFirst('team-share-over-100', name)) continue;
    const where = { ledger: 'invoices', row: invoices.rowOf(invoice), id: invoices.ids.at(invoice) } as const;
    const facts = { manager: name, share: formatPercent(share) };
    findings.addException(exception('team-share-over-100', where, facts));
  }
  const rankOf = ({ rep }: NewLine) => ranks[rep] as number;
  lines.sort(
    (a, b) => rankOf(a) - rankOf(b) || CREDIT_KINDS.indexOf(a.credit) - CREDIT_KINDS.indexOf(b.credit),
  );
  for (const line of lines) addLine(crediting, line);
}

/** R12.3: reps who manage each other in a circle on a day on which one of them is credited. */
function reportCycle({ books }: Setting, findings: Findings, reps: readonly number[], day: Day): void {
  const names = reps.map((rep) => books.reps.nameOf(rep));
  const [first] = [...names].sort(byCodeUnit);
  if (!findings.isFirst('team-cycle', first ?? '')) return;
  const ledger = books.teams === undefined ? 'reps' : 'teams';
  findings.addFault({ code: 'team-cycle', place: { kind: 'ledger', ledger }, reps: names, date: isoOf(day) });
}

/**
 * R2.7: whether the booking has a quarter, which it needs. What happens before it waits for the earn date, and what
 * happens from then to the as-of date lies in the calendar with both.
 */
function checkBooking({ calendar, books }: Setting, findings: Findings, invoice: number): boolean {
  const { rowOf, invoiced, bookings } = books.invoices;
  const booking = dayAt(bookings, invoice);
  if (findQuarter(calendar, booking) !== undefined) return true;
  const column = booking === dayAt(invoiced, invoice) ? 'invoice_date' : 'booking_date';
  const place = { kind: 'row', ledger: 'invoices', row: rowOf(invoice), column } as const;
  findings.addFault(outsideCalendar(place, booking, calendar));
  return false;
}

function missesDueDate({ books }: Setting, findings: Findings, invoice: number, plan: Plan): void {
  const { ids, rowOf } = books.invoices;
  const id = ids.at(invoice);
  if (!findings.isFirst('missing-due-date', id, plan.id)) return;
  const place = { kind: 'row', ledger: 'invoices', row: rowOf(invoice), column: 'due_date' } as const;
  const takesBack = plan.clawback?.pastDueDays !== undefined;
  findings.addFault({
    code: 'missing-due-date',
    place,
    invoice: id,
    plan: plan.id,
    ...(takesBack ? {} : { isTimed: true }),
  });
}

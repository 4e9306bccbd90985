/** Moves cash by rules of collection: what if customers had paid earlier, later, on the due date or never? */
import { amountAt, exactly } from '../../amount.js';
import { addDays, type Day, dayAt, isoOf } from '../../day.js';
import type { Run } from '../../engine/calculate.js';
import type { Books, CashEntries } from '../../engine/r2-ledgers/books.js';
import type { DueTerms } from '../../engine/r3-sales/dues.js';
import { grouped } from '../../grouped.js';
import { max, min, type Units } from '../../money.js';
import type { ChangedBooks } from '../runs.js';
import { type AddedPayment, withPayments } from './added-payments.js';
import { owedOn } from './owed.js';
import type { Change, CollectionRule, Condition } from './rule.js';

/** What the rules change. */
export interface Collections {
  /** The ledgers in which the cash has moved. */
  readonly books: ChangedBooks;
  /** In the order of the rules: the first rule that fits decides. */
  readonly rules: readonly RuleEffect[];
  /** How many invoices have cash that moves: each is a call. */
  readonly invoices: number;
}

/** What a rule changes. */
export interface RuleEffect {
  readonly text: string;
  /** How many payments move, and how many come that had not come. */
  readonly moved: number;
  readonly added: number;
}

/** A payment as the rules see it. */
interface Cash {
  readonly customerId: string;
  readonly day: Day;
  /** Undefined where nothing is due on a day. */
  readonly due: Day | undefined;
}

/** Applies the rules to the cash of a run under the terms of today. */
export function collect(
  { setting, priced, credits, events }: Run,
  rules: readonly CollectionRule[],
): Collections {
  const { books, asOf, counting } = setting;
  const { invoices, payments } = books;
  const { dues } = priced;
  const effects = rules.map(({ text }) => ({ text, moved: 0, added: 0 }));
  const touched = new Uint8Array(invoices.length);
  const days = Int32Array.from(payments.days);
  const lossDays = Int32Array.from(books.writeOffs.days);
  const added: AddedPayment[] = [];
  const never = addDays(asOf, 1);
  const paidOn = entriesByInvoice(books, payments);
  const lostOn = entriesByInvoice(books, books.writeOffs);
  const ruleOf = (cash: Cash): number => rules.findIndex(({ when }) => when.every((one) => holds(one, cash)));
  /** Moves a payment by the first rule that fits; whether it has moved. */
  const move = (entry: number, cash: Cash): boolean => {
    const number = ruleOf(cash);
    const rule = rules[number];
    const isRefund = amountAt(payments.amounts, entry) < 0;
    // A refund stays where it is, unless what it refunds never comes.
    if (rule === undefined || (isRefund && rule.then.kind !== 'never')) return false;
    const moved = rule.then.kind === 'never' ? never : movedDay(rule.then, cash);
    if (moved === cash.day) return false;
    days[entry] = moved;
    (effects[number] as { moved: number }).moved += 1;
    return true;
  };
  for (let entry = 0; entry < payments.length; entry += 1) {
    const customerId = payments.customers?.at(entry) ?? '';
    // Cash on account is due on no day.
    if (payments.invoices.isBlank(entry) && customerId !== '')
      move(entry, { customerId, day: dayAt(payments.days, entry), due: undefined });
  }
  for (let invoice = 0; invoice < invoices.length; invoice += 1) {
    if (!credits.fates.isUsed(invoice)) continue;
    const customerId = invoices.customers.at(invoice);
    const terms = dues.of(invoice);
    let before = 0n;
    for (const entry of inOrderOfDay(paidOn(invoice), payments.days)) {
      const cash = { customerId, day: dayAt(payments.days, entry), due: dueOf(terms, before) };
      before += exactly(amountAt(payments.amounts, entry));
      if (move(entry, cash)) touched[invoice] = 1;
    }
    const owed = owedOn({ setting, events }, invoice);
    for (const { from, to, due } of terms.instalments) {
      if (due === undefined || due > asOf) continue;
      const number = ruleOf({ customerId, day: asOf, due });
      const rule = rules[number];
      if (rule?.then.kind !== 'on-due-date') continue;
      for (const entry of lostOn(invoice)) lossDays[entry] = never;
      const amount = min(exactly(to), owed.due) - max(exactly(from), owed.collected);
      if (amount <= 0n) continue;
      added.push({ id: `collected ${invoices.ids.at(invoice)} ${isoOf(due)}`, invoice, day: due, amount });
      touched[invoice] = 1;
      (effects[number] as { added: number }).added += 1;
    }
  }
  return {
    books: {
      invoices,
      creditMemos: books.creditMemos,
      payments: withPayments({ ...payments, days }, added, invoices.ids, counting),
      writeOffs: { ...books.writeOffs, days: lossDays },
    },
    rules: effects,
    invoices: touched.reduce((sum, one) => sum + one, 0),
  };
}

/** When cash comes by a change. */
function movedDay(then: Exclude<Change, { kind: 'never' }>, { day, due }: Cash): Day {
  if (then.kind === 'on-due-date') return due ?? day;
  if (then.days >= 0) return addDays(day, then.days);
  // Nobody is asked to pay before the due date.
  return due === undefined || day <= due ? day : (Math.max(due, addDays(day, then.days)) as Day);
}

function holds(condition: Condition, { customerId, day, due }: Cash): boolean {
  if (condition.kind === 'all') return true;
  if (condition.kind === 'customer') return condition.customerId === customerId;
  return due !== undefined && day - due > condition.days;
}

/** The due date of the instalment that the next cash goes to (R16.3). */
function dueOf({ instalments }: DueTerms, paid: Units): Day | undefined {
  return (instalments.find(({ to }) => exactly(to) > paid) ?? instalments.at(-1))?.due;
}

/** Finds the entries of a ledger that name an invoice. */
function entriesByInvoice(
  books: Books,
  { length, invoices: named }: CashEntries,
): (invoice: number) => Uint32Array {
  const count = books.invoices.length;
  const found = books.invoices.sales.findAll(named);
  // What names no invoice is in a group behind all others.
  const groups = Int32Array.from(found, (invoice) => (invoice < 0 ? count : invoice));
  const { starts, places } = grouped(groups, length, count + 1);
  const entries = new Uint32Array(length);
  for (let entry = 0; entry < length; entry += 1) entries[places[entry] as number] = entry;
  return (invoice) => entries.subarray(starts[invoice], starts[invoice + 1]);
}

/** Entries by day; those of one day in the order of their rows, which changes no result. */
function inOrderOfDay(entries: Uint32Array, days: Int32Array): Uint32Array {
  return entries.length < 2
    ? entries
    : entries.slice().sort((a, b) => dayAt(days, a) - dayAt(days, b) || a - b);
}

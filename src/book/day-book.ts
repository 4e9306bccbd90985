/** A book as of one day: its rows, the run that it began with, and what edits have changed since. */
import { BeyondSafe, type Counting, IN_BIGINTS, IN_NUMBERS } from '../amount.js';
import { type KnownPrices, type Run, resultOf, runOf } from '../engine/calculate.js';
import type { Inputs } from '../engine/open.js';
import { CASH_LEDGERS } from '../engine/r2-ledgers/books.js';
import type { Ledgers } from '../engine/r2-ledgers/ledger.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import { appliedRows, onAccountRows } from '../engine/r8-results/applied.js';
import { type Controls, controlsOf } from '../engine/r8-results/controls.js';
import type { Close } from '../engine/r11-closes/close.js';
import type { PostedResult, Refusal, RepPerson, Result } from '../engine/result.js';
import { groupedBy } from '../grouped.js';
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { decimalsOf } from '../money.js';
import type { TermsReading } from '../plans/terms.js';
import { answerOf, type CustomerState } from './answer.js';
import { type Change, changeOf, NO_CHANGE, type Outcome, type RepChange } from './change.js';
import type { BookCloses } from './closes.js';
import { replacedControls } from './control-changes.js';
import { ForkedMap } from './forked-map.js';
import { type BookException, ExceptionChanges, located } from './found-exceptions.js';
import { knownPricesOf } from './known-prices.js';
import { type LinePostings, postingsByRep } from './line-postings.js';
import { closureOf, invoiceRows, Part, type PartRun, tiesCustomer } from './part.js';
import { peopleOf } from './people.js';
import { changedFlows, entryNotices, NO_FLOWS, type RepState, RunReps, rowsWith } from './rep-state.js';
import { BookRows, type Edit, ledgerOf } from './rows.js';
import {
  type Cells,
  customerOfTie,
  customerTie,
  idIn,
  invoiceTie,
  isOfEveryone,
  newNamesIn,
  repOfTie,
  SHARED_LEDGERS,
  textIn,
  tieRulesOf,
} from './ties.js';

/** What a book is about, besides its rows. */
export interface BookFacts {
  readonly terms: Inputs['terms'];
  readonly reading: TermsReading;
  readonly asOf: string;
  readonly closes: BookCloses;
  readonly counting: Inputs['counting'] | undefined;
  /** Of all rows: an edit that is tied to more of them calculates all. */
  readonly largestPart: number;
  /** Called with the way that an edit has taken. */
  readonly onWay: ((way: Way) => void) | undefined;
}

/** The answer of a book, as {@link calculate} gives it. */
export type Answer =
  | { readonly kind: 'calculated'; readonly result: PostedResult<readonly Posting[]> }
  | Refusal;

/** What the book was when all of it was last calculated. */
interface First {
  readonly run: Run;
  readonly result: Result;
  readonly reps: RunReps;
  readonly exceptions: readonly BookException[];
  readonly counting: Counting;
  /** Cut to what parts need. */
  readonly closes: BookCloses;
  /** Whether a row is in another currency than the workspace's: then totals are kept by currency (R15.3). */
  readonly isAbroad: boolean;
}

/** What an edit calculates: one invoice at the prices that its lines have, a part, or all rows. */
export type Way = 'invoice' | 'part' | 'all';

export class DayBook {
  readonly #facts: BookFacts;
  #rows: BookRows;
  #first: First;
  // What has changed since.
  #reps: ForkedMap<string, RepState>;
  #customers: ForkedMap<string, CustomerState>;
  #exceptions: ExceptionChanges;
  #controls: Controls;
  #answer: Answer | undefined;

  private constructor(
    facts: BookFacts,
    rows: BookRows,
    first: First,
    since?: Pick<Copied, 'reps' | 'customers' | 'exceptions' | 'controls'>,
  ) {
    this.#facts = facts;
    this.#rows = rows;
    this.#first = first;
    this.#reps = since?.reps ?? new ForkedMap();
    this.#customers = since?.customers ?? new ForkedMap();
    this.#exceptions = since?.exceptions ?? new ExceptionChanges();
    this.#controls = since?.controls ?? first.result.controls;
  }

  /** A book with the rows of some ledgers, or their faults. */
  static open(facts: BookFacts, ledgers: Ledgers): DayBook | Refusal {
    const { terms } = facts.reading;
    const rules = tieRulesOf(
      terms ?? { plans: [], applyCash: 'none', excessCash: 'none' },
      (name) => ledgers[name] !== undefined,
      newNamesIn(rowsOf(ledgers.aliases)),
    );
    const rows = BookRows.of(ledgers, rules);
    const first = firstOf(facts, rows);
    return 'faults' in first ? first : new DayBook(facts, rows, first);
  }

  /** Another book that is the same for now. */
  fork(): DayBook {
    return new DayBook(this.#facts, this.#rows.fork(), this.#first, {
      reps: this.#reps.fork(),
      customers: this.#customers.fork(),
      exceptions: this.#exceptions.fork(),
      controls: this.#controls,
    });
  }

  get rows(): BookRows {
    return this.#rows;
  }

  /** The result as it is now. */
  answer(): Answer {
    this.#answer ??= {
      kind: 'calculated',
      result: answerOf(this.#first, {
        reps: new Map(this.#reps),
        customers: new Map(this.#customers),
        controls: this.#controls,
        people: this.#peopleNow(),
        exceptions: this.#exceptionsNow(),
      }),
    };
    return this.#answer;
  }

  put(ledger: LedgerName, cells: Cells): Outcome {
    if (this.#rows.isGiven(ledger) && ledger !== 'aliases')
      return this.#take(this.#rows.put(ledger, { ...cells }));
    // A ledger that was not there, or another name of a rep, may give all others another meaning.
    const rows = this.#rows.fork();
    if (rows.isGiven(ledger)) rows.put(ledger, { ...cells });
    return this.#begin({
      ...this.#rows.ledgers(),
      [ledger]: rows.ledger(ledger) ?? { rows: [{ ...cells }] },
    });
  }

  remove(ledger: LedgerName, key: Cells): Outcome {
    const found = this.#rows.isGiven(ledger) ? this.#rows.findAll(ledger, key) : [];
    const [row] = found;
    if (row !== undefined && found.length === 1) {
      if (ledger !== 'aliases') return this.#take(this.#rows.remove(row));
      const rows = this.#rows.fork();
      rows.remove(row);
      return this.#begin(rows.ledgers());
    }
    const place = { kind: 'ledger', ledger } as const;
    const words = Object.values(key).filter((cell) => (cell ?? '') !== '');
    const fault = { code: 'not-one-row', place, key: words.join(' on '), rows: found.length } as const;
    return { kind: 'refused', faults: [fault] };
  }

  /** Begins again with other ledgers. */
  #begin(ledgers: Ledgers): Outcome {
    const opened = DayBook.open(this.#facts, ledgers);
    if (!(opened instanceof DayBook)) return opened;
    const change = this.#changeTo(opened);
    this.#rows = opened.#rows;
    this.#start(opened.#first);
    return change;
  }

  /** Takes an edit that is made in the rows already, or takes it back. */
  #take(edit: Edit): Outcome {
    try {
      const outcome = this.#tryToTake(edit);
      if (outcome.kind === 'refused') this.#rows.undo(edit);
      else this.#answer = undefined;
      return outcome;
    } catch (error) {
      this.#rows.undo(edit);
      throw error;
    }
  }

  #tryToTake(edit: Edit): Outcome {
    if (edit.before !== undefined && edit.after !== undefined && areSame(edit.before, edit.after))
      return NO_CHANGE;
    try {
      const change = this.#isOfAll(edit)
        ? undefined
        : this.#isOfInvoice(edit)
          ? (this.#takeInInvoice(edit) ?? this.#takeInPart(edit))
          : this.#takeInPart(edit);
      return change ?? this.#takeInAll();
    } catch (error) {
      // In a part that is too large for numbers, all of it is.
      if (!(error instanceof BeyondSafe)) throw error;
      return this.#takeInAll();
    }
  }

  /** Whether an edit may change how every row is read or counted. */
  #isOfAll({ row, before, after }: Edit): boolean {
    const { run, isAbroad } = this.#first;
    const { scale } = run.setting.books;
    const { currency } = run.setting.terms;
    const ledger = ledgerOf(row);
    if (SHARED_LEDGERS.includes(ledger) || ledger === 'openings') return true;
    if ([before, after].some((cells) => cells !== undefined && isOfEveryone(ledger, cells))) return true;
    if (after !== undefined && decimalsIn(ledger, after) > scale) return true;
    // The last row with so many decimals may be gone.
    if (before !== undefined && scale > currency.digits && decimalsIn(ledger, before) >= scale) return true;
    const [was, is] = [before, after].map((cells) => isInOther(ledger, cells, currency.code));
    return isAbroad ? was === true && is !== true : is === true;
  }

  /** Whether an edit changes the events of one invoice and nothing else: a payment or a write-off that names it. */
  #isOfInvoice({ row, before, after }: Edit): boolean {
    const ledger = ledgerOf(row);
    const { terms } = this.#first.run.setting;
    const rows = this.#rows;
    if (ledger !== 'payments' && ledger !== 'writeOffs') return false;
    const { paysCash, appliesCash } = rows.rules;
    if (paysCash || terms.plans.some(({ cap }) => cap !== undefined)) return false;
    const both = [before, after].filter((cells) => cells !== undefined);
    // A collector is named by the row.
    if (both.some((cells) => textIn(cells, 'collector_id') !== '')) return false;
    // R30.2: a discount may be a credit memo.
    if (terms.discounts === 'credited' && both.some((cells) => textIn(cells, 'discount') !== ''))
      return false;
    const invoices = new Set(both.map((cells) => textIn(cells, 'invoice_id')));
    const [invoice = ''] = invoices;
    if (invoices.size !== 1 || invoice === '') return false;
    if (!appliesCash) return true;
    for (const other of rows.tiedBy(invoiceTie(invoice))) {
      if (ledgerOf(other) !== 'invoices') continue;
      const customer = textIn(rows.cellsOf(other) ?? {}, 'customer_id');
      if (tiesCustomer(rows, customerTie(customer))) return false;
    }
    return true;
  }

  /** Posts the lines of one invoice again, at the prices that they have. */
  #takeInInvoice(edit: Edit): Change | undefined {
    const rows = this.#rows;
    const invoice = textIn(edit.after ?? edit.before ?? {}, 'invoice_id');
    const { members, reps } = invoiceRows(rows, invoice);
    members.add(edit.row);
    const known = knownPricesOf(invoice, reps, (rep) => this.#stateOf(rep).run);
    const frozen = this.#first.closes;
    const kept = new Set([...this.#always(), ...frozen.repsOn(invoice)]);
    const closes = frozen.ofInvoice(invoice, kept);
    for (const row of this.#openingRows(kept)) members.add(row);
    const before = this.#runPart(new Part(rows, members, edit), closes, known);
    const after = this.#runPart(new Part(rows, members), closes, known);
    if (before === undefined || after === undefined) return undefined;
    const [was, is] = [postingsByRep(before.run), postingsByRep(after.run)];
    const changes = new Map<string, RepChange>();
    const states = new Map<string, RepState>();
    for (const rep of new Set([...was.keys(), ...is.keys()])) {
      const state = this.#stateOf(rep);
      const lines = is.get(rep) ?? new Map<string, LinePostings>();
      const now = this.#restated(rep, state, before.run, after.run, was.get(rep) ?? new Map(), lines);
      if (now === undefined) return undefined;
      changes.set(rep, {
        before: state,
        after: now,
        postingsBefore: was.get(rep)?.values() ?? [],
        postingsAfter: lines.values(),
      });
      states.set(rep, now);
    }
    this.#facts.onWay?.('invoice');
    return this.#commit(before, after, states, changes);
  }

  /** A rep's state with other postings on an invoice; undefined where the rep's run does not know the rep. */
  #restated(
    rep: string,
    state: RepState,
    before: Run,
    after: Run,
    was: ReadonlyMap<string, LinePostings>,
    is: ReadonlyMap<string, LinePostings>,
  ): RepState | undefined {
    const attainment = this.#attainmentIn(state.run, rep);
    if (attainment === undefined) return undefined;
    const periods = new Set<number>();
    for (const run of [before, after]) {
      const { table } = run.posted;
      for (let posting = 0; posting < table.length; posting += 1)
        periods.add(table.periodOf(table.dayOf(posting)).index);
      if (run.closed !== undefined) periods.add(run.closed.open.index);
    }
    const flowsIn = ({ setting, posted }: Run) => {
      const number = numberIn(setting.books.reps, rep);
      return (period: number) => (number < 0 ? NO_FLOWS : posted.accounts.flowsOf(number, period));
    };
    const flows = changedFlows(state.flows, periods, flowsIn(before), flowsIn(after));
    const heldIn = ({ posted, closed }: Run) =>
      closed?.closes.length === 0 ? (posted.balances.get(rep)?.held ?? 0n) : 0n;
    const held = state.held + heldIn(after) - heldIn(before);
    const { run, entries, attainments, isOfPart, isNamed } = state;
    const rows = rowsWith(rep, attainment, { run, flows, held });
    const lines = new Map(state.lines);
    for (const invoice of new Set([...was.keys(), ...is.keys()])) {
      lines.set(invoice, is.get(invoice) ?? { own: [], adjustments: [], opened: [] });
    }
    return { run, isNamed, rows, attainments, entries, flows, held, isOfPart, lines };
  }

  /** Calculates the part of the book that is tied to an edit. */
  #takeInPart(edit: Edit): Change | undefined {
    const rows = this.#rows;
    const closure = closureOf(rows, this.#first.closes, edit, rows.length * this.#facts.largestPart);
    if (closure === undefined) return undefined;
    const { members } = closure;
    const reps = new Set(this.#always());
    const own = new Set<string>();
    const customers = new Set<string>();
    for (const tie of closure.ties) {
      const [rep, customer] = [repOfTie(tie), customerOfTie(tie)];
      if (rep !== undefined) own.add(rep);
      if (customer !== undefined) customers.add(customer);
    }
    for (const rep of own) reps.add(rep);
    for (const row of this.#openingRows(reps)) members.add(row);
    const closes = this.#first.closes.ofReps(reps);
    const before = this.#runPart(new Part(rows, members, edit), closes);
    const after = this.#runPart(new Part(rows, members), closes);
    if (before === undefined || after === undefined) return undefined;
    const [was, is] = [postingsByRep(before.run), postingsByRep(after.run)];
    const now = new RunReps(after.run);
    const changes = new Map<string, RepChange>();
    const states = new Map<string, RepState>();
    for (const rep of own) {
      const lines = is.get(rep) ?? new Map<string, LinePostings>();
      const state = { ...now.stateOf(rep), isOfPart: true, lines };
      changes.set(rep, {
        before: this.#stateOf(rep),
        after: state,
        postingsBefore: was.get(rep)?.values() ?? [],
        postingsAfter: lines.values(),
      });
      states.set(rep, state);
    }
    for (const [customer, state] of accountsIn(customers, before.run, after.run)) {
      this.#customers.set(customer, state);
    }
    this.#facts.onWay?.('part');
    return this.#commit(before, after, states, changes);
  }

  /** Takes over what a part has become. */
  #commit(
    before: PartRun,
    after: PartRun,
    states: ReadonlyMap<string, RepState>,
    changes: ReadonlyMap<string, RepChange>,
  ): Change {
    const { isAbroad, run } = this.#first;
    const currency = isAbroad ? run.setting.terms.currency.code : undefined;
    this.#controls = replacedControls(
      this.#controls,
      controlsIn(before.run),
      controlsIn(after.run),
      currency,
    );
    this.#exceptions.replace(exceptionsIn(before), exceptionsIn(after));
    for (const [rep, state] of states) {
      const known = this.#stateOf(rep);
      if (state.run === known.run) {
        // Notices about entries are the rep's, not the invoice's.
        const at = (rows: RepState['rows']) =>
          located(entryNotices(state, rows), (ledger, place) => this.#entryRow(state.run, ledger, place));
        this.#exceptions.replace(at(known.rows), at(state.rows));
      }
      this.#reps.set(rep, state);
    }
    return changeOf(changes);
  }

  /** Calculates all rows. */
  #takeInAll(): Outcome {
    const first = firstOf(this.#facts, this.#rows);
    if ('faults' in first) return first;
    this.#facts.onWay?.('all');
    const change = this.#changeTo(new DayBook(this.#facts, this.#rows, first));
    this.#start(first);
    return change;
  }

  #start(first: First): void {
    this.#first = first;
    this.#reps = new ForkedMap();
    this.#customers = new ForkedMap();
    this.#exceptions = new ExceptionChanges();
    this.#controls = first.result.controls;
    this.#answer = undefined;
  }

  /** What another book has that this one has not. */
  #changeTo(other: DayBook): Change {
    const [was, is] = [this.answer(), other.answer()];
    if (was.kind === 'refused' || is.kind === 'refused') return NO_CHANGE;
    const groupsOf = ({ quarters, months, openPostings }: PostedResult): Grouped => ({
      quarters: groupedBy(quarters, ({ repId }) => repId),
      months: groupedBy(months, ({ repId }) => repId),
      postings: groupedBy(openPostings, ({ repId }) => repId),
    });
    const [before, after] = [groupsOf(was.result), groupsOf(is.result)];
    const reps = new Set([...before.quarters.keys(), ...before.months.keys(), ...before.postings.keys()]);
    for (const rep of [...after.quarters.keys(), ...after.months.keys(), ...after.postings.keys()])
      reps.add(rep);
    const stateIn = ({ quarters, months }: Grouped, rep: string) => ({
      rows: { quarters: quarters.get(rep) ?? [], months: months.get(rep) ?? [] },
    });
    const linesIn = ({ postings }: Grouped, rep: string): Iterable<LinePostings> => [
      { own: [], adjustments: postings.get(rep) ?? [], opened: [] },
    ];
    return changeOf(
      new Map(
        Array.from(reps, (rep): [string, RepChange] => [
          rep,
          {
            before: stateIn(before, rep),
            after: stateIn(after, rep),
            postingsBefore: linesIn(before, rep),
            postingsAfter: linesIn(after, rep),
          },
        ]),
      ),
    );
  }

  #stateOf(rep: string): RepState {
    return this.#reps.get(rep) ?? this.#first.reps.stateOf(rep);
  }

  #attainmentIn(run: Run, rep: string) {
    if (run === this.#first.run) return this.#first.reps.findAttainment(rep);
    return run.attainments.find((one) => run.setting.books.reps.nameOf(one.rep) === rep);
  }

  /** A run of a part; undefined where it has faults, which are then to be found in all rows. */
  #runPart(part: Part, closes: readonly Close[], known?: KnownPrices): PartRun | undefined {
    const { terms, reading, asOf } = this.#facts;
    const { counting, run: first } = this.#first;
    const run = runOf(
      { terms, ledgers: part.ledgers, asOf, closes },
      {
        counting,
        reading,
        scale: first.setting.books.scale,
        explains: false,
        keepsPostings: true,
        ...(known === undefined ? {} : { known }),
      },
    );
    return run.kind === 'refused' ? undefined : { run, part };
  }

  /** Whose openings and frozen rows every part has: without them it would not know of the opening. */
  #always(): ReadonlySet<string> {
    const [first] = this.#first.run.setting.books.openings;
    return new Set(first === undefined ? [] : [first.rep]);
  }

  *#openingRows(reps: ReadonlySet<string>): Iterable<number> {
    for (const row of this.#rows.in('openings'))
      if (reps.has(idIn(this.#rows.rules, this.#rows.cellsOf(row) ?? {}, 'rep_id'))) yield row;
  }

  /** The row of the book that is an entry of a run. */
  #entryRow(run: Run, ledger: LedgerName, place: number): number {
    const entry = run.setting.books.plain.entries.find(({ row }) => row === place);
    return this.#rows.find(ledger, { entry_id: entry?.entry_id }) as number;
  }

  #exceptionsNow(): () => ReturnType<typeof placed> {
    const [changes, rows, { exceptions }] = [this.#exceptions.fork(), this.#rows.fork(), this.#first];
    return () => placed(changes.applyTo(exceptions), rows);
  }

  #peopleNow(): () => ReadonlyMap<string, RepPerson> {
    const rows = this.#rows.fork();
    return () => peopleOf(rows);
  }
}

interface Copied {
  readonly reps: ForkedMap<string, RepState>;
  readonly customers: ForkedMap<string, CustomerState>;
  readonly exceptions: ExceptionChanges;
  readonly controls: Controls;
}

interface Grouped {
  readonly quarters: ReadonlyMap<string, RepState['rows']['quarters']>;
  readonly months: ReadonlyMap<string, RepState['rows']['months']>;
  readonly postings: ReadonlyMap<string, readonly Posting[]>;
}

/** The rows of a ledger that may not be there. */
function rowsOf(ledger: Ledgers['aliases']): readonly Cells[] {
  const rows: Cells[] = [];
  ledger?.rows.forEach((row) => {
    rows.push({ ...row });
  });
  return rows;
}

/** Calculates all rows: the faults where there are any. */
function firstOf(facts: BookFacts, rows: BookRows): First | Refusal {
  const { terms, reading, asOf, closes } = facts;
  const inputs = { terms, ledgers: rows.ledgers(), asOf, closes: closes.all };
  const runIn = (counting: Counting) => {
    const run = runOf(inputs, { counting, reading, explains: false, keepsPostings: true });
    // The control totals may be larger than anything that is posted.
    return run.kind === 'refused' ? run : { run, counting, result: resultOf(run) };
  };
  const found = facts.counting === 'bigints' ? runIn(IN_BIGINTS) : inNumbersOr(runIn);
  if ('faults' in found) return found;
  const { run, counting, result } = found;
  // A run counts rows as they are now; removed ones have no place among them.
  const byLedger = new Map<LedgerName, readonly number[]>();
  const rowAt = (ledger: LedgerName, place: number): number => {
    let own = byLedger.get(ledger);
    if (own === undefined) {
      own = [...rows.in(ledger)];
      byLedger.set(ledger, own);
    }
    return own[place] as number;
  };
  return {
    run,
    result,
    reps: new RunReps(run),
    exceptions: located(run.findings.exceptions, rowAt),
    counting,
    closes: closes.named(run.setting.books.newNames),
    isAbroad: isAbroadIn(run),
  };
}

function inNumbersOr<Found>(runIn: (counting: Counting) => Found): Found {
  try {
    return runIn(IN_NUMBERS);
  } catch (error) {
    if (!(error instanceof BeyondSafe)) throw error;
    return runIn(IN_BIGINTS);
  }
}

/** Whether any row names another currency than the workspace's. */
function isAbroadIn({ setting: { books, terms } }: Run): boolean {
  return (['invoices', ...CASH_LEDGERS] as const).some((ledger) => {
    const names = books[ledger].currencies?.names;
    return Array.from({ length: names?.length ?? 0 }, (_, at) => names?.nameOf(at)).some(
      (name) => name !== terms.currency.code,
    );
  });
}

function isInOther(ledger: LedgerName, cells: Cells | undefined, own: string): boolean {
  if (cells === undefined || !['invoices', ...CASH_LEDGERS].some((name) => name === ledger)) return false;
  const currency = textIn(cells, 'currency');
  return currency !== '' && currency !== own;
}

/** The most decimals of the amounts of a row. */
function decimalsIn(ledger: LedgerName, cells: Cells): number {
  return LEDGER_COLUMNS[ledger].columns
    .filter(({ kind }) => kind === 'amount')
    .reduce((most, { name }) => Math.max(most, decimalsOf(textIn(cells, name))), 0);
}

function controlsIn({ setting, credits, events }: Run): Controls {
  return controlsOf(setting, { credits, events });
}

function exceptionsIn({ run, part }: PartRun): BookException[] {
  return located(run.findings.exceptions, (ledger, place) => part.rowAt(ledger, place));
}

/** The exceptions with the places that their rows have now. */
function placed(exceptions: readonly BookException[], rows: BookRows) {
  return exceptions
    .map(({ exception, row }) => ({ exception, row: row === undefined ? undefined : rows.positionOf(row) }))
    .sort((a, b) => (a.row ?? -1) - (b.row ?? -1))
    .map(({ exception, row }) => ({ ...exception, row }));
}

/** What became of the accounts of a part's customers. */
function accountsIn(
  customers: ReadonlySet<string>,
  before: Run,
  after: Run,
): ReadonlyMap<string, CustomerState> {
  const of = ({ events }: Run) => ({
    applied: groupedBy(appliedRows(events.applied), ({ customerId }) => customerId),
    onAccount: groupedBy(onAccountRows(events.applied), ({ customerId }) => customerId),
  });
  const [was, is] = [of(before), of(after)];
  const all = new Set(customers);
  for (const by of [was.applied, was.onAccount, is.applied, is.onAccount]) {
    for (const customer of by.keys()) all.add(customer);
  }
  return new Map(
    Array.from(all, (customer): [string, CustomerState] => [
      customer,
      { applied: is.applied.get(customer) ?? [], onAccount: is.onAccount.get(customer) ?? [] },
    ]),
  );
}

/** The number of a name, without giving it one. */
function numberIn(names: { readonly length: number; nameOf(number: number): string }, name: string): number {
  for (let number = 0; number < names.length; number += 1) if (names.nameOf(number) === name) return number;
  return -1;
}

function areSame(a: Cells, b: Cells): boolean {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every(
    (column) => textIn(a, column) === textIn(b, column),
  );
}

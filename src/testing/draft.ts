/** From a sketch to a history: dates, ids and amounts, with what would be a fault mended. */
import {
  addDays,
  type CalendarDays,
  type Day,
  type FiscalCalendar,
  fiscalCalendarOf,
  fiscalYearOf,
  laterOf,
} from './days.js';
import { calendarRowsOf } from './drawn-calendar.js';
import type { History } from './history.js';
import { ALWAYS, BASE, type Limits, type Money, QUOTA, REPS, UNIT } from './limits.js';
import type { Plan } from './plans.js';
import type { Row } from './row.js';
import type {
  EventSketch,
  InvoiceSketch,
  OnAccountRow,
  OnAccountSketch,
  Sketch,
  SplitSketch,
  STRAYS,
} from './sketch.js';

/** What has happened to an invoice so far, as its events are written. */
interface Balance {
  readonly total: Money;
  readonly tolerance: Money;
  cash: Money;
  lost: Money;
  credited: Money;
}

/** Turns a sketch into ledgers, and mends what would be a fault. */
export class Draft {
  readonly #sketch: Sketch;
  readonly #limits: Limits;
  readonly #base: Day;
  readonly #plans: readonly (Plan & { readonly id: string })[];
  /** Undefined where there is no assignments ledger. */
  readonly #assignments: readonly Row[] | undefined;
  readonly #invoices: Row[] = [];
  readonly #payments: Row[] = [];
  readonly #writeOffs: Row[] = [];
  readonly #creditMemos: Row[] = [];
  readonly #splits: Row[] = [];
  readonly #days: Day[] = [];
  /** The last row above 0 that names no invoice. */
  #onAccount: OnAccountRow | undefined;
  readonly #needsCost: boolean;
  readonly #needsDue: boolean;

  constructor(sketch: Sketch, limits: Limits) {
    const { plans, creditsReduceQuota } = sketch;
    const same = limits.alwaysOnPlan ? { creditsReduceQuota } : {};
    this.#sketch = sketch;
    this.#limits = limits;
    this.#base = limits.from ?? BASE;
    this.#plans = plans.map((plan, at) => ({ id: `plan ${at}`, ...plan, ...same }));
    this.#needsCost = plans.some(({ basis }) => basis === 'gross-profit');
    this.#needsDue = plans.some(({ clawback }) => clawback?.pastDueDays !== undefined);
    this.#assignments = this.#drawAssignments();
  }

  history(): History {
    const { terms, strays } = this.#sketch;
    this.#sketch.invoices.forEach((invoice, at) => {
      this.#addInvoice(invoice, at);
    });
    for (const [at, { kind, day }] of strays.entries()) this.#addStray(kind, addDays(this.#base, day), at);
    const days = [...this.#days];
    this.#sketch.onAccount.forEach((entry, at) => {
      this.#addOnAccount(entry, days, at);
    });
    const { asOf, rows: calendarRows, calendar } = this.#settleDays();
    const { fiscalYearStart, payPeriod, ...others } = terms;
    const ledgers = {
      invoices: this.#invoices,
      payments: this.#payments,
      writeOffs: this.#writeOffs,
      creditMemos: this.#creditMemos,
      splits: this.#splits,
      quotas: this.#drawQuotas(calendar, asOf),
    };
    const given = Object.entries(ledgers).filter(
      ([name, rows]) => name === 'invoices' || rows.length > 0 || !this.#sketch.sparse,
    );
    return {
      terms: {
        ...others,
        ...(fiscalYearStart === undefined || calendarRows !== undefined ? {} : { fiscalYearStart }),
        ...(payPeriod === undefined ? {} : { payPeriod }),
        plans: this.#plans,
      },
      ledgers: {
        ...Object.fromEntries(given),
        ...(this.#assignments === undefined ? {} : { assignments: this.#assignments }),
        ...(calendarRows === undefined ? {} : { calendar: calendarRows.map((row) => ({ ...row })) }),
      },
      asOf,
      from: this.#base,
    };
  }

  /** R2.6: several plans need the ledger, one can do without. */
  #drawAssignments(): readonly Row[] | undefined {
    const { assigned, reps, plans } = this.#sketch;
    if (plans.length === 1 && assigned === 'empty' && !this.#limits.paidUp && !this.#limits.alwaysOnPlan)
      return [];
    if (plans.length === 1 && assigned === 'absent') return undefined;
    return reps.flatMap(({ startsLate, open, assignments }, rep) => {
      let from = startsLate ? addDays(this.#base, 30) : ALWAYS;
      let next = startsLate ? from : this.#base;
      return assignments.flatMap(({ days, plan }, at): Row[] => {
        next = addDays(next, days);
        const last = at === assignments.length - 1;
        const to = last && open ? '' : addDays(next, -1);
        const row = { rep_id: REPS[rep], plan_id: this.#plans[(plan ?? 0) % plans.length]?.id, from, to };
        from = next;
        return plan === undefined ? [] : [row];
      });
    });
  }

  #findPlan(rep: string | undefined, day: Day): Plan | undefined {
    if (this.#assignments === undefined) return this.#plans[0];
    const row = this.#assignments.find(
      ({ rep_id, from = '', to = '' }) => rep_id === rep && from <= day && (to === '' || day <= to),
    );
    return row && this.#plans.find(({ id }) => id === row['plan_id']);
  }

  #addInvoice(sketch: InvoiceSketch, at: number): void {
    const { order, amount, blanks, cost } = sketch;
    const id = `I${order}${at}`;
    const booked = addDays(this.#base, sketch.booked);
    const invoiced = addDays(booked, sketch.invoiced);
    const due = addDays(invoiced, sketch.due);
    const total = totalOf(sketch);
    const rep = REPS[sketch.rep % this.#sketch.repCount];
    this.#invoices.push({
      invoice_id: id,
      customer_id: `C${at % 2}`,
      rep_id: sketch.splits !== undefined && blanks ? '' : rep,
      booking_date: sketch.invoiced === 0 && blanks ? '' : booked,
      invoice_date: invoiced,
      due_date: this.#needsDue || !blanks ? due : '',
      amount: this.#text(amount),
      ...(sketch.total === 'blank' ? {} : { total: this.#text(total) }),
      ...(this.#needsCost || !blanks ? { cost: this.#text(Math.round(amount * cost)) } : {}),
      ...(this.#sketch.currencySaid ? { currency: String(this.#sketch.terms['currency']) } : {}),
    });
    this.#days.push(booked, laterOf(booked, invoiced));
    for (const split of sketch.splits ?? []) this.#splits.push(this.#splitRow(id, amount, split));

    const plan = this.#findPlan(rep, booked);
    const { pastDueDays } = plan?.clawback ?? {};
    const tolerance = Math.round(Number(plan?.tolerance ?? 0) * UNIT);
    const balance: Balance = { total, tolerance, cash: 0, lost: 0, credited: 0 };
    const anchors = {
      last: invoiced,
      invoice: invoiced,
      booking: booked,
      earn: laterOf(booked, invoiced),
      due,
      'past-due': addDays(due, pastDueDays ?? 0),
    };
    sketch.events.forEach((event, number) => {
      const drawn = addDays(anchors[event.day.from], event.day.plus);
      const day = this.#limits.sensible ? laterOf(drawn, anchors.last) : drawn;
      anchors.last = laterOf(anchors.last, day);
      this.#days.push(day);
      this.#addEvent(id, event, number, day, balance);
    });
    if (this.#limits.paidUp && balance.cash < total) {
      this.#pay(id, 'P', anchors.last, total - balance.cash);
    }
  }

  #splitRow(invoice: string, amount: Money, { rep, part }: SplitSketch): Row {
    const row = { invoice_id: invoice, rep_id: REPS[rep] };
    const share = typeof part === 'number' ? Math.trunc(amount * part) : 0;
    // A share of nothing is a fault, by amount or not.
    if (typeof part === 'string' || share === 0)
      return { ...row, share: typeof part === 'string' ? part : '50%' };
    return { ...row, amount: this.#text(share) };
  }

  #addEvent(invoice: string, event: EventSketch, number: number, day: Day, balance: Balance): void {
    const { kind, part, order } = event;
    const { total, cash, lost, credited } = balance;
    const open = total - credited - cash;
    // Nobody pays what is paid, and nothing goes back that has not come.
    if (this.#limits.sensible && (kind === 'refund' ? cash : open - lost) <= 0) return;
    // Numbered within the invoice, so that one payment may lie on several invoices.
    const key = `${order}${number}`;
    if (kind === 'payment') {
      const most = this.#limits.sensible ? open - lost : Infinity;
      const amount = Math.min(this.#part(part, total, open, balance), most);
      balance.cash += amount;
      this.#pay(invoice, `P${key}`, day, amount);
    } else if (kind === 'refund') {
      const amount = this.#part(part, cash > 0 ? cash : total, cash, balance);
      balance.cash -= amount;
      this.#pay(invoice, `P${key}`, day, -amount);
    } else if (kind === 'write-off' || kind === 'reversed write-off') {
      const back = kind === 'reversed write-off';
      const size = back
        ? this.#part(part, lost > 0 ? lost : total, lost, balance)
        : Math.min(
            this.#part(part, total, open - lost, balance),
            this.#limits.sensible ? open - lost : Infinity,
          );
      const amount = back ? -size : size;
      balance.lost += amount;
      const row = {
        write_off_id: `W${key}`,
        invoice_id: invoice,
        write_off_date: day,
        amount: this.#text(amount),
      };
      this.#writeOffs.push(row);
    } else {
      const back = kind === 'reversed memo';
      const size = back
        ? this.#part(part, credited > 0 ? credited : total, credited, balance)
        : Math.min(
            this.#part(part, total, total - credited, balance),
            this.#limits.sensible ? open - lost : Infinity,
          );
      this.#credit(invoice, event, key, day, back ? -size : size);
      balance.credited += back ? -size : size;
    }
  }

  #credit(invoice: string, { kind }: EventSketch, key: string, day: Day, amount: Money): void {
    if (kind !== 'reversing invoice' || amount <= 0) {
      this.#creditMemos.push({
        credit_memo_id: `M${key}`,
        invoice_id: invoice,
        credit_date: day,
        amount: this.#text(amount),
      });
      return;
    }
    this.#invoices.push({
      invoice_id: `${key}${invoice}`,
      customer_id: 'C0',
      rep_id: '',
      invoice_date: day,
      // A part of what is credited is tax: only the total counts (R2.4).
      amount: this.#text(-Math.ceil(amount / 2)),
      total: this.#text(-amount),
      reverses: invoice,
    });
  }

  #pay(invoice: string, id: string, day: Day, amount: Money): void {
    const named = this.#sketch.padded ? ` ${invoice} ` : invoice;
    this.#payments.push({ payment_id: id, invoice_id: named, payment_date: day, amount: this.#text(amount) });
  }

  /** Numbered like the rows that name their invoices, so that one id may be found on both. */
  #addOnAccount(sketch: OnAccountSketch, days: readonly Day[], at: number): void {
    const { back, part, order, of, day: about } = sketch;
    const totals = this.#sketch.invoices.map(totalOf);
    const given = {
      kind: sketch.kind,
      customer: `C${sketch.customer}`,
      day: addDays(days[about.of % days.length] ?? this.#base, about.plus),
      amount: Math.floor(Math.abs(totals[of % totals.length] ?? UNIT) * part),
    };
    // What goes back is of the row before, on its day or soon after.
    const before = back ? (this.#onAccount ?? given) : given;
    const { kind, customer } = before;
    const day = back ? addDays(before.day, Math.max(about.plus, 0)) : given.day;
    const amount = back ? -Math.floor(before.amount * part) : given.amount;
    if (!back) this.#onAccount = given;
    this.#days.push(day);
    const row = { invoice_id: '', customer_id: customer, amount: this.#text(amount) };
    const key = `${order}${at}`;
    if (kind === 'payment') this.#payments.push({ ...row, payment_id: `P${key}`, payment_date: day });
    if (kind === 'write-off') this.#writeOffs.push({ ...row, write_off_id: `W${key}`, write_off_date: day });
    if (kind === 'memo') this.#creditMemos.push({ ...row, credit_memo_id: `M${key}`, credit_date: day });
  }

  /** A part of an amount, never below 0. What is left of nothing is all of it again: over-paid, over-credited. */
  #part(part: EventSketch['part'], whole: Money, rest: Money, { tolerance }: Balance): Money {
    const size = Math.abs(whole) || 100 * UNIT;
    const left = rest > 0 ? rest : size;
    switch (part) {
      case 'rest':
        return left;
      case 'all':
        return size;
      case 'half':
        return Math.floor(size / 2);
      case 'third':
        return Math.floor(size / 300) * 100;
      case 'within tolerance':
        return Math.max(left - tolerance, 0);
      case 'beyond tolerance':
        return Math.max(left - tolerance - UNIT / 100, 0);
      case 'over':
        return Math.floor(size * 1.5);
      case 'cent':
        return UNIT / 100;
      case 'nothing':
        return 0;
    }
  }

  /** Rows that name an invoice which is not there, or none (R9.2). */
  #addStray(kind: (typeof STRAYS)[number], day: Day, at: number): void {
    const reversal = this.#invoices.find(({ reverses }) => reverses !== undefined)?.['invoice_id'];
    const nowhere = `nowhere ${at}`;
    const amount = this.#text(50 * UNIT);
    if (kind === 'payment') this.#pay(nowhere, 'Px', day, 50 * UNIT);
    if (kind === 'payment on a reversal' && reversal !== undefined)
      this.#pay(reversal, `Px${at}`, day, 50 * UNIT);
    if (kind === 'unapplied') {
      this.#payments.push({
        payment_id: `Px${at}`,
        invoice_id: '',
        customer_id: 'C0',
        payment_date: day,
        amount,
      });
    }
    if (kind === 'write-off') {
      this.#writeOffs.push({ write_off_id: 'Wx', invoice_id: nowhere, write_off_date: day, amount });
    }
    if (kind === 'memo') {
      this.#creditMemos.push({ credit_memo_id: 'Mx', invoice_id: nowhere, credit_date: day, amount });
    }
    if (kind === 'split') this.#splits.push({ invoice_id: nowhere, rep_id: 'r2', share: '', amount });
    if (kind === 'split of a reversal' && reversal !== undefined) {
      // By share or by amount: neither has an invoice to be a part of (R2.4).
      this.#splits.push({
        invoice_id: reversal,
        rep_id: `rep ${at}`,
        ...(at % 2 === 0 ? { share: '50%' } : { amount }),
      });
    }
    if (kind === 'reversal' || (kind === 'reversal of a reversal' && reversal !== undefined)) {
      this.#invoices.push({
        invoice_id: `X${at}`,
        customer_id: 'C0',
        rep_id: 'r2',
        invoice_date: day,
        amount: `-${amount}`,
        reverses: kind === 'reversal' ? nowhere : reversal,
      });
    }
  }

  /** The as-of date, and a calendar that covers it and every booking up to it (R2.10). */
  #settleDays(): { asOf: Day; rows: readonly CalendarDays[] | undefined; calendar: FiscalCalendar } {
    const { asOf: sketch, calendar: drawn, terms } = this.#sketch;
    const end = this.#days.reduce(laterOf, this.#base);
    const fiscalYearStart = typeof terms['fiscalYearStart'] === 'number' ? terms['fiscalYearStart'] : 1;
    const byMonths = fiscalCalendarOf(undefined, fiscalYearStart);
    const events = this.#days.filter((day) => day >= this.#base);
    const chosen = {
      end: addDays(end, sketch.at % 100),
      day: addDays(this.#base, sketch.at),
      event: events[sketch.at % events.length] ?? end,
      'quarter-end': byMonths.lastDayOf(byMonths.quarterOf(addDays(this.#base, sketch.at))),
    }[sketch.kind];
    if (drawn === undefined) {
      return { asOf: chosen, rows: undefined, calendar: byMonths };
    }
    const rows = calendarRowsOf(drawn, chosen, terms['payPeriod'] === 'month', this.#base);
    const calendar = fiscalCalendarOf(rows);
    const asOf = sketch.kind === 'quarter-end' ? calendar.lastDayOf(calendar.quarterOf(chosen)) : chosen;
    return { asOf, rows, calendar };
  }

  /** Quotas by quarter, with a row wherever a window of a percentage table would have none (R4.2, R9.1). */
  #drawQuotas(calendar: FiscalCalendar, asOf: Day): readonly Row[] {
    const { reps } = this.#sketch;
    const [first, last] = [calendar.quarterOf(this.#base), calendar.quarterOf(asOf)];
    const years = Array.from(
      { length: Number(fiscalYearOf(last)) - Number(fiscalYearOf(first)) + 1 },
      (_, at) => String(Number(fiscalYearOf(first)) + at),
    );
    const quarters = years.flatMap((year) => ['Q1', 'Q2', 'Q3', 'Q4'].map((number) => `${year}-${number}`));
    const quotas = new Map<string, Row>();
    reps.forEach(({ quotas: drawn }, rep) => {
      quarters.forEach((quarter, at) => {
        const { quota, byDate } = drawn[at % drawn.length] ?? {};
        if (quota === undefined) return;
        // Only quarters of the calendar have dates (R2.9).
        const named = byDate && quarter >= first && quarter <= last ? calendar.lastDayOf(quarter) : quarter;
        const row = { rep_id: REPS[rep], quarter: named, quota: this.#text(quota) };
        quotas.set(`${REPS[rep]} ${quarter}`, row);
      });
    });
    for (const { rep, quarter } of this.#bookings(calendar, asOf)) {
      const windowed = this.#plans.flatMap(({ rate }) =>
        typeof rate === 'object' && rate.table.length > 1 && rate.table[0]?.from !== undefined
          ? [rate.attainment]
          : [],
      );
      const inWindow = (attainment: string | undefined): boolean =>
        quarters.some(
          (other) =>
            quotas.has(`${rep} ${other}`) &&
            fiscalYearOf(other) === fiscalYearOf(quarter) &&
            (attainment === 'year' || (attainment === 'quarter' ? other === quarter : other <= quarter)),
        );
      if (windowed.every(inWindow)) continue;
      quotas.set(`${rep} ${quarter}`, {
        rep_id: rep,
        quarter,
        quota: this.#text((this.#limits.quota ?? QUOTA) * UNIT),
      });
    }
    return [...quotas.values()];
  }

  /** Who books in which quarter, whatever the plan: a law may move reps to other plans. */
  #bookings(
    calendar: FiscalCalendar,
    asOf: Day,
  ): readonly { readonly rep: string; readonly quarter: string }[] {
    return this.#invoices.flatMap(({ invoice_id, rep_id, booking_date, invoice_date, reverses }) => {
      const day = booking_date || (invoice_date ?? '');
      if (reverses !== undefined || day > asOf) return [];
      const own = this.#splits.filter((split) => split['invoice_id'] === invoice_id);
      const reps = own.length === 0 ? [rep_id ?? ''] : own.map((split) => split['rep_id'] ?? '');
      return reps.map((rep) => ({ rep, quarter: calendar.quarterOf(day) }));
    });
  }

  #text(amount: Money): string {
    const size = Math.abs(amount);
    const decimals = String(size % UNIT)
      .padStart(4, '0')
      .replace(/0+$/, '')
      .padEnd(this.#sketch.decimals, '0');
    const whole = Math.floor(size / UNIT);
    return `${amount < 0 ? '-' : ''}${whole}${decimals === '' ? '' : `.${decimals}`}`;
  }
}

/** R2.2: an amount of 0 may have a total, and an amount may have none to collect. */
function totalOf({ amount, total }: InvoiceSketch): Money {
  if (total === 'nothing') return 0;
  if (total === 'taxed') return amount === 0 ? 100 * UNIT : Math.round(amount * 1.2);
  return amount;
}

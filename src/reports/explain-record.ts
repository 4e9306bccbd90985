/** Explanations as plain data for `--json`: the same facts as the text, amounts and fractions as text. */

import { stateRecord } from '../closing/period-state.js';
import { isoOf } from '../day.js';
import {
  LINE_ACCOUNT_NAMES,
  LINE_ACCOUNTS,
  type LineAmounts,
  PAY_ACCOUNTS,
} from '../engine/r1-words/line-accounts.js';
import {
  isShown,
  PAY_FIGURES,
  PAY_STEP_NAMES,
  shownTerms,
  UNPOSTED,
} from '../engine/r1-words/pay-figures.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { Result } from '../engine/result.js';
import type { CashExplanation } from '../explain/cash.js';
import type { EventExplanation, LineExplanation, RateExplanation } from '../explain/lines.js';
import type { PayExplanation } from '../explain/reps.js';
import type { SliceExplanation } from '../explain/slices.js';
import { formatDecimal, formatMinor, formatUnits, type Minor, type Units } from '../money.js';
import type { Place } from '../problems/place.js';
import { unreachable } from '../problems/problem.js';
import type { Ratio } from '../ratio.js';
import { exactText } from './exact.js';
import type { CitedSources, PayContext } from './explain-pay.js';

type Plain = Record<string, unknown>;

/** A line, its rate and its events. */
export function lineRecord(line: LineExplanation, result: Result): Plain {
  const { units, exact } = wordsOf(result);
  return {
    kind: 'line',
    invoice_id: line.invoiceId,
    customer_id: line.customerId,
    rep_id: line.repId,
    plan_id: line.planId,
    ...(line.plan.from === undefined ? {} : { plan_from: isoOf(line.plan.from) }),
    credit: line.credit,
    share: shareOf(line.share),
    team: line.team.map(({ repId, share, part }) => ({
      rep_id: repId,
      share: shareOf(share),
      part: shareOf(part),
    })),
    fx:
      line.currencyRate === undefined
        ? null
        : { ...line.currencyRate, rate: formatDecimal(line.currencyRate.rate) },
    level: line.level.number,
    amount: units(line.amount),
    total: units(line.total),
    ...(line.cost === undefined ? {} : { cost: units(line.cost) }),
    booked: line.booked,
    invoiced: line.invoiced,
    due: line.due ?? null,
    instalments: line.instalments.map(({ due, amount }) => ({ due, amount: units(amount) })),
    disputes: line.disputes.map(({ from, to }) => ({ from, to: to ?? null })),
    last_day: line.lastDay ?? null,
    earns_on: line.earnsOn,
    basis: line.basis,
    base: exact(line.base),
    rate: rateRecord(line.rate, result),
    events: line.events.map((event) => eventRecord(event, result)),
    adjustments: result.adjustments
      .filter(({ invoiceId, repId }) => invoiceId === line.invoiceId && repId === line.repId)
      .map((posting) => postingRecord(posting, result)),
  };
}

/** The cash of a rep on an invoice (R12.4). */
export function cashRecord(cash: CashExplanation, result: Result): Plain {
  const { money, units, exact } = wordsOf(result);
  return {
    kind: 'cash',
    invoice_id: cash.invoiceId,
    customer_id: cash.customerId,
    rep_id: cash.repId,
    amount: units(cash.amount),
    total: units(cash.total),
    events: cash.events.map((event) => ({
      date: event.date,
      cause: event.cause,
      source_id: event.sourceId,
      plan_id: event.planId,
      changes: event.changes.map(({ part, cash: of, booked, rate, rateFrom, slices, amount }) => ({
        part: shareOf(part),
        cash: exact(of),
        booked,
        rate: rate === undefined ? null : shareOf(rate),
        ...(rateFrom === undefined ? {} : { rate_from: rateFrom }),
        slices: slices.map(({ base, rate: one, amount: own }) => ({
          base: exact(base),
          rate: shareOf(one),
          amount: exact(own),
        })),
        amount: exact(amount),
      })),
      earned: money(event.earned),
      change: money(event.change),
    })),
  };
}

/** A pay period of a rep, from postings to paid and owed. */
export function payRecord(pay: PayExplanation, result: Result, { sources, state }: PayContext = {}): Plain {
  const { money } = wordsOf(result);
  return {
    kind: 'pay',
    rep_id: pay.repId,
    period: pay.period.name,
    from: pay.period.from,
    to: pay.period.to,
    closed: pay.isClosed,
    ...(state === undefined ? {} : { state: stateRecord(state) }),
    invoices: pay.invoices.map((net) => ({
      invoice_id: net.invoiceId,
      customer_id: net.customerId,
      ...Object.fromEntries(
        PAY_ACCOUNTS.map((account) => [LINE_ACCOUNTS[account].column, money(net.amounts[account])]),
      ),
      net: money(net.net),
      postings: net.postings.map((posting) => postingRecord(posting, result)),
    })),
    ...besideInvoices(pay, money, sources),
    ...Object.fromEntries(
      shownTerms(UNPOSTED, [pay.row]).map(({ figure }) => [
        PAY_FIGURES[figure].column,
        money(pay.row[figure]),
      ]),
    ),
    gains: money(pay.gains),
    owed_before: money(pay.row.owedOpening),
    recovery_limit: shareOf(pay.recovery.limit),
    ...recoveryBounds(pay, money),
    ...stepsRecord(pay, money),
    paid: money(pay.row.paid),
    owed_after: money(pay.row.owed),
  };
}

/** What pay has beside invoices, where it has something. */
function besideInvoices(
  { repId, period, entries, caps }: PayExplanation,
  money: (amount: Minor) => string,
  sources: CitedSources | undefined,
): Plain {
  const cited = (place: Place | undefined) =>
    sources === undefined || place === undefined ? {} : { source: sources.nameOf(place) };
  const listed = entries.map((entry) => ({
    entry_id: entry.entryId,
    date: entry.date,
    event_date: entry.eventDate,
    adjusts: entry.adjusts,
    kind: entry.kind,
    amount: money(entry.amount),
    invoice_id: entry.invoiceId,
    reason: entry.reason,
    ...cited(sources?.findEntry(entry)),
  }));
  const bounds = caps.map(({ planId, cap, window, paidSoFar }) => {
    const bound = { plan_id: planId, window, paid_so_far: money(paidSoFar), most: money(cap.amount) };
    return { ...bound, per: cap.per, ...cited(sources?.capOf(planId)) };
  });
  const draws = (sources?.drawsIn(repId, period) ?? []).map(({ kind, from, to, amount, place }) => {
    return { kind, from, to: to ?? null, amount: money(amount), ...cited(place) };
  });
  return {
    ...(listed.length === 0 ? {} : { entries: listed }),
    ...(bounds.length === 0 ? {} : { caps: bounds }),
    ...(draws.length === 0 ? {} : { draws }),
  };
}

/** R23.1: the bounds of recovery that are set. */
function recoveryBounds(
  { recovery: { keep, most } }: PayExplanation,
  money: (amount: Minor) => string,
): Plain {
  return {
    ...(keep === 0n ? {} : { recovery_keep: money(keep) }),
    ...(most === undefined ? {} : { recovery_most: money(most) }),
  };
}

/** The steps between gains and what is paid and owed, by their columns. */
function stepsRecord({ row }: PayExplanation, money: (amount: Minor) => string): Plain {
  return Object.fromEntries(
    PAY_STEP_NAMES.flatMap((step) =>
      step === 'gains' || !isShown(step, [row]) ? [] : [[PAY_FIGURES[step].column, money(row[step])]],
    ),
  );
}

function rateRecord(rate: RateExplanation, result: Result): Plain {
  const { units, exact } = wordsOf(result);
  const sliceRecord = ({ from, to, base, rate: one, amount }: SliceExplanation) => ({
    from: exact(from),
    to: exact(to),
    base: exact(base),
    rate: shareOf(one),
    amount: exact(amount),
  });
  switch (rate.kind) {
    case 'flat':
      return { kind: rate.kind, rate: shareOf(rate.rate) };
    case 'stated':
      return { kind: rate.kind, commission: units(rate.commission) };
    case 'retroactive':
      return {
        kind: rate.kind,
        quota: rate.quota === undefined ? null : { window: rate.quota.window, sum: units(rate.quota.sum) },
        steps: rate.steps.map(({ date, sourceId, attained, rate: one }) => ({
          date,
          source_id: sourceId,
          attained: exact(attained),
          rate: shareOf(one),
        })),
      };
    case 'marginal':
      return {
        kind: rate.kind,
        quota: rate.quota === undefined ? null : { window: rate.quota.window, sum: units(rate.quota.sum) },
        slices: rate.slices.map(sliceRecord),
      };
    case 'items':
      return {
        kind: rate.kind,
        items: rate.items.map(({ itemId, category, base, slices, rate: one, amount }) => ({
          item_id: itemId ?? null,
          category,
          base: exact(base),
          rate: one === undefined ? null : shareOf(one),
          slices: slices.map(sliceRecord),
          amount: amount === undefined ? null : exact(amount),
        })),
        sums: rate.sums.map(({ date, sourceId, amount }) => ({
          date,
          source_id: sourceId,
          amount: exact(amount),
        })),
      };
    default:
      return unreachable(rate);
  }
}

function eventRecord(event: EventExplanation, result: Result): Plain {
  const { money, units } = wordsOf(result);
  return {
    date: event.date,
    cause: event.cause,
    source_id: event.sourceId,
    amount: units(event.amount),
    earned_yet: event.isEarned,
    commission: money(event.commission),
    waits_for_cash: money(event.waiting),
    credited: units(event.credited),
    due: units(event.due),
    collected: units(event.collected),
    closed: units(event.closed),
    ...(event.kept === undefined ? {} : { kept: units(event.kept) }),
    ...(event.counted === undefined ? {} : { counted: units(event.counted) }),
    ...(event.staged === 0n ? {} : { waits_for_invoice: money(event.staged) }),
    ...(event.premium === 0n ? {} : { timing: money(event.premium) }),
    ...(event.timed === undefined
      ? {}
      : {
          timed: event.timed.map(({ sourceId, amount, days, factor }) => {
            return { source_id: sourceId, amount: units(amount), days, factor: shareOf(factor) };
          }),
        }),
    ...(event.late.length === 0 ? {} : { late: event.late }),
    after: amountsRecord(event.after, money),
    change: event.change === undefined ? null : amountsRecord(event.change, money),
  };
}

function postingRecord(posting: Posting, result: Result): Plain {
  const { date, eventDate, adjusts, cause, sourceId } = posting;
  const { money } = wordsOf(result);
  return {
    date,
    event_date: eventDate,
    adjusts,
    cause,
    source_id: sourceId,
    ...amountsRecord(posting, money),
  };
}

/** The amounts by their columns in `postings.csv`. */
function amountsRecord(amounts: LineAmounts, money: (amount: Minor) => string): Plain {
  return Object.fromEntries(
    LINE_ACCOUNT_NAMES.map((account) => [LINE_ACCOUNTS[account].column, money(amounts[account])]),
  );
}

/** A fraction as it is: `1/20`. */
function shareOf({ n, d }: Ratio): string {
  return d === 1n ? `${n}` : `${n}/${d}`;
}

function wordsOf({ scale, currency }: Result) {
  return {
    money: (amount: Minor) => formatMinor(amount, currency.digits),
    units: (amount: Units) => formatUnits(amount, scale, currency.digits),
    exact: (amount: Ratio) => exactText(amount, scale, currency.digits).replaceAll(',', ''),
  };
}

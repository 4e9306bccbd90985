/** The entries of the pay account that a ledger gives: bonuses, waivers and repayments (R21). */
import { isoOf } from '../../day.js';
import type { LedgerEntry } from '../../ledger-specs/ledgers.js';
import { formatMinor, formatUnits, groupThousands, type Minor, powerOfTen } from '../../money.js';
import { byCodeUnit } from '../../order.js';
import { exception } from '../../problems/exception.js';
import { findNearest } from '../../problems/nearest.js';
import type { Findings } from '../findings.js';
import { findQuarter, outsideCalendar } from '../r2-ledgers/calendar.js';
import { payPeriodFinder, type Setting } from '../setting.js';

/** R21.1: what an entry is. */
export const ENTRY_KINDS = ['bonus', 'waiver', 'repayment'] as const;

export type EntryKind = (typeof ENTRY_KINDS)[number];

/** An entry as a result has it (R21.6); the amount is in the currency's minor unit. */
export interface PayEntryRow {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** The pay period by name. */
  readonly period: string;
  readonly repId: string;
  readonly entryId: string;
  readonly kind: EntryKind;
  /** Below 0 for a deduction. */
  readonly amount: Minor;
  /** Blank where the entry names none, like the reason. */
  readonly invoiceId: string;
  readonly reason: string;
  /** The day of the entry in its ledger; another than `date` where it adjusts a closed period (R21.7). */
  readonly eventDate: string;
  /** The closed period that is adjusted, by name; blank where none is. */
  readonly adjusts: string;
}

/**
 * The entries that count as of the date, in order (R7.5, R21.6): those dated up to an opening count as posted, and are left
 * out. Finds what is wrong with them (R21.1, R21.4).
 */
export function entriesIn(setting: Setting, findings: Findings): readonly PayEntryRow[] {
  const { books, asOf, posted } = setting;
  const { entries } = books.plain;
  if (entries.length === 0) return [];
  checkEntries(setting, findings);
  const openingDay = posted?.opening?.day ?? Number.NEGATIVE_INFINITY;
  const periodOf = payPeriodFinder(setting);
  const unit = powerOfTen(books.scale - setting.terms.currency.digits);
  return entries
    .flatMap((entry): PayEntryRow[] => {
      const { date: day, kind } = entry;
      if (day > asOf || day <= openingDay || !isEntryKind(kind)) return [];
      noteUnknownInvoice(setting, findings, entry, unit);
      const period = periodOf(day);
      if (period === undefined) return [];
      return [
        {
          date: isoOf(day),
          period: period.name,
          repId: entry.rep_id,
          entryId: entry.entry_id,
          kind,
          amount: entry.amount / unit,
          invoiceId: entry.invoice_id,
          reason: entry.reason,
          eventDate: isoOf(day),
          adjusts: '',
        },
      ];
    })
    .sort(inEntryOrder);
}

/** R21.6: by date, rep and id; adjustments by their kind and the day of the entry as well. */
export function inEntryOrder(a: PayEntryRow, b: PayEntryRow): number {
  return (
    byCodeUnit(a.date, b.date) ||
    byCodeUnit(a.repId, b.repId) ||
    byCodeUnit(a.entryId, b.entryId) ||
    byCodeUnit(a.kind, b.kind) ||
    byCodeUnit(a.eventDate, b.eventDate)
  );
}

export function isEntryKind(kind: string): kind is EntryKind {
  return ENTRY_KINDS.some((one) => one === kind);
}

type LedgerRow = LedgerEntry<'entries'>;

/** R21.1, in every row; and for those that count as of the date, whether the calendar has the day (R9.1). */
function checkEntries({ books, asOf, calendar }: Setting, findings: Findings): void {
  for (const { row, date, kind, amount } of books.plain.entries) {
    const placeOf = (column: string) => ({ kind: 'row', ledger: 'entries', row, column }) as const;
    if (!isEntryKind(kind)) {
      const nearest = findNearest(kind, ENTRY_KINDS);
      findings.addFault({ code: 'unknown-kind', place: placeOf('kind'), kind, kinds: ENTRY_KINDS, nearest });
    } else if (kind !== 'bonus' && amount <= 0n) {
      const found = formatUnits(amount, books.scale, 0);
      findings.addFault({ code: 'not-above-zero', place: placeOf('amount'), column: 'amount', found });
    }
    if (date <= asOf && findQuarter(calendar, date) === undefined) {
      findings.addFault(outsideCalendar(placeOf('date'), date, calendar));
    }
  }
}

function noteUnknownInvoice(
  { books, terms }: Setting,
  findings: Findings,
  { row, entry_id: id, rep_id: rep, invoice_id: invoice, amount }: LedgerRow,
  unit: bigint,
): void {
  if (invoice === '' || books.invoices.sales.findText(invoice) >= 0) return;
  const text = groupThousands(formatMinor(amount / unit, terms.currency.digits));
  const facts = { invoice, amount: text, usedFor: rep };
  findings.addException(exception('unknown-invoice', { ledger: 'entries', row, id }, facts));
}

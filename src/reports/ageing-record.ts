/** The aging as plain data for `--json`: every open line and all that the text shows, amounts as text. */
import type { Result } from '../engine/result.js';
import {
  type AgedLine,
  type Ageing,
  type AgeingFigures,
  bandTitle,
  type ComingClawback,
} from '../explain/ageing.js';
import type { Collection } from '../explain/days-to-collect.js';
import type { KeepingCommission } from '../explain/forecast/open-lines.js';
import { formatMinor, formatPercent, formatUnits, type Minor, type Units } from '../money.js';
import { type AgeingScope, daysInWords } from './ageing.js';
import { clawbacksWithin } from './coming-clawbacks.js';

/** The aging as a record. */
export function ageingRecord(
  ageing: Ageing,
  { asOf, currency, scale, terms }: Result,
  { reps, within }: AgeingScope,
): Record<string, unknown> {
  const { bands, rows, shared, total, invoices, disputed, clawbacks, shortPayers, daysToCollect } = ageing;
  const { shortPay } = terms.ageing;
  const units = (amount: Units) => formatUnits(amount, scale, currency.digits);
  const minor = (amount: Minor) => formatMinor(amount, currency.digits);
  const names = bands.map((band) => bandTitle(band, '-'));
  const figures = (of: AgeingFigures) => ({
    bands: Object.fromEntries(of.bands.map((amount, band) => [names[band], units(amount)])),
    open: units(of.open),
    held: minor(of.held),
    at_risk: minor(of.atRisk),
  });
  const keep = (of: KeepingCommission | undefined) =>
    of === undefined ? {} : { keep: { payment: units(of.payment), kept: minor(of.kept), pace: of.pace } };
  const line = (of: AgedLine) => ({
    invoice_id: of.invoiceId,
    plan_id: of.planId,
    level: of.level,
    due_date: of.due,
    days_past_due: of.daysPastDue,
    band: names[of.band],
    ...(of.dispute === undefined ? {} : { disputed: true, disputed_since: of.dispute.since }),
    ...(of.parts.length === 1
      ? {}
      : {
          instalments: of.parts.map((part, at) => ({
            instalment: part.number,
            due_date: part.due,
            days_past_due: part.daysPastDue,
            band: names[of.partBands[at] as number],
            open: units(part.open),
          })),
        }),
    open: units(of.open),
    ...(of.abroad === undefined
      ? {}
      : { currency: of.abroad.currency, open_in_currency: units(of.abroad.open) }),
    uncollected: units(of.uncollected),
    held: minor(of.held),
    ...(of.lastDay === undefined ? {} : { cash_counts_until: of.lastDay }),
    at_risk: minor(of.atRisk),
    clawback_on: of.clawbackOn,
    ...keep(of.keep),
  });
  const coming = (of: ComingClawback) => ({
    clawback_on: of.clawbackOn,
    in_days: of.clawbackIn,
    rep_id: of.repId,
    customer_id: of.customerId,
    invoice_id: of.invoiceId,
    at_risk: minor(of.atRisk),
    open: units(of.open),
    uncollected: units(of.uncollected),
    days_past_due: of.daysPastDue,
    ...(of.instalments === 1
      ? {}
      : {
          of_instalments: of.instalments,
          late_instalments: of.late.map(({ number, due, open }) => ({
            instalment: number,
            due_date: due,
            open: units(open),
          })),
        }),
    ...(of.dispute === undefined ? {} : { disputed: true, disputed_since: of.dispute.since }),
    ...keep(of.keep),
  });
  const collection = ({ collected, days }: Collection) => ({
    collected: units(collected),
    days: daysInWords(days),
  });
  return {
    asOf,
    currency: currency.code,
    ...(reps.length === 0 ? {} : { reps }),
    bounds: terms.ageing.bounds,
    rows: rows.map(({ repId, customerId, lines, ...sums }) => ({
      rep_id: repId,
      customer_id: customerId,
      ...figures(sums),
      lines: lines.map(line),
    })),
    shared: figures(shared),
    total: { invoices, ...figures(total) },
    disputed: { open: units(disputed.open), invoices: disputed.invoiceIds },
    ...(within === undefined ? {} : { within }),
    clawbacks: clawbacksWithin(clawbacks, within).map(coming),
    shortPay: {
      share: formatPercent(shortPay.share),
      invoices: shortPay.invoices,
      customers: shortPayers.map(({ customerId, invoiceIds, total: all, open }) => ({
        customer_id: customerId,
        invoices: invoiceIds,
        total: units(all),
        open: units(open),
      })),
    },
    daysToCollect: {
      ...(daysToCollect.all === undefined ? {} : { all: collection(daysToCollect.all) }),
      reps: daysToCollect.reps.map((rep) => ({ rep_id: rep.repId, ...collection(rep) })),
    },
  };
}

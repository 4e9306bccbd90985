/** The sheet Held: commission that waits for cash, or will be clawed back unless it comes. */
import type { Explainable } from '../engine/result.js';
import { bandOf, bandsOf, bandTitle } from '../explain/ageing.js';
import { type OpenLine, openLines } from '../explain/forecast/open-lines.js';
import { formatMinor, formatUnits } from '../money.js';
import { byCodeUnit } from '../order.js';
import type { Column, RowSheet } from './sheet.js';

const COLUMNS: readonly Column[] = [
  { name: 'rep', heading: 'rep', kind: 'text' },
  { name: 'customer', heading: 'customer', kind: 'text' },
  { name: 'invoice', heading: 'invoice', kind: 'text' },
  { name: 'plan', heading: 'plan', kind: 'text' },
  // Of the whole invoice: two reps on one invoice both show it, so it must not be added up.
  { name: 'open', heading: 'open on invoice', kind: 'money' },
  { name: 'due', heading: 'due', kind: 'date' },
  { name: 'daysPastDue', heading: 'days past due', kind: 'count' },
  { name: 'age', heading: 'age', kind: 'text' },
  { name: 'held', heading: 'held', kind: 'money', total: 'sum' },
  { name: 'clawbackOn', heading: 'clawback date', kind: 'date' },
  { name: 'atRisk', heading: 'at risk', kind: 'money', total: 'sum' },
];

/** Where an invoice has instalments, or is disputed. */
const MARKS: readonly Column[] = [
  { name: 'instalment', heading: 'next instalment', kind: 'text' },
  { name: 'disputed', heading: 'disputed since', kind: 'date' },
];

export function heldSheet(calculation: Explainable): RowSheet {
  const { result } = calculation;
  const { asOf, currency, scale, terms } = result;
  const lines = [...openLines(calculation)]
    .filter(({ held, atRisk, dispute }) => held !== 0n || atRisk !== 0n || dispute !== undefined)
    .sort((a, b) => byCodeUnit(a.repId, b.repId));
  const title =
    lines.length === 0
      ? `Nothing waits for cash as of ${asOf}, and nothing is due to be clawed back.`
      : `Commission waiting for cash as of ${asOf}, and what will be clawed back unless customers pay, in ${currency.code}.`;
  const isMarked = lines.some(({ instalments, dispute }) => instalments > 1 || dispute !== undefined);
  const dispute = lines.some((line) => line.dispute !== undefined)
    ? ' While an invoice is disputed its days do not count, and nothing is clawed back for them.'
    : '';
  const { bounds } = terms.ageing;
  const ages = bandsOf(bounds).map((band) => bandTitle(band));
  const ageOf = ({ daysPastDue }: OpenLine) => ages[bandOf(daysPastDue, bounds)] as string;
  const rows = () =>
    lines.map((line) => [
      ...cellsOf(line, ageOf(line), currency.digits, scale),
      ...(isMarked ? marksOf(line) : []),
    ]);
  return { name: 'Held', title: title + dispute, columns: isMarked ? [...COLUMNS, ...MARKS] : COLUMNS, rows };
}

/** The first instalment that is open, and the dispute of the invoice. */
function marksOf({ instalments, parts, dispute }: OpenLine): string[] {
  const [next] = parts;
  return [
    instalments === 1 || next === undefined ? '' : `${next.number} of ${instalments}`,
    dispute?.since ?? '',
  ];
}

function cellsOf(line: OpenLine, age: string, digits: number, scale: number): string[] {
  return [
    line.repId,
    line.customerId,
    line.invoiceId,
    line.planId,
    formatUnits(line.open, scale, digits),
    line.due ?? '',
    line.daysPastDue === undefined ? '' : `${Math.max(0, line.daysPastDue)}`,
    age,
    formatMinor(line.held, digits),
    line.clawbackOn ?? '',
    formatMinor(line.atRisk, digits),
  ];
}

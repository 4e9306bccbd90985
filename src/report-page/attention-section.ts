/** What needs attention: exceptions, reps whose pay moved, and adjustments to closed periods. */

import type { RepVariance } from '../closing/variance.js';
import { counted } from '../counted.js';
import type { Result } from '../engine/result.js';
import { groupThousands, type Minor } from '../money.js';
import { figureOf, figuresOf, signedText } from '../pages/figures.js';
import { html, isolated } from '../pages/html.js';
import { tableHtml } from '../pages/table.js';
import { type Adjustment, adjustmentsOf, shownAmounts } from '../reports/adjustments.js';
import { limitOf } from '../reports/variance.js';
import type { Movements } from './movements.js';
import { empty, type Section, shown } from './section.js';
import type { ReportSource } from './source.js';
import { namedAndRest } from './words.js';

/** How many of each are listed; the files have all of them. */
const MOST_NAMED = 20;

/** The exceptions, with what was done about each. */
export function exceptionSection({ calculation, locate }: ReportSource): Section {
  const title = 'Exceptions';
  const { exceptions } = calculation.result;
  if (exceptions.length === 0) {
    return empty('exceptions', title, 'No exceptions: no row was set aside, and none has a notice.');
  }
  const named = exceptions.slice(0, MOST_NAMED);
  const more = exceptions.length - named.length;
  const columns = [
    { title: 'id' },
    { title: 'where', isWide: true },
    { title: 'code' },
    { title: 'what was done', isLong: true },
  ];
  const rows = named.map(({ code, ledger, row, id, message }) => {
    const place = row === undefined ? undefined : locate({ kind: 'row', ledger, row });
    const where =
      place?.kind === 'file' ? `${place.file}${place.line === undefined ? '' : `:${place.line}`}` : ledger;
    return [isolated(id), isolated(where), code, isolated(message)];
  });
  const caption = 'Rows with an exception, and what was done with each';
  const rest = more > 0 ? `; the first ${MOST_NAMED} are listed here, all are in exceptions.csv` : '';
  return shown(
    'exceptions',
    title,
    html`<p class="lead">${counted(exceptions.length, 'exception')}${rest}.</p>
${tableHtml({ caption, columns, rows }, caption)}`,
  );
}

/** Whose pay moved by more than the workspace allows without a look. */
export function movedSection(result: Result, { variance }: Movements): Section {
  const title = 'Whose pay moved';
  if (variance === undefined) {
    return empty('moved', title, `There is no period before ${result.payPeriod} to compare pay with.`);
  }
  const figures = figuresOf(result);
  const { before, period, reps, compared } = variance;
  const limit = limitOf(result.terms.variance, result.currency);
  if (reps.length === 0) {
    return empty(
      'moved',
      title,
      `No rep’s pay moved by ${limit} from ${before} to ${period} (${counted(compared, 'rep')} compared).`,
    );
  }
  const named = reps.slice(0, MOST_NAMED);
  const more = reps.length - named.length;
  const columns = [
    { title: 'rep' },
    { title: before, isNumber: true, isWide: true },
    { title: 'moved by', isNumber: true },
    { title: period, isNumber: true },
    { title: 'of which', isLong: true },
  ];
  const rows = named.map((rep) => [
    isolated(rep.repId),
    figureOf(rep.paidBefore, figures),
    signedText(rep.change, figures),
    figureOf(rep.paid, figures),
    partsOf(result, rep),
  ]);
  const caption = `Reps whose pay moved most from ${before} to ${period}, ${result.currency.code}`;
  const rest = more > 0 ? `; the ${MOST_NAMED} largest moves are listed here` : '';
  return shown(
    'moved',
    title,
    html`<p class="lead">The pay of ${groupThousands(`${reps.length}`)} of ${counted(compared, 'rep')} moved by ${limit}${rest}.</p>
${tableHtml({ caption, columns, rows }, caption)}`,
  );
}

/** What moved the pay: the parts add up to the move. */
function partsOf(result: Result, { parts }: RepVariance): string {
  return [...parts].map(([mover, amount]) => `${mover} ${signedText(amount, figuresOf(result))}`).join(', ');
}

/** What was posted to correct closed periods; undefined where nothing is closed. */
export function findAdjustmentSection(result: Result): Section | undefined {
  const title = 'Adjustments to closed periods';
  if (result.closedPeriods.length === 0 && result.adjustments.length === 0) return undefined;
  const [first] = result.adjustments;
  const closed = result.closedPeriods.map(({ name }) => name);
  const through = closed.at(-1) ?? result.closedThrough ?? '';
  if (first === undefined) {
    return empty('adjustments', title, `Nothing has changed in closed periods (${through} and before).`);
  }
  const figures = figuresOf(result);
  const adjustments = [...adjustmentsOf(result)].sort(byAmount);
  const [named, rest] = namedAndRest(adjustments, MOST_NAMED);
  const sum = (list: readonly Adjustment[], of: (one: Adjustment) => Minor) =>
    list.reduce((all, one) => all + of(one), 0n);
  const amounts = shownAmounts(adjustments);
  const cells = (list: readonly Adjustment[]) => amounts.map(({ of }) => signedText(sum(list, of), figures));
  const columns = [
    { title: 'rep' },
    { title: 'adjusts' },
    { title: 'invoices', isNumber: true },
    ...amounts.map(({ title }) => ({ title, isNumber: true })),
  ];
  const rows = named.map((one) => [
    isolated(one.repId),
    one.adjusts,
    groupThousands(`${one.invoices.size}`),
    ...cells([one]),
  ]);
  const more =
    rest.length === 0 ? [] : [[`${groupThousands(`${rest.length}`)} more`, '', '', ...cells(rest)]];
  const caption = `Adjustments to closed periods, posted on ${first.date}, ${result.currency.code}`;
  const total = ['total', '', '', ...cells(adjustments)];
  return shown(
    'adjustments',
    title,
    html`<p class="lead">Changes in closed periods are posted on ${first.date} in ${first.period}; the closes themselves are not restated.</p>
${tableHtml({ caption, columns, rows: [...rows, ...more], total }, caption)}`,
  );
}

/** The largest first; equal ones stay by rep, then period. */
function byAmount(a: Adjustment, b: Adjustment): number {
  const sizeOf = ({ payable, clawedBack }: Adjustment): Minor => {
    const net = payable - clawedBack;
    return net < 0n ? -net : net;
  };
  const [x, y] = [sizeOf(a), sizeOf(b)];
  return x < y ? 1 : x > y ? -1 : 0;
}

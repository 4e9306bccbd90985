/** Clawbacks: those to come unless customers pay, and the largest of the quarter. */

import { adjustedPeriod } from '../closing/adjusted-period.js';
import { counted } from '../counted.js';
import type { Cause } from '../engine/r1-words/causes.js';
import type { Result } from '../engine/result.js';
import type { ComingClawback } from '../explain/ageing.js';
import { comingPartOf, instalmentText } from '../explain/forecast/coming-part.js';
import type { Minor } from '../money.js';
import { alignedWith, amountText, figureOf, figuresOf, unitsText } from '../pages/figures.js';
import { type Html, html, isolated } from '../pages/html.js';
import { tableHtml, withNote } from '../pages/table.js';
import { soonIn } from './first-screen.js';
import { customerCell } from './invoice-cell.js';
import type { Movements } from './movements.js';
import type { Open } from './open.js';
import { empty, type Section, shown, unbroken } from './section.js';
import { namedAndRest } from './words.js';

/** How many lines are named; the rest are one row. */
const MOST_SOON = 20;
const MOST_LARGEST = 10;

/** What will be clawed back within the next days unless it is paid, soonest first. */
export function upcomingSection(result: Result, { upcoming }: Open): Section {
  const soon = upcoming.filter(({ clawbackOn }) => clawbackOn <= soonIn(result));
  const later = upcoming.slice(soon.length);
  const title = 'About to be clawed back';
  const finding = soonText(result, soon) + laterText(result, later);
  if (soon.length === 0) return empty('upcoming', title, finding);
  return shown(
    'upcoming',
    title,
    html`<p class="lead">${unbroken(finding)}</p>\n${comingTable(result, soon, soonCaption(result))}`,
  );
}

/** What will be clawed back after that unless it is paid, soonest first; undefined if nothing will. */
export function laterSection(result: Result, { upcoming }: Open): Section | undefined {
  const later = upcoming.filter(({ clawbackOn }) => clawbackOn > soonIn(result));
  const [first] = later;
  if (first === undefined) return undefined;
  const sum = amountText(atRiskIn(later), figuresOf(result));
  const finding = `${sum} will be clawed back after ${soonIn(result)} unless customers pay, the first on ${first.clawbackOn}.${savedText(later)}`;
  const caption = `Clawed back after ${soonIn(result)} unless the customer pays, ${result.currency.code}`;
  return shown(
    'later',
    'At risk later, by date',
    html`<p class="lead">${unbroken(finding)}</p>\n${comingTable(result, later, caption)}`,
  );
}

function soonCaption(result: Result): string {
  return `Clawed back by ${soonIn(result)} unless the customer pays, ${result.currency.code}`;
}

function soonText(result: Result, soon: readonly ComingClawback[]): string {
  if (soon.length === 0) return `Nothing will be clawed back by ${soonIn(result)}.`;
  return `${amountText(atRiskIn(soon), figuresOf(result))} will be clawed back by ${soonIn(result)} unless customers pay.${savedText(soon)}`;
}

function savedText(soon: readonly ComingClawback[]): string {
  const savesPart = soon.every(({ keep }) => keep !== undefined && keep.kept > 0n);
  return savesPart ? ' Each partial payment saves its share.' : '';
}

function laterText(result: Result, later: readonly ComingClawback[]): string {
  const last = later.at(-1);
  if (last === undefined) return '';
  return ` After that, ${amountText(atRiskIn(later), figuresOf(result))} on ${counted(later.length, 'more line')}, the last on ${last.clawbackOn}.`;
}

function atRiskIn(lines: readonly ComingClawback[]): Minor {
  return lines.reduce((sum, { atRisk }) => sum + atRisk, 0n);
}

function comingTable(result: Result, soon: readonly ComingClawback[], caption: string): Html {
  const figures = figuresOf(result);
  const [named, rest] = namedAndRest(soon, MOST_SOON);
  const parts = named.map(comingPartOf);
  const ofOpen = alignedWith(parts, ({ open }) => open, figures);
  const columns = [
    { title: 'at end of' },
    { title: 'rep' },
    { title: 'customer, invoice' },
    { title: 'past due', isNumber: true, isWide: true },
    { title: 'open', isNumber: true, isWide: true },
    { title: 'clawed back', isNumber: true },
  ];
  const rows = named.map((line, at) => [
    withNote(line.clawbackOn, `in ${counted(line.clawbackIn, 'day')}`),
    isolated(line.repId),
    customerCell(line, { instalment: instalmentText(line), isDisputed: line.dispute !== undefined }),
    lateText(parts[at]?.daysPastDue),
    unitsText(parts[at]?.open ?? line.open, ofOpen),
    figureOf(line.atRisk, figures),
  ]);
  const more =
    rest.length === 0
      ? []
      : [[counted(rest.length, 'more line'), '', '', '', '', figureOf(atRiskIn(rest), figures)]];
  const total = ['total', '', '', '', '', amountText(atRiskIn(soon), figures)];
  return tableHtml({ caption, columns, rows: [...rows, ...more], total }, caption);
}

function lateText(days = 0): string {
  return days > 0 ? counted(days, 'day') : 'not yet';
}

const CAUSE_WORDS: Readonly<Record<Cause, string>> = {
  'past-due': 'past due and unpaid',
  'written-off': 'written off',
  credited: 'credited',
  refunded: 'refunded',
  're-rated': 'rate changed',
  left: 'rep left',
  timing: 'paid early or late',
  // Written off before the sale was earned, or a correction of a closed period.
  invoiced: 'written off before',
  booked: 'written off before',
  collected: 'payment changed',
  'write-off-reversed': 'reversal changed',
};

/** What was clawed back in the quarter, the largest first; its total is the step of the waterfall. */
export function largestSection(result: Result, { clawbacks }: Movements): Section {
  const quarter = result.fiscalQuarter.name;
  const finding =
    clawbacks.length === 0
      ? `Nothing was clawed back in ${quarter}.`
      : `${amountText(clawedBackIn(clawbacks), figuresOf(result))} was clawed back in ${quarter}, in ${counted(clawbacks.length, 'posting')}.`;
  const title = `Largest clawbacks in ${quarter}`;
  if (clawbacks.length === 0) return empty('clawbacks', title, finding);
  return shown(
    'clawbacks',
    title,
    html`<p class="lead">${unbroken(finding)}</p>\n${largestTable(result, clawbacks)}`,
  );
}

function clawedBackIn(clawbacks: Movements['clawbacks']): Minor {
  return clawbacks.reduce((sum, { clawedBack }) => sum + clawedBack, 0n);
}

function largestTable(result: Result, clawbacks: Movements['clawbacks']): Html {
  const figures = figuresOf(result);
  const [named, rest] = namedAndRest(clawbacks, MOST_LARGEST);
  const adjusts = result.closedPeriods.length > 0;
  const columns = [
    { title: 'rep' },
    { title: 'customer, invoice' },
    { title: 'on, because' },
    ...(adjusts ? [{ title: 'adjusts' }] : []),
    { title: 'clawed back', isNumber: true },
  ];
  const blank = adjusts ? [''] : [];
  const rows = named.map((posting) => [
    isolated(posting.repId),
    customerCell(posting),
    withNote(posting.eventDate, CAUSE_WORDS[posting.cause]),
    ...(adjusts ? [adjustedPeriod(posting.adjusts, result)] : []),
    figureOf(posting.clawedBack, figures),
  ]);
  const more =
    rest.length === 0
      ? []
      : [[counted(rest.length, 'more', 'more'), '', '', ...blank, figureOf(clawedBackIn(rest), figures)]];
  const total = ['total', '', '', ...blank, amountText(clawedBackIn(clawbacks), figures)];
  const caption = `Largest clawbacks in ${result.fiscalQuarter.name}, ${result.currency.code}`;
  return tableHtml({ caption, columns, rows: [...rows, ...more], total }, caption);
}

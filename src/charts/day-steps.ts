/** An amount day by day as an area of steps, beside the same under other terms as a dashed line. */
import { type Day, firstOfMonth, inWords } from '../day.js';
import type { Minor } from '../money.js';
import type { Html } from '../pages/html.js';
import { type Scale, shareOf, ticksOf } from './axis.js';
import {
  areaShape,
  colorOf,
  dashedShape,
  dotShape,
  lineShape,
  type Point,
  pathShape,
  pictureSvg,
  type Shape,
  textShape,
} from './drawing.js';
import { gridShapes, roomFor } from './grid.js';

/** The amount from a day on, until the next. */
export interface DayStep {
  readonly day: Day;
  readonly amount: Minor;
}

export interface DaySteps {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly steps: readonly DayStep[];
  /** What it is compared with. */
  readonly beside: readonly DayStep[] | undefined;
  /** The first and the last day, the same for charts that are compared. */
  readonly from: Day;
  readonly to: Day;
  /** The last day that is known; what comes later is expected. */
  readonly known: Day;
  readonly scale: Scale;
  readonly digits: number;
  /** The highest step, with its amount as text. */
  readonly peak: (DayStep & { readonly text: string }) | undefined;
}

const SIZE = { width: 380, height: 180 };
const TOP = 26;
const BOTTOM = 24;
/** What the mark of a forecast takes above the highest amount. */
const MARKED = 14;

export function dayStepsSvg(chart: DaySteps): Html {
  const { id, title, description, steps, beside, from, to, known, scale, digits, peak } = chart;
  const { width, height } = SIZE;
  const top = known < to ? TOP + MARKED : TOP;
  const ticks = ticksOf(scale, digits);
  const left = roomFor(ticks);
  const xOf = (day: Day): number => left + ((width - left) * (day - from)) / Math.max(to - from, 1);
  const yOf = (amount: Minor): number => top + (1 - shareOf(amount, scale)) * (height - top - BOTTOM);
  const outline = outlineOf(steps, from, to).map(({ day, amount }): Point => [xOf(day), yOf(amount)]);
  const other =
    beside && outlineOf(beside, from, to).map(({ day, amount }): Point => [xOf(day), yOf(amount)]);
  const shapes = [
    ...gridShapes(ticks, yOf, left, width),
    ...yearShapes(from, to, xOf, height),
    areaShape([[left, yOf(0n)], ...outline, [width, yOf(0n)]], colorOf('down'), 0.22),
    ...(other === undefined ? [] : [pathShape(other, 'quiet', true)]),
    pathShape(outline, 'down'),
    ...(known < to ? knownShapes(xOf(known), height) : []),
    ...(peak === undefined
      ? []
      : peakShapes(peak.text, xOf(peak.day), yOf(peak.amount), { left, right: width })),
  ];
  return pictureSvg({ id, title, description, size: SIZE, classes: 'panel' }, shapes);
}

/** The corners of the steps from the first day to the last. */
function outlineOf(steps: readonly DayStep[], from: Day, to: Day): readonly DayStep[] {
  let amount = 0n;
  const corners: DayStep[] = [{ day: from, amount }];
  for (const step of steps) {
    corners.push({ day: step.day, amount }, step);
    amount = step.amount;
  }
  return [...corners, { day: to, amount }];
}

/** A name takes this much room. */
const LEAST_APART = 44;

/** Where years begin; months too where there is room for them. */
function yearShapes(from: Day, to: Day, xOf: (day: Day) => number, height: number): readonly Shape[] {
  const first = Number(inWords(from).split(' ')[2]);
  const last = Number(inWords(to).split(' ')[2]);
  const isShort = last - first < 2;
  const days = Array.from({ length: last - first + 1 }, (_, at) => first + at).flatMap((year) =>
    (isShort ? [1, 4, 7, 10] : [1]).map((month) => ({ day: firstOfMonth(year, month), year, month })),
  );
  let end = Number.NEGATIVE_INFINITY;
  return days.flatMap(({ day, year, month }): Shape[] => {
    if (day < from || day > to) return [];
    const x = xOf(day);
    const tick = lineShape(x, height - BOTTOM, x, height - BOTTOM + 4, 'edge');
    const text = month === 1 ? `${year}` : (inWords(day).split(' ')[1] ?? '').slice(0, 3);
    if (x < end || x + LEAST_APART > SIZE.width) return [tick];
    end = x + LEAST_APART;
    return [tick, textShape(text, x, height - 9, { align: 'left', color: month === 1 ? 'text' : 'quiet' })];
  });
}

function knownShapes(x: number, height: number): readonly Shape[] {
  const hasRoom = x + ROOM_FOR_FORECAST < SIZE.width;
  return [
    dashedShape(x, 4, x, height - BOTTOM, 'text'),
    textShape('forecast', hasRoom ? x + 4 : x - 4, 9, { align: hasRoom ? 'left' : 'right', color: 'text' }),
  ];
}

const ROOM_FOR_FORECAST = 60;

/** An amount reaches this far to each side of its middle. */
const HALF_AMOUNT = 44;

function peakShapes(
  text: string,
  x: number,
  y: number,
  { left, right }: { readonly left: number; readonly right: number },
): readonly Shape[] {
  const align = x < left + HALF_AMOUNT ? 'left' : x > right - HALF_AMOUNT ? 'right' : 'center';
  return [dotShape(x, y, 'down'), textShape(text, x, y - 12, { align, isStrong: true, isOnLines: true })];
}

/** A bar and a mark for each period: what is paid in it, and what is earned. */
import type { Minor } from '../money.js';
import type { Html } from '../pages/html.js';
import { type Scale, shareOf, ticksOf } from './axis.js';
import { areaShape, colorOf, HATCHED, lineShape, pictureSvg, type Shape, textShape } from './drawing.js';
import { gridShapes, roomFor } from './grid.js';

export interface PeriodBar {
  /** The year, and what the period is called in it. */
  readonly year: string;
  readonly label: string;
  readonly bar: Minor;
  readonly mark: Minor;
  /** Whether some of it is expected only: the bar is hatched. */
  readonly isExpected: boolean;
}

export interface PeriodBars {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly periods: readonly PeriodBar[];
  /** The same for charts that are compared. */
  readonly scale: Scale;
  readonly digits: number;
}

const SIZE = { width: 380, height: 190 };
const TOP = 14;
const BOTTOM = 36;
/** A bar takes this much of its place, its mark a little more. */
const THICKNESS = 0.62;
const MARK = 0.84;
/** A place that is narrower has no label of its own. */
const LEAST_LABELLED = 21;

export function periodBarsSvg({ id, title, description, periods, scale, digits }: PeriodBars): Html {
  const { width, height } = SIZE;
  const ticks = ticksOf(scale, digits);
  const left = roomFor(ticks);
  const step = (width - left) / Math.max(periods.length, 1);
  const yOf = (amount: Minor): number => TOP + (1 - shareOf(amount, scale)) * (height - TOP - BOTTOM);
  const bars = periods.flatMap(({ bar, mark, isExpected }, index): Shape[] => {
    const middle = left + (index + 0.5) * step;
    const [near, far] = [middle - (step * THICKNESS) / 2, middle + (step * THICKNESS) / 2];
    const corners = [
      [near, yOf(0n)],
      [near, yOf(bar)],
      [far, yOf(bar)],
      [far, yOf(0n)],
    ] as const;
    const reach = (step * MARK) / 2;
    return [
      ...(bar === 0n
        ? []
        : isExpected
          ? [areaShape(corners, colorOf('up'), 0.25), areaShape(corners, HATCHED)]
          : [areaShape(corners, colorOf('up'))]),
      lineShape(middle - reach, yOf(mark), middle + reach, yOf(mark), 'text', 2),
    ];
  });
  const shapes = [
    ...gridShapes(ticks, yOf, left, width),
    ...bars,
    ...labelShapes(periods, left, step, height),
  ];
  return pictureSvg({ id, title, description, size: SIZE, classes: 'panel' }, shapes);
}

function labelShapes(
  periods: readonly PeriodBar[],
  left: number,
  step: number,
  height: number,
): readonly Shape[] {
  const hasRoom = step >= LEAST_LABELLED;
  return periods.flatMap(({ year, label }, index): Shape[] => {
    const isFirst = index === 0 || periods[index - 1]?.year !== year;
    const own = hasRoom
      ? [textShape(label, left + (index + 0.5) * step, height - BOTTOM + 12, { align: 'center' })]
      : [];
    if (!isFirst) return own;
    const count = periods.filter((period) => period.year === year).length;
    const y = hasRoom ? height - 8 : height - BOTTOM + 12;
    // A year that ends or begins here may be narrower than its name.
    if (count * step < LEAST_YEAR) return own;
    return [
      ...own,
      textShape(year, left + (index + count / 2) * step, y, { align: 'center', color: 'text' }),
    ];
  });
}

const LEAST_YEAR = 30;

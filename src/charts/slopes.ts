/** Lines from what was to what would be, one for each name, with labels that never run into each other. */
import type { Minor } from '../money.js';
import type { Html } from '../pages/html.js';
import { type Scale, shareOf } from './axis.js';
import { type Color, dotShape, lineShape, pictureSvg, type Shape, textShape } from './drawing.js';

export interface Slope {
  /** A name from data: shortened where it is too long. */
  readonly name: string;
  readonly from: Minor;
  readonly to: Minor;
  /** Amounts as they are read: what was, and by how much it changes. */
  readonly fromText: string;
  readonly changeText: string;
}

export interface Slopes {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** What the two ends are. */
  readonly ends: readonly [string, string];
  readonly slopes: readonly Slope[];
  /** Names that are not labelled: their lines are thin. */
  readonly others: readonly Pick<Slope, 'from' | 'to'>[];
}

const TOP = 30;
const ROW = 17;
/** How long a line is. */
const LINE = 130;
/** From a line's end to its label. */
const LEAD = 16;
/** A name has at most this many letters; between it and its amount is room for some. */
const LONGEST_NAME = 20;
const LETTERS_BETWEEN = 2;
const LEAST_HEIGHT = 120;
const LEAST_WIDTH = 380;
/** The average width of a letter. */
const LETTER = 7;

export function slopesSvg({ id, title, description, ends, slopes, others }: Slopes): Html {
  const inside = Math.max(slopes.length * ROW, LEAST_HEIGHT);
  const names = slopes.map(({ name }) => shortened(name));
  const mostOf = (texts: readonly string[]): number =>
    texts.reduce((most, text) => Math.max(most, text.length), 0) * LETTER;
  const amounts = mostOf(slopes.map(({ fromText }) => fromText));
  const left = Math.ceil(mostOf(names) + LETTERS_BETWEEN * LETTER + amounts + LEAD);
  const right = left + LINE;
  const width = Math.ceil(right + LEAD + mostOf([ends[1], ...slopes.map(({ changeText }) => changeText)]));
  const size = { width: Math.max(width, LEAST_WIDTH), height: TOP + inside + 6 };
  const scale = between([...slopes, ...others]);
  const yOf = (amount: Minor): number => TOP + ROW / 2 + (1 - shareOf(amount, scale)) * (inside - ROW);
  const bounds = { first: TOP + ROW / 2, last: TOP + inside - ROW / 2 };
  const lefts = apart(
    slopes.map(({ from }) => yOf(from)),
    bounds,
  );
  const rights = apart(
    slopes.map(({ to }) => yOf(to)),
    bounds,
  );
  const shapes = [
    textShape(ends[0], left, 10, { align: 'right', color: 'text' }),
    textShape(ends[1], right, 10, { align: 'left', color: 'text' }),
    lineShape(left, TOP - 8, left, TOP + inside, 'edge'),
    lineShape(right, TOP - 8, right, TOP + inside, 'edge'),
    ...others.map(({ from, to }) => lineShape(left, yOf(from), right, yOf(to), 'hairline')),
    ...slopes.flatMap((slope, index): Shape[] => {
      const { from, to, fromText, changeText } = slope;
      const color: Color = to > from ? 'up' : to < from ? 'down' : 'quiet';
      const [leftLabel, rightLabel] = [lefts[index] as number, rights[index] as number];
      return [
        lineShape(left, yOf(from), right, yOf(to), color, 1.5),
        dotShape(left, yOf(from), color),
        dotShape(right, yOf(to), color),
        lineShape(left - LEAD + 2, leftLabel, left - 4, yOf(from), 'hairline'),
        lineShape(right + 4, yOf(to), right + LEAD - 2, rightLabel, 'hairline'),
        textShape(names[index] as string, 0, leftLabel, { align: 'left', color: 'text' }),
        textShape(fromText, left - LEAD, leftLabel, { align: 'right' }),
        textShape(changeText, right + LEAD, rightLabel, {
          align: 'left',
          color: to === from ? 'quiet' : color,
        }),
      ];
    }),
  ];
  return pictureSvg({ id, title, description, size, classes: 'slopes' }, shapes);
}

/** From the least amount to the largest: places are compared here, not lengths, so 0 need not be there. */
function between(lines: readonly Pick<Slope, 'from' | 'to'>[]): Scale {
  const amounts = lines.flatMap(({ from, to }) => [from, to]);
  const [first = 0n] = amounts;
  return amounts.reduce<Scale>(
    ({ least, most }, amount) => ({
      least: amount < least ? amount : least,
      most: amount > most ? amount : most,
    }),
    { least: first, most: first },
  );
}

/** Places for labels as near to where they belong as they can be, {@link ROW} apart and in bounds. */
export function apart(
  wanted: readonly number[],
  { first, last }: { readonly first: number; readonly last: number },
): readonly number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] as number) - (wanted[b] as number));
  // Labels that would run into each other are one block around the middle of where they belong.
  const blocks: { members: number[]; sum: number }[] = [];
  const startOf = ({ members, sum }: { members: number[]; sum: number }): number => {
    const height = (members.length - 1) * ROW;
    return Math.min(Math.max(sum / members.length - height / 2, first), last - height);
  };
  for (const index of order) {
    let block = { members: [index], sum: wanted[index] as number };
    for (let before = blocks.at(-1); before !== undefined; before = blocks.at(-1)) {
      if (startOf(before) + before.members.length * ROW <= startOf(block)) break;
      blocks.pop();
      block = { members: [...before.members, ...block.members], sum: before.sum + block.sum };
    }
    blocks.push(block);
  }
  const places = new Array<number>(wanted.length).fill(first);
  for (const block of blocks) {
    const start = startOf(block);
    for (const [at, index] of block.members.entries()) places[index] = start + at * ROW;
  }
  return places;
}

function shortened(name: string): string {
  const letters = [...name];
  return letters.length <= LONGEST_NAME ? name : `${letters.slice(0, LONGEST_NAME - 1).join('')}…`;
}

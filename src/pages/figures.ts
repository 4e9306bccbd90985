/** Numbers and dates as pages write them: two decimals always, a true minus, a dash for zero in tables. */
import { addDays, type Day, findDay, inShortWords, inWords, isoOf } from '../day.js';
import type { Result } from '../engine/result.js';
import {
  decimalsOf,
  formatMinor,
  formatPercent,
  formatUnits,
  groupThousands,
  type Minor,
  round,
  type Units,
} from '../money.js';
import type { Ratio } from '../ratio.js';
import { type Html, html } from './html.js';

/** How a page's amounts are written. */
export interface Figures {
  /** The decimals of the currency. */
  readonly digits: number;
  /** The scale of ledger amounts. */
  readonly scale: number;
}

/** How the amounts of a result are written. */
export function figuresOf({ currency, scale }: Pick<Result, 'currency' | 'scale'>): Figures {
  return { digits: currency.digits, scale };
}

/** An amount in a sentence, a headline or a total: `1,234.56`, `−250.00`, `0.00`. */
export function amountText(amount: Minor, { digits }: Pick<Figures, 'digits'>): string {
  return withMinus(groupThousands(formatMinor(amount, digits)));
}

/** The same for a ledger amount, with more decimals where it has some. */
export function unitsText(amount: Units, { scale, digits }: Figures): string {
  return withMinus(groupThousands(formatUnits(amount, scale, digits)));
}

/** How a column of ledger amounts is written: all with the decimals of the one that has most. */
export function alignedWith<T>(rows: readonly T[], of: (row: T) => Units, figures: Figures): Figures {
  const digits = rows.reduce(
    (most, row) => Math.max(most, decimalsOf(formatUnits(of(row), figures.scale, figures.digits))),
    figures.digits,
  );
  return { ...figures, digits };
}

/** With its sign, above 0 too, for a column that mixes directions. */
export function signedText(amount: Minor, figures: Pick<Figures, 'digits'>): string {
  return amount > 0n ? `+${amountText(amount, figures)}` : amountText(amount, figures);
}

/** What a cell of a table holds: the amount, or for zero a dash that is read out as zero. */
export function figureOf(amount: Minor, figures: Pick<Figures, 'digits'>): Html {
  return cellOf(amount, amountText(amount, figures));
}

/** The same with its sign, for a step of a sum. */
export function signedFigureOf(amount: Minor, figures: Pick<Figures, 'digits'>): Html {
  return amount === 0n ? figureOf(amount, figures) : html`${signedText(amount, figures)}`;
}

/** The same for a ledger amount. */
export function unitsFigureOf(amount: Units, figures: Figures): Html {
  return cellOf(amount, unitsText(amount, figures));
}

function cellOf(amount: bigint, text: string): Html {
  return amount === 0n
    ? html`<span aria-hidden="true">–</span><span class="unseen">${text}</span>`
    : html`${text}`;
}

/** A share in percent, always with two decimals: `43.33%`. */
export function shareText({ n, d }: Ratio): string {
  return `${withMinus(groupThousands(formatMinor(round(n * 10_000n, d, 'half-up'), 2)))}%`;
}

/** Attainment, `0.8512` in a row, as `85.12%`; nothing where there is none. */
export function attainmentText(fraction: string | undefined): string {
  return fraction === undefined ? '' : shareText({ n: BigInt(fraction.replace('.', '')), d: 10_000n });
}

/** A rate as a plan writes it: `5%`, `7.5%`. */
export function rateText(rate: Ratio): string {
  return withMinus(formatPercent(rate, 6));
}

/** A day as a rep reads it: `20 Jun 2025`. */
export function dayText(iso: string): string {
  return inShortWords(findDay(iso) as Day);
}

/** A day with its month written out: `20 June 2025`. */
export function longDayText(iso: string): string {
  return inWords(findDay(iso) as Day);
}

/** The days from one to another in words: `July to September 2025`, `29 Sep 2024 to 28 Dec 2024`. */
export function stretchText(from: string, to: string): string {
  const [first, last] = [findDay(from) as Day, findDay(to) as Day];
  const isWhole = from.endsWith('-01') && isoOf(addDays(last, 1)).endsWith('-01');
  if (!isWhole) return `${dayText(from)} to ${dayText(to)}`;
  const [[month, year], [lastMonth, lastYear]] = [first, last].map((day) =>
    inWords(day).split(' ').slice(1),
  ) as [string[], string[]];
  if (year !== lastYear) return `${month} ${year} to ${lastMonth} ${lastYear}`;
  return month === lastMonth ? `${month} ${year}` : `${month} to ${lastMonth} ${year}`;
}

/** A minus as it is typeset, U+2212: most screen readers say it. */
export function withMinus(text: string): string {
  return text.startsWith('-') ? `\u2212${text.slice(1)}` : text;
}

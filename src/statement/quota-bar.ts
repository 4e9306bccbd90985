/** How much of the quota is reached, as a picture: a bar from 0%, with a mark at each share from which a rate applies. */
import { shareText } from '../pages/figures.js';
import { type Html, html } from '../pages/html.js';
import type { Plan } from '../plans/plan.js';
import { compare, ONE, type Ratio } from '../ratio.js';

/** The picture in units of its own, about as wide as it is shown, so that its texts keep their size. */
const PICTURE = { width: 360, height: 36, bar: 14 };

/** Marks closer than this to the one before have no text: it would run into the other. */
const APART = 44;

/**
 * The bar.
 *
 * @param reached - attainment as a share of the quota; below 0 is drawn as 0
 */
export function quotaBar(reached: Ratio, plans: readonly Plan[]): Html {
  const marks = marksOf(plans);
  const most = [reached, ...marks].reduce((a, b) => (compare(a, b) < 0 ? b : a));
  const placeOf = ({ n, d }: Ratio): number => {
    const place = Number((n * most.d * 10n * BigInt(PICTURE.width)) / (d * most.n)) / 10;
    return Math.max(0, place);
  };
  let last = 0;
  const ticks = marks.map((mark) => {
    const place = placeOf(mark);
    const line = html`<line class="mark" x1="${`${place}`}" x2="${`${place}`}" y1="0" y2="${`${PICTURE.bar + 4}`}"/>`;
    if (place - last < APART) return line;
    last = place;
    // The text ends where the picture does.
    const isAtEnd = place > PICTURE.width - APART / 2;
    const anchor = isAtEnd ? 'end' : 'middle';
    return html`${line}<text x="${`${place}`}" y="${`${PICTURE.height - 4}`}" text-anchor="${anchor}">${percentOf(mark)}</text>`;
  });
  return html`<svg class="quota-bar" role="img" aria-label="${shareText(reached)} of quota" viewBox="-1 0 ${`${PICTURE.width + 2}`} ${`${PICTURE.height}`}"><rect class="track" width="${`${PICTURE.width}`}" height="${`${PICTURE.bar}`}"/><rect class="reached" width="${`${placeOf(reached)}`}" height="${`${PICTURE.bar}`}"/>${ticks}</svg>`;
}

/** The whole quota, and the shares of it at which a rate begins; in order. */
function marksOf(plans: readonly Plan[]): Ratio[] {
  const starts = plans.flatMap(({ rate }) =>
    rate.kind === 'flat' || rate.thresholds === 'amount' ? [] : rate.bands.map(({ from }) => from),
  );
  return [ONE, ...starts]
    .filter(({ n }) => n > 0n)
    .sort(compare)
    .filter((mark, at, all) => at === 0 || compare(all[at - 1] as Ratio, mark) !== 0);
}

/** A whole percentage without decimals: a mark is a landmark. */
function percentOf(share: Ratio): string {
  return shareText(share).replace(/\.00%$/, '%');
}

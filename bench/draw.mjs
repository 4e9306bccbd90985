// Draws sales and their cash from a seeded stream of whole numbers; amounts are whole cents.

/** The last possible day of an event, counted from the first; due dates can be up to 31 days later. */
export const LAST_DAY = 3 * 365; // of the third year, one of the three being a leap year

/** Limits of amounts in cents, 5.00 to 50,000.00: small ones are drawn as often as large ones. */
const MAGNITUDES = [500, 5_000, 50_000, 500_000, 5_000_000];

/** Tommy Ettinger's mulberry32 (public domain), as whole numbers between two bounds, both included. */
export function generator(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const between = (low, high) => low + (next() % (high - low + 1));
  return { between, chance: (percent) => between(1, 100) <= percent };
}

/** A sale: when it is booked, invoiced and due; its amount, and its total with tax. */
export function drawSale(random, ties) {
  const booked = random.between(0, LAST_DAY);
  const invoiced = Math.min(LAST_DAY, booked + random.between(0, 14));
  const magnitude = random.between(1, MAGNITUDES.length - 1);
  const drawn = random.between(MAGNITUDES[magnitude - 1], MAGNITUDES[magnitude] - 400);
  const amount = ties ? toTie(drawn, random) : drawn;
  const tax = Math.floor((amount * (ties ? 20 : random.between(0, 20))) / 100);
  return { booked, invoiced, due: invoiced + 30, amount, total: amount + tax };
}

/**
 * Mostly 400n + 200 cents, of which 8.25% is 33n + 16.5; else 20n + 10, of which 5% is a tie. With a fifth
 * on top both halve into whole cents, and the former into quarters.
 */
function toTie(cents, random) {
  return random.chance(80) ? cents - (cents % 400) + 200 : cents - (cents % 20) + 10;
}

/** What is paid on a sale, credited or written off, and when; days can be after the last. */
export function drawCash(random, sale, ties) {
  const { due, total } = sale;
  const fate = random.between(1, 1000);
  if (fate <= 23) return drawLoss(random, sale);
  if (fate <= 65) return { payments: [{ day: due + random.between(91, 200), cents: total }] };
  const creditMemo = fate <= 85 ? drawCredit(random, sale) : undefined;
  const payments = drawPayments(random, total - (creditMemo?.cents ?? 0), due, ties);
  return { payments, creditMemo };
}

/** Nothing or half is paid; the rest is written off. */
function drawLoss(random, { due, total }) {
  const paid = random.chance(25) ? Math.floor(total / 2) : 0;
  const payments = paid > 0 ? [{ day: due + random.between(0, 30), cents: paid }] : [];
  return { payments, writeOff: { day: due + random.between(60, 200), cents: total - paid } };
}

/** A tenth to a half of the sale, before it is due. */
function drawCredit(random, { due, total }) {
  return { day: due - random.between(1, 25), cents: Math.ceil((total * random.between(10, 50)) / 100) };
}

/** One to three part payments, 1.6 on average; with ties halves, or a quarter, a quarter and a half. */
function drawPayments(random, total, due, ties) {
  const payments = [];
  let day = due + random.between(-20, 30);
  let open = total;
  const parts = drawParts(random);
  for (let left = parts; left > 0; left -= 1) {
    const cents = left === 1 ? open : drawPart(random, open, ties && (left < parts ? 3 : 2 * (parts - 1)));
    payments.push({ day, cents });
    open -= cents;
    day += random.between(5, 25);
  }
  if (random.between(1, 1000) <= 8) {
    payments.push({ day: day + 30, cents: -Math.ceil(payments[0].cents / random.between(1, 4)) }); // a refund
  }
  return payments;
}

/** What is open divided by a number, where there is one; else a fifth to seven tenths of it. */
function drawPart(random, open, divisor) {
  return Math.floor(divisor ? open / divisor : (open * random.between(20, 70)) / 100);
}

function drawParts(random) {
  const draw = random.between(1, 100);
  return draw <= 52 ? 1 : draw <= 86 ? 2 : 3;
}

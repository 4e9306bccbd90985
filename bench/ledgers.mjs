// Makes large workspaces to measure with: seeded ledgers, streamed to disk in little memory, and a comp.yaml.
//
//   node bench/ledgers.mjs --invoices 1000000 --dir .bench/1000000
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

/** Plans to measure, by name; a plan's comp.yaml is the same for ledgers of every size. */
export const PLANS = {
  'flat-level-3': {
    level: 3,
    rate: '10%',
  },
  'tiered-level-1': {
    level: 1,
    rate: { attainment: 'year-to-date', tiers: 'marginal', table: bands('5%', '8%') },
    clawback: { pastDueDays: 90 },
  },
  'retroactive-level-2': {
    level: 2,
    hold: '50%',
    rate: { attainment: 'quarter', tiers: 'retroactive', table: bands('5%', '8%') },
  },
};

/** Written last, beside the ledgers: what they were made from, and the rows of each. */
export const SUMMARY = 'ledgers.json';

const FIRST_YEAR = 2023;
const LAST_DAY = 3 * 365; // the last day of the third year, one of the three being a leap year
const DAYS = daysFrom(FIRST_YEAR, LAST_DAY + 31); // due dates may lie in the year after
const QUARTERS = Array.from({ length: 12 }, (_, n) => `${FIRST_YEAR + Math.floor(n / 4)}-Q${(n % 4) + 1}`);

/** Cents up to which an amount is drawn: as many small ones as large ones, 5.00 to 50,000.00. */
const MAGNITUDES = [500, 5_000, 50_000, 500_000, 5_000_000];

/**
 * Writes a workspace into `dir`: invoices, payments, write-offs, quotas and comp.yaml.
 *
 * - Invoices are in order of their ids, their dates are not: sorting is part of what is measured.
 * - Payments and write-offs after 2025-12-31 are left out, as in an export made on that day.
 * - With `ties`, amounts are odd multiples of 5 or 10 cents, tax is 20% and part payments are equal, so that
 *   rates of 5% and 10% and releases by halves fall on exactly half a cent again and again.
 *
 * Amounts are whole cents in JavaScript numbers, far below 2^53; the same arguments give the same bytes.
 *
 * @returns {Promise<Record<string, number>>} the rows of each ledger, without headers
 */
export async function writeLedgers({ invoices, seed = 1, dir, ties = false, plan = 'tiered-level-1' }) {
  await mkdir(dir, { recursive: true });
  await rm(join(dir, SUMMARY), { force: true });
  await writePlan(dir, plan);
  const random = generator(seed);
  const reps = Math.max(5, Math.round(invoices / 500));
  const rows = {
    quotas: await writeQuotas(dir, reps, random),
    ...(await writeSales(dir, { invoices, reps, ties, random })),
  };
  await writeFile(join(dir, SUMMARY), `${JSON.stringify({ invoices, seed, ties, rows })}\n`);
  return rows;
}

/** Writes the comp.yaml for a plan of {@link PLANS} beside ledgers that are there already. */
export async function writePlan(dir, plan) {
  if (!Object.hasOwn(PLANS, plan)) {
    throw new Error(`no plan "${plan}": there are ${Object.keys(PLANS).join(', ')}`);
  }
  const config = {
    currency: 'USD',
    ledgers: {
      invoices: 'invoices.csv',
      payments: 'payments.csv',
      writeOffs: 'write_offs.csv',
      quotas: 'quotas.csv',
    },
    plans: [{ id: plan, ...PLANS[plan] }],
  };
  await writeFile(join(dir, 'comp.yaml'), `${JSON.stringify(config, null, 2)}\n`); // JSON is YAML
}

function bands(below, above) {
  return [
    { from: '0%', rate: below },
    { from: '100%', rate: above },
  ];
}

async function writeQuotas(dir, reps, random) {
  const out = openCsv(join(dir, 'quotas.csv'), 'rep_id,quarter,quota');
  for (let rep = 1; rep <= reps; rep += 1) {
    for (const quarter of QUARTERS) {
      // About what a rep sells in a quarter, so that about half of them pass it.
      await out.row(`${repId(rep)},${quarter},${random.between(180, 450)}000.00`);
    }
  }
  return out.end();
}

async function writeSales(dir, { invoices, reps, ties, random }) {
  const customers = Math.max(10, Math.round(invoices / 20));
  const sales = openCsv(
    join(dir, 'invoices.csv'),
    'invoice_id,customer_id,rep_id,booking_date,invoice_date,due_date,amount,total',
  );
  const cash = openCsv(join(dir, 'payments.csv'), 'payment_id,invoice_id,payment_date,amount');
  const losses = openCsv(join(dir, 'write_offs.csv'), 'write_off_id,invoice_id,write_off_date,amount,reason');
  let paymentNumber = 0;
  const pay = (invoice, { day, cents }) => {
    paymentNumber += 1;
    return cash.row(`PAY-${pad(paymentNumber, 8)},${invoice},${DAYS[day]},${money(cents)}`);
  };

  for (let number = 1; number <= invoices; number += 1) {
    const id = `INV-${pad(number, 8)}`;
    const sale = drawSale(random, ties);
    const customer = `CUST-${pad(random.between(1, customers), 6)}`;
    const rep = repId(random.between(1, reps));
    const dates = `${DAYS[sale.booked]},${DAYS[sale.invoiced]},${DAYS[sale.due]}`;
    await sales.row(`${id},${customer},${rep},${dates},${money(sale.amount)},${money(sale.total)}`);

    const { payments, writeOff } = drawCash(random, sale, ties);
    for (const payment of payments) {
      if (payment.day <= LAST_DAY) await pay(id, payment);
    }
    if (writeOff && writeOff.day <= LAST_DAY) {
      await losses.row(`WO-${pad(number, 8)},${id},${DAYS[writeOff.day]},${money(writeOff.cents)},bad debt`);
    }
  }
  return { invoices: await sales.end(), payments: await cash.end(), writeOffs: await losses.end() };
}

function drawSale(random, ties) {
  const booked = random.between(0, LAST_DAY);
  const invoiced = Math.min(LAST_DAY, booked + random.between(0, 14));
  const magnitude = random.between(1, MAGNITUDES.length - 1);
  const drawn = random.between(MAGNITUDES[magnitude - 1], MAGNITUDES[magnitude] - 20);
  const amount = ties ? toTie(drawn, random) : drawn;
  const tax = Math.floor((amount * (ties ? 20 : random.between(0, 20))) / 100);
  return { booked, invoiced, due: invoiced + 30, amount, total: amount + tax };
}

/** 10n + 5 cents, of which 10% is a tie, or 20n + 10, of which 5% is; with a fifth on top both are even. */
function toTie(cents, random) {
  return random.chance(50) ? cents - (cents % 10) + 5 : cents - (cents % 20) + 10;
}

/** What is paid on a sale or written off, and when; days beyond the last are for the caller to leave out. */
function drawCash(random, sale, ties) {
  const { due, total } = sale;
  const fate = random.between(1, 1000);
  if (fate <= 25) return drawLoss(random, sale);
  if (fate <= 65) return { payments: [{ day: due + random.between(91, 200), cents: total }] };
  const parts = drawParts(random);
  const payments = [];
  let day = due + random.between(-20, 30);
  let open = total;
  for (let left = parts; left > 0; left -= 1) {
    const cents = left === 1 ? open : Math.floor(ties ? open / left : (open * random.between(20, 70)) / 100);
    payments.push({ day, cents });
    open -= cents;
    day += random.between(5, 25);
  }
  if (random.between(1, 1000) <= 8) {
    payments.push({ day: day + 30, cents: -Math.ceil(payments[0].cents / random.between(1, 4)) }); // a refund
  }
  return { payments };
}

/** Nothing is paid, or half and then no more; what is open is written off. */
function drawLoss(random, { due, total }) {
  const paid = random.chance(25) ? Math.floor(total / 2) : 0;
  const payments = paid > 0 ? [{ day: due + random.between(0, 30), cents: paid }] : [];
  return { payments, writeOff: { day: due + random.between(60, 200), cents: total - paid } };
}

/** One to three part payments, 1.6 on average. */
function drawParts(random) {
  const draw = random.between(1, 100);
  return draw <= 52 ? 1 : draw <= 86 ? 2 : 3;
}

function repId(number) {
  return `REP-${pad(number, 5)}`;
}

function pad(number, width) {
  return String(number).padStart(width, '0');
}

/** Whole cents as an amount with two decimals. */
function money(cents) {
  const digits = pad(Math.abs(cents), 3);
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The dates of that many days from 1 January on, as text. */
function daysFrom(year, count) {
  const first = Date.UTC(year, 0, 1);
  return Array.from({ length: count }, (_, day) =>
    new Date(first + day * 86_400_000).toISOString().slice(0, 10),
  );
}

/** Rows are gathered into chunks, and a row waits while the disk is behind. */
function openCsv(path, header) {
  const stream = createWriteStream(path);
  let chunk = `${header}\n`;
  let rows = 0;
  return {
    async row(line) {
      chunk += `${line}\n`;
      rows += 1;
      if (chunk.length < 65_536) return;
      const room = stream.write(chunk);
      chunk = '';
      if (!room) await once(stream, 'drain');
    },
    async end() {
      stream.end(chunk);
      await once(stream, 'finish');
      return rows;
    },
  };
}

/** Tommy Ettinger's mulberry32 (public domain), as whole numbers between two bounds, both included. */
function generator(seed) {
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

const USAGE = `Usage: node bench/ledgers.mjs --invoices N --dir DIR [options]

Writes a workspace of N invoices, about 1.5 payments for each, write-offs, quotas and a comp.yaml.

  --invoices N   how many invoices
  --dir DIR      where to write
  --seed N       another seed makes other ledgers (default 1)
  --ties         amounts whose commissions end in exactly half a cent
  --plan NAME    ${Object.keys(PLANS).join(', ')}
                 (default tiered-level-1)
`;

async function main() {
  const { values } = parseArgs({
    options: {
      invoices: { type: 'string' },
      dir: { type: 'string' },
      seed: { type: 'string', default: '1' },
      ties: { type: 'boolean', default: false },
      plan: { type: 'string', default: 'tiered-level-1' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const invoices = Number(values.invoices);
  const seed = Number(values.seed);
  if (!Number.isInteger(invoices) || invoices < 1) throw new Error('--invoices needs a whole number above 0');
  if (!Number.isInteger(seed)) throw new Error('--seed needs a whole number');
  if (values.dir === undefined) throw new Error('--dir needs a folder');
  const { dir, ties, plan } = values;
  console.log(JSON.stringify(await writeLedgers({ invoices, seed, dir, ties, plan })));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main().catch((error) => {
    console.error(`${error.message}\n\n${USAGE}`);
    process.exitCode = 2;
  });
}

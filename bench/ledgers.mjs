// Generates large workspaces to measure with: seeded ledgers, streamed to disk in little memory, and their plans.
//
//   node bench/ledgers.mjs --invoices 1000000 --dir .bench/1000000
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { drawCash, drawSale, generator, LAST_DAY } from './draw.mjs';
import { writePlans } from './plans.mjs';

/** Written last, beside the ledgers: their seed and options, and the rows of each. */
export const SUMMARY = 'ledgers.json';

/** Raise it if the same seed gives different ledgers than before, so that those on disk are generated again. */
export const EDITION = 3;

const FIRST_YEAR = 2023;
const DAYS = daysFrom(FIRST_YEAR, LAST_DAY + 31);
const QUARTERS = Array.from({ length: 12 }, (_, n) => `${FIRST_YEAR + Math.floor(n / 4)}-Q${(n % 4) + 1}`);

const HEADERS = {
  invoices: 'invoice_id,customer_id,rep_id,booking_date,invoice_date,due_date,amount,total',
  payments: 'payment_id,invoice_id,payment_date,amount',
  writeOffs: 'write_off_id,invoice_id,write_off_date,amount,reason',
  creditMemos: 'credit_memo_id,invoice_id,credit_date,amount',
  splits: 'invoice_id,rep_id,share',
  quotas: 'rep_id,quarter,quota',
  teams: 'rep_id,manager_id,from',
  items: 'invoice_id,item_id,category,amount',
};

const FILES = {
  invoices: 'invoices.csv',
  payments: 'payments.csv',
  writeOffs: 'write_offs.csv',
  creditMemos: 'credit_memos.csv',
  splits: 'splits.csv',
  quotas: 'quotas.csv',
  teams: 'teams.csv',
  items: 'items.csv',
};

/**
 * Writes a workspace into `dir`: the ledgers, and a configuration for every plan.
 *
 * - For a million invoices: 1.5 million payments, 20,000 write-offs and as many credit memos, 200,000 splits, two million
 *   items. Above every rep there are three managers.
 *   The simple form of the job reads the first three ledgers only; for it, credited sales stay partly open.
 * - Invoices are in order of their ids, their dates are not: sorting is part of what is measured.
 * - Events after 2025-12-31 are left out, as in an export made on that day.
 * - With `ties`, amounts, tax and part payments are such that commissions at 8.25% and at 5%, and releases by
 *   halves and quarters, often fall on exactly half a cent.
 *
 * Amounts are whole cents in JavaScript numbers, far below 2^53; the same arguments give the same bytes.
 *
 * @returns {Promise<Record<string, number>>} the rows of each ledger, without headers
 */
export async function writeLedgers({ invoices, seed = 1, dir, ties = false }) {
  await mkdir(dir, { recursive: true });
  await rm(join(dir, SUMMARY), { force: true });
  await writePlans(dir);
  const random = generator(seed);
  const out = Object.fromEntries(
    Object.keys(FILES).map((ledger) => [ledger, openCsv(join(dir, FILES[ledger]), HEADERS[ledger])]),
  );
  const reps = Math.max(5, Math.round(invoices / 500));
  await writeQuotas(out, reps, random);
  await writeTeams(out, reps);
  await writeSales(out, { invoices, reps, ties, random });
  const rows = {};
  for (const ledger of Object.keys(FILES)) rows[ledger] = await out[ledger].end();
  await writeFile(
    join(dir, SUMMARY),
    `${JSON.stringify({ edition: EDITION, invoices, seed, ties, rows })}\n`,
  );
  return rows;
}

async function writeQuotas({ quotas }, reps, random) {
  for (let rep = 1; rep <= reps; rep += 1) {
    for (const quarter of QUARTERS) {
      // About a rep's sales in a quarter, so that about half of the reps reach it.
      await quotas.row(`${repId(rep)},${quarter},${random.between(180, 450)}000.00`);
    }
  }
}

/** Ten reps report to a manager, ten managers to a director, ten directors to a vice president. */
async function writeTeams({ teams }, reps) {
  let below = Array.from({ length: reps }, (_, at) => repId(at + 1));
  for (const rank of ['MGR', 'DIR', 'VP']) {
    const above = below.flatMap((_, at) => (at % 10 === 0 ? [`${rank}-${pad(1 + at / 10, 5)}`] : []));
    for (const [at, id] of below.entries()) await teams.row(`${id},${above[Math.floor(at / 10)]},${DAYS[0]}`);
    below = above;
  }
}

async function writeSales(out, { invoices, reps, ties, random }) {
  const customers = Math.max(10, Math.round(invoices / 20));
  let paymentNumber = 0;
  for (let number = 1; number <= invoices; number += 1) {
    const id = `INV-${pad(number, 8)}`;
    const sale = drawSale(random, ties);
    const customer = `CUST-${pad(random.between(1, customers), 6)}`;
    const rep = random.between(1, reps);
    const dates = `${DAYS[sale.booked]},${DAYS[sale.invoiced]},${DAYS[sale.due]}`;
    await out.invoices.row(
      `${id},${customer},${repId(rep)},${dates},${money(sale.amount)},${money(sale.total)}`,
    );
    const services = Math.floor(sale.amount * 0.4);
    await out.items.row(`${id},1,licences,${money(sale.amount - services)}`);
    await out.items.row(`${id},2,services,${money(services)}`);
    if (random.chance(10)) {
      const second = 1 + ((rep - 1 + random.between(1, reps - 1)) % reps);
      await out.splits.row(`${id},${repId(rep)},60%`);
      await out.splits.row(`${id},${repId(second)},40%`);
    }

    const { payments, writeOff, creditMemo } = drawCash(random, sale, ties);
    for (const { day, cents } of payments) {
      if (day > LAST_DAY) continue;
      paymentNumber += 1;
      await out.payments.row(`PAY-${pad(paymentNumber, 8)},${id},${DAYS[day]},${money(cents)}`);
    }
    if (writeOff && writeOff.day <= LAST_DAY) {
      const { day, cents } = writeOff;
      await out.writeOffs.row(`WO-${pad(number, 8)},${id},${DAYS[day]},${money(cents)},bad debt`);
    }
    if (creditMemo && creditMemo.day <= LAST_DAY) {
      const { day, cents } = creditMemo;
      await out.creditMemos.row(`CM-${pad(number, 8)},${id},${DAYS[day]},${money(cents)}`);
    }
  }
}

function repId(number) {
  return `REP-${pad(number, 5)}`;
}

function pad(number, width) {
  return String(number).padStart(width, '0');
}

/** Cents as an amount with two decimals. */
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

/** Collects rows into chunks; a row waits while the disk is behind. */
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

const USAGE = `Usage: node bench/ledgers.mjs --invoices N --dir DIR [options]

Writes a workspace of N invoices, about 1.5 payments for each, write-offs, credit memos, splits, quotas,
and a configuration for every plan that is measured.

  --invoices N   number of invoices
  --dir DIR      folder to write to
  --seed N       the seed of the ledgers (default 1)
  --ties         commissions and releases often fall on exactly half a cent
`;

async function main() {
  const { values } = parseArgs({
    options: {
      invoices: { type: 'string' },
      dir: { type: 'string' },
      seed: { type: 'string', default: '1' },
      ties: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const invoices = Number(values.invoices);
  const seed = Number(values.seed);
  if (!Number.isInteger(invoices) || invoices < 1) throw new Error('--invoices needs a whole number above 0');
  if (!Number.isInteger(seed)) throw new Error('--seed needs a whole number');
  if (values.dir === undefined) throw new Error('--dir needs a folder');
  const { dir, ties } = values;
  console.log(JSON.stringify(await writeLedgers({ invoices, seed, dir, ties })));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main().catch((error) => {
    console.error(`${error.message}\n\n${USAGE}`);
    process.exitCode = 2;
  });
}

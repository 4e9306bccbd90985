// The simple form of the job as a TypeScript developer would write it first: csv-parse, decimal.js, a Map.
//
//   node bench/peers/naive.mjs --dir .bench/10000-seed-1 --out .bench/result --only quarters
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { Decimal } from 'decimal.js';
import { readJob, refuse } from './job.mjs';

Decimal.set({ precision: 40, rounding: Decimal.ROUND_HALF_UP }); // away from zero

const RATE = new Decimal('0.0825');
const ZERO = new Decimal(0);
const NOTHING = { earned: ZERO, released: ZERO, held: ZERO, forfeited: ZERO };

const { dir, out, asOf, withPostings, ordered } = readJob();
const invoices = readInvoices();
addCash(invoices);
const { postings, reps } = post(invoices);
mkdirSync(out, { recursive: true });
writeQuarters(reps);
if (withPostings) writePostings(postings);

function read(file) {
  return parse(readFileSync(join(dir, file)), { columns: true });
}

function readInvoices() {
  const found = new Map();
  for (const row of read('invoices.csv')) {
    if (found.has(row.invoice_id)) refuse([`${row.invoice_id} is there twice in invoices.csv`]);
    const total = new Decimal(row.total);
    if (total.lte(0)) refuse([`${row.invoice_id} has nothing to collect`]);
    if (row.booking_date > asOf) continue;
    found.set(row.invoice_id, {
      id: row.invoice_id,
      customer: row.customer_id,
      rep: row.rep_id,
      booked: row.booking_date,
      earnedOn: row.booking_date > row.invoice_date ? row.booking_date : row.invoice_date,
      total,
      commission: new Decimal(row.amount).times(RATE).toDecimalPlaces(2),
      events: [],
    });
  }
  for (const invoice of found.values()) {
    invoice.events.push({ date: invoice.earnedOn, kind: 0, cause: 'invoiced', id: invoice.id });
  }
  return found;
}

function addCash(invoices) {
  const add = (file, key, row, event) => {
    const id = row[key];
    const invoice = invoices.get(row.invoice_id);
    if (invoice === undefined) refuse([`${id} in ${file} is on no invoice: ${row.invoice_id}`]);
    if (invoice.events.some((other) => other.key === key && other.id === id)) {
      refuse([`${id} ${row.invoice_id} is there twice in ${file}`]);
    }
    invoice.events.push({ ...event, key, id });
  };
  for (const row of read('payments.csv')) {
    const paid = new Decimal(row.amount);
    const [kind, cause] = paid.isNegative() ? [2, 'refunded'] : [1, 'collected'];
    add('payments.csv', 'payment_id', row, { date: row.payment_date, kind, cause, paid });
  }
  for (const row of read('write_offs.csv')) {
    const written = new Decimal(row.amount);
    const cause = written.isNegative() ? 'write-off-reversed' : 'written-off';
    add('write_offs.csv', 'write_off_id', row, { date: row.write_off_date, kind: 3, cause, written });
  }
}

function post(invoices) {
  const postings = [];
  const reps = new Map();
  for (const invoice of invoices.values()) {
    const rep = findOrAdd(reps, invoice.rep, () => ({ first: invoice.booked, quarters: new Map() }));
    if (invoice.booked < rep.first) rep.first = invoice.booked;
    invoice.events.sort(byDateKindAndId);
    let paid = ZERO;
    let written = ZERO;
    let before = NOTHING;
    for (const event of invoice.events) {
      if (event.date > asOf) break;
      if (event.paid) paid = paid.plus(event.paid);
      if (event.written) written = written.plus(event.written);
      if (event.date < invoice.earnedOn) continue;
      const now = targets(invoice, paid, written);
      const change = difference(now, before);
      before = now;
      if (change === undefined) continue;
      const quarter = quarterOf(event.date);
      const sums = findOrAdd(rep.quarters, quarter, () => ({ ...NOTHING }));
      sums.earned = sums.earned.plus(change.earned);
      sums.released = sums.released.plus(change.released);
      sums.held = sums.held.plus(change.held);
      sums.forfeited = sums.forfeited.plus(change.forfeited);
      if (withPostings) postings.push({ invoice, event, quarter, change });
    }
  }
  return { postings, reps };
}

/** What the invoice should have come to with that much paid and written off. */
function targets({ total, commission }, paid, written) {
  const collected = Decimal.min(Decimal.max(paid, 0), total);
  const closed = Decimal.min(collected.plus(Decimal.max(written, 0)), total);
  const released = commission.times(collected).div(total).toDecimalPlaces(2);
  const settled = closed.eq(collected) ? released : commission.times(closed).div(total).toDecimalPlaces(2);
  return {
    earned: commission,
    released,
    held: commission.minus(settled),
    forfeited: settled.minus(released),
  };
}

function difference(now, before) {
  const earned = now.earned.minus(before.earned);
  const released = now.released.minus(before.released);
  const held = now.held.minus(before.held);
  const forfeited = now.forfeited.minus(before.forfeited);
  if (earned.isZero() && released.isZero() && held.isZero() && forfeited.isZero()) return undefined;
  return { earned, released, held, forfeited };
}

function writeQuarters(reps) {
  const rows = [];
  for (const rep of [...reps.keys()].sort()) {
    const { first, quarters } = reps.get(rep);
    let held = ZERO;
    let owed = ZERO;
    for (const quarter of quartersBetween(quarterOf(first), quarterOf(asOf))) {
      const sums = quarters.get(quarter);
      const released = sums?.released ?? ZERO;
      held = held.plus(sums?.held ?? 0);
      const due = released.minus(owed);
      owed = Decimal.max(due.negated(), 0);
      rows.push({
        rep_id: rep,
        quarter,
        earned: money(sums?.earned ?? ZERO),
        released: money(released),
        forfeited: money(sums?.forfeited ?? ZERO),
        held: money(held),
        payable: money(released),
        paid: money(Decimal.max(due, 0)),
      });
    }
  }
  writeFileSync(join(out, 'quarters.csv'), stringify(rows, { header: true }));
}

function writePostings(postings) {
  if (ordered)
    postings.sort((a, b) => byDateKindAndId(a.event, b.event) || compare(a.invoice.id, b.invoice.id));
  const rows = postings.map(({ invoice, event, quarter, change }) => ({
    date: event.date,
    period: quarter,
    rep_id: invoice.rep,
    invoice_id: invoice.id,
    customer_id: invoice.customer,
    plan_id: 'flat-level-3',
    level: 3,
    cause: event.cause,
    source_id: event.id,
    earned: money(change.earned),
    advanced: '0.00',
    released: money(change.released),
    held: money(change.held),
    forfeited: money(change.forfeited),
    clawed_back: '0.00',
  }));
  writeFileSync(join(out, 'postings.csv'), stringify(rows, { header: true }));
}

function byDateKindAndId(a, b) {
  return compare(a.date, b.date) || a.kind - b.kind || compare(a.id, b.id);
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

function findOrAdd(map, key, make) {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function quarterOf(date) {
  return `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
}

function quartersBetween(first, last) {
  const names = [];
  for (let year = Number(first.slice(0, 4)); year <= Number(last.slice(0, 4)); year += 1) {
    for (let quarter = 1; quarter <= 4; quarter += 1) names.push(`${year}-Q${quarter}`);
  }
  return names.filter((name) => name >= first && name <= last);
}

function money(amount) {
  return amount.toFixed(2).replace(/^-(0\.00)$/, '$1');
}

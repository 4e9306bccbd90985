// Measures the incremental book: what one more payment costs beside a calculation of all rows, and the memory of `collect`.
//
//   npm run build && node bench/book.mjs
//   node bench/book.mjs --invoices 10000 --rows 100000
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { drawSale, generator } from './draw.mjs';
import { measure } from './measure.mjs';

const SELF = fileURLToPath(import.meta.url);
const DIST = new URL('../dist/src/', import.meta.url);
const AS_OF = '2025-12-31';
const HEADER = ['payment_id', 'invoice_id', 'payment_date', 'amount'];
const PUTS = 101;
const FULL_RUNS = 5;

const { values: options } = parseArgs({
  options: {
    invoices: { type: 'string', default: '100000' },
    rows: { type: 'string', default: '1000000' },
    reps: { type: 'string', default: '2000,50' },
    tiers: { type: 'string', default: 'marginal' },
    /** What a process of its own does: measure a book, or hold rows in one of three ways. */
    child: { type: 'string' },
    file: { type: 'string', default: '' },
  },
});

if (options.child === 'book') await measureBook(Number(options.invoices), Number(options.reps));
else if (options.child === 'collect') await collectRows(Number(options.rows));
else if (options.child === 'file') await readFile(options.file);
else if (options.child === 'none') await import(new URL('index.js', DIST));
else {
  // In processes of their own: a child's peak memory is never less than its caller's.
  for (const reps of options.reps.split(',')) {
    const args = [
      '--child',
      'book',
      '--reps',
      reps,
      '--invoices',
      options.invoices,
      '--tiers',
      options.tiers,
    ];
    spawnSync(process.execPath, [SELF, ...args], { stdio: 'inherit' });
  }
  measureMemory(options.rows);
}

/** The median of one more payment, and of a calculation of all rows. */
async function measureBook(invoices, reps) {
  const { calculate, openBook } = await import(new URL('index.js', DIST));
  const inputs = inputsFor(invoices, reps);
  const full = median(Array.from({ length: FULL_RUNS }, () => timed(() => calculate(inputs))));
  let book;
  const opening = timed(() => {
    const opened = openBook(inputs);
    if (opened.kind === 'refused') throw new Error(JSON.stringify(opened.faults.slice(0, 3)));
    book = opened.book;
  });
  const put = (number) => {
    const at = (number * 7919) % invoices;
    const row = {
      payment_id: `new ${number}`,
      invoice_id: idOf(at),
      payment_date: '2025-12-01',
      amount: '10.00',
    };
    const outcome = book.put('payments', row);
    if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.faults));
  };
  const puts = Array.from({ length: PUTS }, (_, number) => timed(() => put(number)));
  const part = median(
    Array.from({ length: 5 }, (_, number) => {
      const row = { ...inputs.ledgers.invoices.rows[number * 17], amount: '123.45', total: '123.45' };
      return timed(() => book.put('invoices', row));
    }),
  );
  const fork = timed(() => book.fork());
  const answer = timed(() => book.at().result.quarters.length);
  const share = (time) => `${((100 * time) / full).toFixed(2)}%`;
  console.log(`${invoices.toLocaleString('en-US')} invoices of ${reps} reps, ${options.tiers} rates
  calculate        ${full.toFixed(0)} ms
  openBook         ${opening.toFixed(0)} ms
  put a payment    ${median(puts).toFixed(2)} ms, ${share(median(puts))} (slowest of ${PUTS}: ${Math.max(...puts).toFixed(2)} ms)
  put an invoice   ${part.toFixed(2)} ms, ${share(part)}
  fork             ${fork.toFixed(3)} ms
  pay rows, read   ${answer.toFixed(2)} ms
`);
}

function inputsFor(count, reps) {
  const random = generator(1);
  const [invoices, payments] = [[], []];
  for (let at = 0; at < count; at += 1) {
    const { booked, invoiced, due, amount, total } = drawSale(random, false);
    invoices.push({
      invoice_id: idOf(at),
      customer_id: `C${random.between(1, Math.max(5, Math.round(count / 20)))}`,
      rep_id: `R${random.between(1, reps)}`,
      booking_date: dayOf(booked),
      invoice_date: dayOf(invoiced),
      due_date: dayOf(due),
      amount: money(amount),
      total: money(total),
    });
    for (let part = random.between(0, 3), left = total; part > 0; part -= 1) {
      const paid = part === 1 ? left : Math.floor(left / 2);
      left -= paid;
      payments.push({
        payment_id: `P${payments.length}`,
        invoice_id: idOf(at),
        payment_date: dayOf(Math.min(1095, invoiced + random.between(0, 90))),
        amount: money(paid),
      });
    }
  }
  const quotas = Array.from({ length: reps * 12 }, (_, at) => ({
    rep_id: `R${(at % reps) + 1}`,
    quarter: `${2023 + Math.floor(at / reps / 4)}-Q${(Math.floor(at / reps) % 4) + 1}`,
    quota: '100000.00',
  }));
  const bands = [
    { from: '0%', rate: '5%' },
    { from: '100%', rate: '8%' },
  ];
  const plan = {
    id: 'ae',
    level: 1,
    rate: {
      attainment: options.tiers === 'marginal' ? 'year-to-date' : 'quarter',
      tiers: options.tiers,
      table: bands,
    },
    clawback: { pastDueDays: 90 },
  };
  return {
    terms: { currency: 'USD', plans: [plan] },
    ledgers: { invoices: { rows: invoices }, payments: { rows: payments }, quotas: { rows: quotas } },
    asOf: AS_OF,
  };
}

/** Peak memory of rows from a generator, beside that of the same rows from a file. */
function measureMemory(rows) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-book-'));
  try {
    const file = join(folder, 'payments.csv');
    writePayments(file, Number(rows));
    const peakOf = (child) => {
      const runs = Array.from({ length: 3 }, () =>
        measure([SELF, '--child', child, '--rows', rows, '--file', file]),
      );
      const failed = runs.find((run) => run.failed);
      if (failed !== undefined) throw new Error(failed.message);
      return median(runs.map(({ peakMiB }) => peakMiB));
    };
    const [base, fromFile, fromRows] = ['none', 'file', 'collect'].map(peakOf);
    console.log(`${Number(rows).toLocaleString('en-US')} payments, peak memory of a process of its own
  library alone    ${base.toFixed(0)} MiB
  from a file      ${fromFile.toFixed(0)} MiB
  collect          ${fromRows.toFixed(0)} MiB, ${(fromRows / fromFile).toFixed(2)} times the file's`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function paymentAt(at) {
  return {
    payment_id: `P${String(at).padStart(8, '0')}`,
    invoice_id: idOf(Math.floor(at / 2)),
    payment_date: dayOf((at * 31) % 1000),
    amount: money(500 + ((at * 7919) % 500_000)),
  };
}

function writePayments(path, rows) {
  const file = openSync(path, 'w');
  writeSync(file, `${HEADER.join(',')}\n`);
  for (let from = 0; from < rows; from += 10_000) {
    let text = '';
    for (let at = from; at < Math.min(rows, from + 10_000); at += 1)
      text += `${Object.values(paymentAt(at)).join(',')}\n`;
    writeSync(file, text);
  }
  closeSync(file);
}

async function collectRows(rows) {
  const { collect } = await import(new URL('index.js', DIST));
  async function* payments() {
    for (let at = 0; at < rows; at += 1) yield paymentAt(at);
  }
  const outcome = await collect('payments', payments());
  if (outcome.kind !== 'collected' || outcome.ledger.table?.length !== rows) throw new Error('not collected');
}

async function readFile(path) {
  await import(new URL('index.js', DIST));
  const { readTableFile } = await import(new URL('workspace/table-file.js', DIST));
  const kinds = ['id', 'id', 'date', 'amount'];
  const columns = HEADER.map((name, at) => ({ name, kind: kinds[at], at }));
  const start = HEADER.join(',').length + 1;
  const layOut = () => ({ from: 1, start, format: { delimiter: ',', cells: HEADER.length, columns } });
  if (readTableFile(path, { encoding: undefined, layOut }) === undefined) throw new Error('not read');
}

function timed(run) {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function idOf(at) {
  return `I${String(at).padStart(8, '0')}`;
}

function dayOf(day) {
  return new Date(Date.UTC(2023, 0, 1) + day * 86_400_000).toISOString().slice(0, 10);
}

function money(cents) {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

// The simple form of the job as a DuckDB user would write it: SQL over the CSV files, two threads, exact.
//
//   node bench/peers/duckdb.mjs --dir .bench/10000-seed-1 --out .bench/result --only quarters
//
// Everything is a whole number of cents. DuckDB divides DECIMALs as DOUBLEs, so half a cent can be rounded the
// wrong way; `//` on integers is exact, and if a product does not fit its BIGINT, DuckDB stops with an error.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { readJob, refuse } from './job.mjs';

const { dir, out, asOf, withPostings, ordered } = readJob();
const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();
const run = (sql) => connection.run(sql);
const rows = async (sql) => (await connection.runAndReadAll(sql)).getRowsJson();

await run('SET preserve_insertion_order = false');
await defineArithmetic();
await readLedgers();
await checkLedgers();
await definePostings();
mkdirSync(out, { recursive: true });
if (withPostings) {
  await keepPostings();
  await writePostings();
  await writeQuarters('posted');
} else {
  await writeQuarters('postings');
}

async function defineArithmetic() {
  // Half a cent goes away from zero; d is above 0.
  await run(`CREATE MACRO rounded(n, d) AS
    CASE WHEN n < 0 THEN -((d - 2 * n) // (2 * d)) ELSE (d + 2 * n) // (2 * d) END`);
  await run(`CREATE MACRO released(c, t, p) AS rounded(c * least(greatest(p, 0), t), t)`);
  await run(
    `CREATE MACRO settled(c, t, p, w) AS rounded(c * least(least(greatest(p, 0), t) + greatest(w, 0), t), t)`,
  );
  await run(`CREATE MACRO quarter_number(day) AS year(day) * 4 + quarter(day) - 1`);
  await run(`CREATE MACRO quarter_name(number) AS (number // 4) || '-Q' || (number % 4 + 1)`);
  await run(`CREATE MACRO money(cents) AS (cents * 0.01)::DECIMAL(18, 2)`);
}

async function readLedgers() {
  const cents = (column) => `(${column} * 100)::BIGINT`; // DECIMAL times INTEGER stays DECIMAL
  await run(`CREATE TABLE invoices AS
    SELECT invoice_id, customer_id, rep_id, booking_date,
      greatest(booking_date, invoice_date) AS earned_on,
      ${cents('total')} AS total,
      rounded(${cents('amount')} * 825, 10000) AS commission
    FROM ${csv('invoices.csv', {
      invoice_id: 'VARCHAR',
      customer_id: 'VARCHAR',
      rep_id: 'VARCHAR',
      booking_date: 'DATE',
      invoice_date: 'DATE',
      due_date: 'DATE',
      amount: 'DECIMAL(18, 2)',
      total: 'DECIMAL(18, 2)',
    })}
    WHERE booking_date <= '${asOf}'`);
  await run(`CREATE TABLE payments AS
    SELECT payment_id, invoice_id, payment_date, ${cents('amount')} AS amount
    FROM ${csv('payments.csv', {
      payment_id: 'VARCHAR',
      invoice_id: 'VARCHAR',
      payment_date: 'DATE',
      amount: 'DECIMAL(18, 2)',
    })}`);
  await run(`CREATE TABLE write_offs AS
    SELECT write_off_id, invoice_id, write_off_date, ${cents('amount')} AS amount
    FROM ${csv('write_offs.csv', {
      write_off_id: 'VARCHAR',
      invoice_id: 'VARCHAR',
      write_off_date: 'DATE',
      amount: 'DECIMAL(18, 2)',
      reason: 'VARCHAR',
    })}`);
}

function csv(file, columns) {
  const types = Object.entries(columns).map(([name, type]) => `${name}: '${type}'`);
  return `read_csv(${text(join(dir, file))}, header = true, auto_detect = false, columns = {${types.join(', ')}})`;
}

async function checkLedgers() {
  const checks = {
    'is there twice in invoices.csv': 'SELECT invoice_id FROM invoices GROUP BY ALL HAVING count(*) > 1',
    'has nothing to collect': 'SELECT invoice_id FROM invoices WHERE total <= 0',
    'is there twice in payments.csv':
      'SELECT payment_id, invoice_id FROM payments GROUP BY ALL HAVING count(*) > 1',
    'is there twice in write_offs.csv':
      'SELECT write_off_id, invoice_id FROM write_offs GROUP BY ALL HAVING count(*) > 1',
    'is a payment on no invoice':
      'SELECT payment_id, invoice_id FROM payments ANTI JOIN invoices USING (invoice_id)',
    'is a write-off of no invoice':
      'SELECT write_off_id, invoice_id FROM write_offs ANTI JOIN invoices USING (invoice_id)',
  };
  for (const [what, sql] of Object.entries(checks)) {
    const found = await rows(`${sql} LIMIT 5`);
    if (found.length > 0) refuse(found.map((ids) => `${ids.join(' ')} ${what}`));
  }
}

/**
 * Every event, with what is paid and written off up to it and before it: the difference is posted. An invoice's own
 * columns stay out of the sort and are joined again after it, which takes less memory.
 */
async function definePostings() {
  await run(`CREATE VIEW postings AS
    WITH cash AS (
      SELECT invoice_id, payment_id AS source_id, payment_date AS date,
        (CASE WHEN amount < 0 THEN 2 ELSE 1 END)::TINYINT AS kind, amount AS paid, 0::BIGINT AS written
      FROM payments WHERE payment_date <= '${asOf}'
      UNION ALL
      SELECT invoice_id, write_off_id, write_off_date, 3::TINYINT, 0::BIGINT, amount
      FROM write_offs WHERE write_off_date <= '${asOf}'
    ),
    events AS (
      SELECT i.rowid::INTEGER AS line, source_id, date, kind, paid, written
      FROM cash JOIN invoices i USING (invoice_id)
      UNION ALL
      SELECT rowid::INTEGER, invoice_id, earned_on, 0::TINYINT, 0::BIGINT, 0::BIGINT
      FROM invoices WHERE earned_on <= '${asOf}'
    ),
    states AS (
      SELECT *, (sum(paid) OVER so_far)::BIGINT AS p, (sum(written) OVER so_far)::BIGINT AS w FROM events
      WINDOW so_far AS (PARTITION BY line ORDER BY date, kind, source_id ROWS UNBOUNDED PRECEDING)
    ),
    targets AS (
      SELECT *,
        CASE kind WHEN 0 THEN commission ELSE 0 END AS earned,
        released(commission, total, p) AS released_now,
        settled(commission, total, p, w) AS settled_now,
        CASE kind WHEN 0 THEN 0 ELSE released(commission, total, p - paid) END AS released_before,
        CASE kind WHEN 0 THEN 0 ELSE settled(commission, total, p - paid, w - written) END AS settled_before
      FROM states JOIN invoices i ON i.rowid = line
      WHERE date >= earned_on
    ),
    changes AS (
      SELECT *, released_now - released_before AS released, settled_now - settled_before AS settled FROM targets
    )
    SELECT line, rep_id, date, kind, source_id, written < 0 AS reversal,
      earned, released, earned - settled AS held, settled - released AS forfeited
    FROM changes WHERE earned <> 0 OR released <> 0 OR settled <> 0`);
}

/** Postings are worked out once, for both files. */
async function keepPostings() {
  await run('CREATE TABLE kept AS SELECT * EXCLUDE (rep_id) FROM postings');
  await run(`CREATE VIEW posted AS SELECT kept.*, rep_id, invoice_id, customer_id
    FROM kept JOIN invoices i ON i.rowid = line`);
}

async function writePostings() {
  await run(`COPY (
    SELECT date, quarter_name(quarter_number(date)) AS period, rep_id, invoice_id, customer_id,
      'flat-level-3' AS plan_id, 3 AS level,
      CASE kind WHEN 0 THEN 'invoiced' WHEN 1 THEN 'collected' WHEN 2 THEN 'refunded'
        ELSE CASE WHEN reversal THEN 'write-off-reversed' ELSE 'written-off' END END AS cause,
      source_id, money(earned) AS earned, 0.00 AS advanced, money(released) AS released, money(held) AS held,
      money(forfeited) AS forfeited, 0.00 AS clawed_back
    FROM posted ${ordered ? 'ORDER BY date, kind, source_id, invoice_id' : ''}
  ) TO ${text(join(out, 'postings.csv'))} (HEADER)`);
}

/** A row per rep and quarter from the rep's first booking on, without gaps. */
async function writeQuarters(postings) {
  await run(`COPY (
    WITH sums AS (
      SELECT rep_id, quarter_number(date) AS number, sum(earned) AS earned, sum(released) AS released,
        sum(forfeited) AS forfeited, sum(held) AS held
      FROM ${postings} GROUP BY ALL
    ),
    grid AS (
      SELECT rep_id, unnest(range(quarter_number(min(booking_date)), quarter_number(DATE '${asOf}') + 1)) AS number
      FROM invoices GROUP BY rep_id
    ),
    quarters AS (
      SELECT rep_id, number, coalesce(earned, 0) AS earned, coalesce(released, 0) AS released,
        coalesce(forfeited, 0) AS forfeited, sum(coalesce(held, 0)) OVER so_far AS held,
        sum(coalesce(released, 0)) OVER so_far AS released_so_far
      FROM grid LEFT JOIN sums USING (rep_id, number)
      WINDOW so_far AS (PARTITION BY rep_id ORDER BY number)
    ),
    -- What refunds take back is owed and netted later: as much is paid in all as was payable at its highest.
    pay AS (
      SELECT *, greatest(max(released_so_far) OVER (PARTITION BY rep_id ORDER BY number), 0) AS paid_so_far
      FROM quarters
    )
    SELECT rep_id, quarter_name(number) AS quarter, money(earned) AS earned, money(released) AS released,
      money(forfeited) AS forfeited, money(held) AS held, money(released) AS payable,
      money(paid_so_far - lag(paid_so_far, 1, 0) OVER (PARTITION BY rep_id ORDER BY number)) AS paid
    FROM pay ORDER BY rep_id, number
  ) TO ${text(join(out, 'quarters.csv'))} (HEADER)`);
}

function text(value) {
  return `'${value.replaceAll("'", "''")}'`;
}

/** The ledgers in a database: a small one in memory, whose rows come one by one from a cursor. */
const TABLES = {
  invoices: {
    columns: 'invoice_id, customer_id, rep_id, invoice_date, due_date, cents',
    rows: [
      ['INV-1', 'Acme', 'R1', '2025-01-10', '2025-02-09', 1_000_000n],
      ['INV-2', 'Bolt', 'R1', '2025-02-20', '2025-03-22', 500_000n],
      ['INV-3', 'Core', 'R1', '2025-07-05', '2025-08-04', 800_000n],
      ['INV-4', 'Dent', 'R2', '2025-02-01', '2025-03-03', 300_000n],
    ],
  },
  payments: {
    columns: 'payment_id, invoice_id, payment_date, cents',
    rows: [
      ['PAY-1', 'INV-1', '2025-02-05', 1_000_000n],
      ['PAY-2', 'INV-4', '2025-03-01', 300_000n],
      ['PAY-3', 'INV-3', '2025-08-01', 800_000n],
    ],
  },
};

/**
 * The rows of a table, one by one. They come from SQLite where this Node has it (22.13 and newer); elsewhere a generator
 * stands for the cursor of whatever driver you have.
 *
 * @param {keyof typeof TABLES} table
 */
export async function* cursorOf(table) {
  const rows = process.getBuiltinModule('node:sqlite') ? fromSqlite(table) : fromGenerator(table);
  for await (const { cents, ...row } of rows) yield { ...row, amount: { minor: cents } };
}

function* fromSqlite(table) {
  const { columns, rows } = TABLES[table];
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const database = new DatabaseSync(':memory:');
  database.exec(`create table ${table} (${columns})`);
  const insert = database.prepare(`insert into ${table} values (${columns.replaceAll(/\w+/g, '?')})`);
  for (const row of rows) insert.run(...row);
  const select = database.prepare(`select * from ${table}`);
  // Cents as bigint: a JavaScript number is refused as an amount.
  select.setReadBigInts(true);
  yield* select.iterate();
  database.close();
}

async function* fromGenerator(table) {
  const { columns, rows } = TABLES[table];
  const names = columns.split(', ');
  for (const row of rows) yield Object.fromEntries(names.map((name, at) => [name, row[at]]));
}

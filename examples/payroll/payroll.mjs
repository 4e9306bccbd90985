/** Closes a pay period: from a database's cursor to what payroll pays and accounting books. The close is kept as JSON. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { calculate, closeFromJson, closeToJson, collect, formatFaults, formatMinor } from 'clawback';
import { closePeriod } from 'clawback/payroll';
import { cursorOf } from './database.mjs';

const CLOSES = new URL('closes/', import.meta.url);
const [day] = process.argv.slice(2);
if (day === undefined) throw new Error('Name the last day of the period: node payroll.mjs 2025-03-31');

/** Every step returns its faults; here, all of them end the run. */
function orThrow(outcome) {
  if (outcome.kind === 'refused') throw new Error(formatFaults(outcome.faults));
  return outcome;
}

// What is closed stays closed: every close is given to every later calculation.
mkdirSync(CLOSES, { recursive: true });
const closes = readdirSync(CLOSES)
  .sort()
  .map((file) => orThrow(closeFromJson(readFileSync(new URL(file, CLOSES), 'utf8'))).close);

const [invoices, payments] = await Promise.all([
  collect('invoices', cursorOf('invoices'), { currency: 'USD' }),
  collect('payments', cursorOf('payments'), { currency: 'USD' }),
]);
const { result } = orThrow(
  calculate({
    terms: { currency: 'USD', plans: [{ id: 'ae', level: 1, rate: '5%', clawback: { pastDueDays: 90 } }] },
    ledgers: { invoices: orThrow(invoices).ledger, payments: orThrow(payments).ledger },
    asOf: day,
    closes,
  }),
);
const { close, rows, lines, journal } = orThrow(closePeriod(result, closes));
const period = close.period.name;
writeFileSync(new URL(`${period}.json`, CLOSES), JSON.stringify(closeToJson(close)));

const money = (amount) => formatMinor(amount, 2).padStart(10);
console.log(`${period}: pay`);
for (const { repId, payBy, paid, owed } of rows)
  console.log(`  ${repId}  by ${payBy} ${money(paid)}, still owes ${money(owed)}`);
console.log(`${period}: pay lines`);
for (const { repId, kind, earnedIn, firstPaidIn, amount } of lines)
  console.log(`  ${repId}  ${`${kind} ${earnedIn || firstPaidIn}`.padEnd(15)} ${money(amount)}`);
console.log(`${period}: journal`);
for (const { date, entry, repId, account, debit, credit } of journal)
  console.log(
    `  ${date}  ${repId}  ${entry.padEnd(11)} ${account.padEnd(24)} ${money(debit)} ${money(credit)}`,
  );

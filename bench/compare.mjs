// Compares two results to the cent: every rep and quarter, and the sums of every invoice's postings.
//
//   node bench/compare.mjs FOLDER FOLDER [--only quarters]
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const QUARTERS = {
  file: 'quarters.csv',
  keys: ['rep_id', 'quarter'],
  amounts: ['earned', 'released', 'forfeited', 'held', 'payable', 'paid'],
};

const POSTINGS = {
  file: 'postings.csv',
  keys: ['invoice_id'],
  amounts: ['earned', 'released', 'forfeited', 'held'],
};

const SHOWN = 10;

const { values, positionals } = parseArgs({
  options: { only: { type: 'string' } },
  allowPositionals: true,
});
for (const table of values.only === 'quarters' ? [QUARTERS] : [QUARTERS, POSTINGS]) {
  const [left, right] = [await sumUp(positionals[0], table), await sumUp(positionals[1], table)];
  print(table, differencesOf(left, right));
}

/** For each key: cents by amount, and last the number of its rows. */
async function sumUp(folder, { file, keys, amounts }) {
  const sums = new Map();
  let keyAt;
  let amountAt;
  for await (const line of createInterface({ input: createReadStream(join(folder, file)) })) {
    const cells = line.split(','); // the benchmark's ledgers have nothing to quote
    if (keyAt === undefined) {
      keyAt = keys.map((name) => columnOf(name, cells, file));
      amountAt = amounts.map((name) => columnOf(name, cells, file));
      continue;
    }
    const key = keyAt.map((at) => cells[at]).join(' ');
    let sum = sums.get(key);
    if (sum === undefined) {
      sum = new Float64Array(amounts.length + 1);
      sums.set(key, sum);
    }
    amountAt.forEach((at, n) => {
      sum[n] += centsOf(cells[at]);
    });
    sum[amounts.length] += 1;
  }
  return sums;
}

function columnOf(name, header, file) {
  const at = header.indexOf(name);
  if (at < 0) throw new Error(`${file} has no column ${name}`);
  return at;
}

/** Whole cents: the text without its decimal point; sums stay below 2^53. */
function centsOf(text) {
  if (!/^-?\d+\.\d\d$/.test(text)) throw new Error(`"${text}" is not an amount with two decimals`);
  return Number(text.replace('.', ''));
}

function differencesOf(left, right) {
  const found = [];
  for (const [key, sum] of left) {
    const other = right.get(key);
    if (other === undefined || sum.some((cents, n) => cents !== other[n])) found.push([key, sum, other]);
  }
  for (const [key, sum] of right) if (!left.has(key)) found.push([key, undefined, sum]);
  return found;
}

function print({ file, amounts }, differences) {
  if (differences.length === 0) return;
  process.exitCode = 1;
  const names = [...amounts.map((name) => `${name} in cents`), 'rows'];
  console.log(`${file}: ${differences.length} keys differ, among them`);
  for (const [key, left, right] of differences.slice(0, SHOWN)) {
    const columns = names
      .map((name, n) => [name, left?.[n] ?? 'none', right?.[n] ?? 'none'])
      .filter(([, one, other]) => one !== other);
    console.log(`  ${key}: ${columns.map(([name, one, other]) => `${name} ${one}, ${other}`).join('; ')}`);
  }
}

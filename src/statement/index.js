/** The script of the list of statements: filters the rows, and adds up those that are left. The page has it letter by letter. */

const filter = /** @type {HTMLInputElement} */ (document.getElementById('filter'));
const found = /** @type {HTMLElement} */ (document.getElementById('found'));
const label = /** @type {HTMLElement} */ (document.getElementById('total'));
const totals = [.../** @type {HTMLTableRowElement} */ (label.parentElement).querySelectorAll('.number')];
const groups = [...document.querySelectorAll('tbody')];
const rows = groups.flatMap((group) =>
  [...group.rows]
    .filter((row) => !row.classList.contains('group'))
    .map((row) => {
      const amounts = [...row.querySelectorAll('.number')].map((cell) => minorOf(cell.textContent ?? ''));
      const words = [...row.querySelectorAll('bdi')].map((name) => name.textContent ?? '').join('\n');
      return { group, row, amounts, words: words.toLowerCase() };
    }),
);
const whole = totals.map((cell) => cell.textContent ?? '');
/** The decimals of the currency. */
const digits = (whole[0]?.split('.')[1] ?? '').length;

/**
 * A cell in the currency's minor unit; zero is a dash that is read out as zero.
 *
 * @param {string} text
 */
function minorOf(text) {
  const figures = text.replace(/[^\d\u2212]/g, '').replace('\u2212', '-');
  return BigInt(figures);
}

/** @param {bigint} amount */
function amountText(amount) {
  const text = `${amount < 0n ? -amount : amount}`.padStart(digits + 1, '0');
  const units = text.slice(0, text.length - digits).replace(/\B(?=(\d{3})+$)/g, ',');
  const shown = digits === 0 ? units : `${units}.${text.slice(-digits)}`;
  return amount < 0n ? `\u2212${shown}` : shown;
}

function show() {
  const searched = filter.value.trim().toLowerCase();
  const left = rows.filter(({ words }) => words.includes(searched));
  const shown = new Set(left.map(({ row }) => row));
  const filled = new Set(left.map(({ group }) => group));
  for (const { row } of rows) row.hidden = !shown.has(row);
  for (const group of groups) group.hidden = !filled.has(group);
  const isFiltered = searched !== '';
  found.textContent = isFiltered ? `${left.length} of ${rows.length}` : '';
  label.textContent = isFiltered ? `Total of ${left.length}` : 'Total';
  totals.forEach((cell, at) => {
    const sum = left.reduce((all, { amounts }) => all + (amounts[at] ?? 0n), 0n);
    cell.textContent = isFiltered ? amountText(sum) : (whole[at] ?? '');
  });
}

filter.addEventListener('input', show);
// A browser may bring back what was typed before the page was loaded again.
show();

/**
 * The script of the close report: sorts, filters and opens the table of reps. The page has it letter by letter. It makes
 * every text a text node, whatever is in it.
 */

/** @import { PageData, PageQuarter, PagePosting, Whole } from './page-data.js' */

/**
 * A row of the table.
 *
 * @typedef {object} Row
 * @property {number} place the rep's
 * @property {string} name
 * @property {string} person the rep's name; blank where it is not known
 * @property {string} plan
 * @property {string} attainment
 * @property {Record<string, bigint | null>} figures
 * @property {readonly PagePosting[] | null} postings null where they are not in the page
 * @property {string | undefined} words what the filter searches, made when it is first needed
 * @property {HTMLTableRowElement | undefined} element
 * @property {HTMLTableRowElement | undefined} detail there while the row is open
 */

/** @typedef {[name: string, amount: bigint]} NamedAmount */

const MORE = 200;

/** @type {PageData} */
const data = JSON.parse(/** @type {HTMLElement} */ (document.getElementById('data')).textContent ?? '');

/**
 * @template {HTMLElement} E
 * @param {string} id
 * @param {new () => E} kind
 * @returns {E}
 */
function byId(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`there is no ${id}`);
  return element;
}

const disputed = new Set(data.disputed);
const table = byId('rep-table', HTMLTableElement);
const body = /** @type {HTMLTableSectionElement} */ (table.tBodies[0]);
const totals = /** @type {HTMLTableRowElement} */ (table.tFoot?.rows[0]);
const headings = [...(table.tHead?.rows[0]?.cells ?? [])];
const picker = byId('quarter', HTMLSelectElement);
const filter = byId('filter', HTMLInputElement);
const clear = byId('clear', HTMLButtonElement);
const found = byId('found', HTMLElement);
const more = byId('more', HTMLButtonElement);
const all = byId('all', HTMLButtonElement);

const state = { quarter: 0, key: 'paid', isDescending: true, limit: MORE };

// Figures

/** @param {Whole} whole */
function exact(whole) {
  return BigInt(whole);
}

/** @param {string} digits */
function grouped(digits) {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

/**
 * @param {bigint} amount in minor units
 * @param {number} decimals
 */
function amountText(amount, decimals = data.digits) {
  const digits = `${amount < 0n ? -amount : amount}`.padStart(decimals + 1, '0');
  const whole = grouped(digits.slice(0, digits.length - decimals));
  const text = decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`;
  return amount < 0n ? `\u2212${text}` : text;
}

/** @param {number} count */
function repsText(count) {
  return `${grouped(`${count}`)} ${count === 1 ? 'rep' : 'reps'}`;
}

// Elements

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} name
 * @param {string} classes
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
function make(name, classes, ...children) {
  const element = document.createElement(name);
  if (classes !== '') element.className = classes;
  element.append(...children);
  return element;
}

/**
 * Appends one by one: the rows of a large company are more than one call takes.
 *
 * @template {Element} Parent
 * @param {Parent} parent
 * @param {Iterable<Node>} children
 * @returns {Parent}
 */
function appendAll(parent, children) {
  for (const child of children) parent.append(child);
  return parent;
}

/**
 * Text from data as it is displayed: letters that turn around the text after them are replaced (displayed.ts).
 *
 * @param {string} text
 */
function displayed(text) {
  return text.replace(/[\u202A-\u202E\u2066-\u2069]/g, '\uFFFD');
}

/** @param {string} text */
function isolated(text) {
  return make('bdi', '', displayed(text));
}

/**
 * What a cell shows: zero as a dash that is read out as zero.
 *
 * @param {bigint} amount
 * @param {boolean} isStep whether it is a step of a sum, which has its sign
 * @returns {Node[]}
 */
function figure(amount, isStep = false) {
  if (amount !== 0n)
    return [document.createTextNode(isStep && amount > 0n ? `+${amountText(amount)}` : amountText(amount))];
  const dash = make('span', '', '\u2013');
  dash.ariaHidden = 'true';
  return [dash, make('span', 'unseen', amountText(0n))];
}

/**
 * @param {'col' | 'row'} scope
 * @param {string} classes
 * @param {(Node | string)[]} children
 */
function heading(scope, classes, ...children) {
  const cell = make('th', classes, ...children);
  cell.scope = scope;
  return cell;
}

// Rows

/** @type {Map<number, Row[]>} */
const known = new Map();

/**
 * The rows of a quarter.
 *
 * @param {number} at
 * @returns {Row[]}
 */
function rowsOf(at) {
  const before = known.get(at);
  if (before !== undefined) return before;
  const quarter = /** @type {PageQuarter} */ (data.quarters[at]);
  const rows = quarter.rows.map(([place, plan, attainment, ...amounts]) => {
    /** @type {Record<string, bigint | null>} */
    const figures = {};
    amounts.forEach((amount, index) => {
      figures[/** @type {string} */ (data.fields[index + 3])] = amount === null ? null : exact(amount);
    });
    for (const [name, terms] of Object.entries(data.sums)) {
      figures[name] = terms.reduce(
        (sum, { figure, sign }) => sum + BigInt(sign) * /** @type {bigint} */ (figures[figure]),
        0n,
      );
    }
    return {
      place,
      name: data.reps[place] ?? '',
      person: data.names[place] ?? '',
      plan: data.plans[plan] ?? '',
      attainment,
      figures,
      postings: quarter.postings === null ? null : (quarter.postings[place] ?? []),
      words: undefined,
      element: undefined,
      detail: undefined,
    };
  });
  known.set(at, rows);
  return rows;
}

/**
 * What a row is sorted by: text, an exact number, or nothing.
 *
 * @param {Row} row
 * @param {string} key
 */
function sortedBy(row, key) {
  if (key === 'rep') return row.name;
  if (key === 'plan') return row.plan;
  if (key === 'attainment') return row.attainment === '' ? null : BigInt(row.attainment.replace('.', ''));
  return row.figures[key] ?? null;
}

/** @param {Row} row */
function wordsOf(row) {
  if (row.words === undefined) {
    const words = new Set([row.name, row.person]);
    for (const [, invoice, customer] of row.postings ?? []) words.add(invoice).add(customer);
    row.words = displayed([...words].join('\n')).toLowerCase();
  }
  return row.words;
}

/** The rows that the filter leaves, in order. */
function chosen() {
  const searched = displayed(filter.value.trim()).toLowerCase();
  const rows = rowsOf(state.quarter);
  const left = searched === '' ? [...rows] : rows.filter((row) => wordsOf(row).includes(searched));
  const { key } = state;
  const sign = state.isDescending ? -1 : 1;
  const keys = new Map(left.map((row) => [row, sortedBy(row, key)]));
  return left.sort((a, b) => {
    const x = keys.get(a) ?? null;
    const y = keys.get(b) ?? null;
    // What has no figure comes last, whichever way the others go.
    if (x === null || y === null) return x === y ? a.place - b.place : x === null ? 1 : -1;
    return x === y ? a.place - b.place : x < y ? -sign : sign;
  });
}

/** @param {Row} row */
function elementOf(row) {
  if (row.element !== undefined) return row.element;
  const button = make('button', 'open', isolated(row.name));
  button.type = 'button';
  button.ariaExpanded = 'false';
  button.addEventListener('click', () => toggle(row));
  const cells = headings.slice(1).map(({ dataset: { key = '' } }) => {
    if (key === 'plan') return make('td', 'wide', isolated(row.plan));
    if (key === 'attainment') return make('td', 'number wide', attainmentText(row), ...basisOf(row));
    const amount = row.figures[key] ?? null;
    const shown = amount === null ? [make('span', 'quiet', 'no quota')] : figure(amount, isStep(key));
    return make('td', key === 'paid' ? 'number paid' : key === 'held' ? 'number' : 'number wide', ...shown);
  });
  const person = row.person === '' ? [] : [make('span', 'person', isolated(row.person))];
  row.element = make('tr', '', heading('row', '', button, ...person), ...cells);
  return row.element;
}

/**
 * Whether a column is a step between what is payable and what is paid.
 *
 * @param {string} key
 */
function isStep(key) {
  return key in data.sums || data.flows[0]?.steps.slice(1).some(([, figure]) => figure === key) === true;
}

/**
 * @param {string} key
 * @param {bigint} sum
 */
function totalText(key, sum) {
  return isStep(key) && sum > 0n ? `+${amountText(sum)}` : amountText(sum);
}

/** @param {Row} row */
function basisText(row) {
  const [basis] = basisOf(row);
  return basis === undefined ? '' : ` (${basis.textContent})`;
}

/**
 * What attainment comes from, where that is not the quarter's bookings and quota.
 *
 * @param {Row} row
 */
function basisOf({ attainment, figures }) {
  const { windowBookings: bookings, windowQuota: quota } = figures;
  if (attainment === '' || bookings == null || quota == null) return [];
  return [make('span', 'basis', `${amountText(bookings)} of ${amountText(quota)}`)];
}

/** @param {Row} row */
function attainmentText({ attainment }) {
  return attainment === '' ? '' : `${amountText(BigInt(attainment.replace('.', '')), 2)}%`;
}

/** Shows the rows, their totals and their number. */
function show() {
  const rows = chosen();
  const count = rowsOf(state.quarter).length;
  const shown = rows.slice(0, state.limit);
  const elements = shown.flatMap((row) =>
    row.detail === undefined ? [elementOf(row)] : [elementOf(row), row.detail],
  );
  body.replaceChildren();
  appendAll(body, elements);
  const searched = filter.value.trim();
  if (rows.length === 0) {
    const isWhole = data.quarters[state.quarter]?.postings !== null;
    const rest = isWhole ? '' : ' Only reps are searched: the postings of this quarter are in postings.csv.';
    const cell = make(
      'td',
      '',
      'No rep matches \u2018',
      isolated(searched),
      `\u2019. Clear the filter.${rest}`,
    );
    cell.colSpan = headings.length;
    body.append(make('tr', '', cell));
  }
  showTotals(rows, searched !== '');
  const { name } = /** @type {PageQuarter} */ (data.quarters[state.quarter]);
  const sorted = headings
    .find(({ dataset }) => dataset['key'] === state.key)
    ?.textContent?.replace(/^[^a-z]+/, '');
  const order =
    state.key === 'rep' || state.key === 'plan'
      ? state.isDescending
        ? 'z to a'
        : 'a to z'
      : `${state.isDescending ? 'largest' : 'smallest'} first`;
  const some = searched === '' ? repsText(count) : `${grouped(`${rows.length}`)} of ${repsText(count)}`;
  found.textContent =
    rows.length === 0
      ? `No rep matches \u2018${searched}\u2019.`
      : `${some} in ${name}, by ${sorted}, ${order}.`;
  byId('caption-quarter', HTMLElement).textContent = name;
  clear.hidden = searched === '';
  const left = rows.length - shown.length;
  more.hidden = left <= 0;
  all.hidden = left <= 0;
  more.textContent = `${Math.min(MORE, left)} more`;
  all.textContent = `All ${grouped(`${rows.length}`)}`;
}

/**
 * @param {Row[]} rows
 * @param {boolean} isFiltered
 */
function showTotals(rows, isFiltered) {
  headings.forEach(({ dataset: { key = '' } }, index) => {
    const cell = /** @type {HTMLTableCellElement} */ (totals.cells[index]);
    if (key === 'rep') cell.textContent = isFiltered ? `Total of ${repsText(rows.length)}` : 'Total';
    else if (key !== 'plan' && key !== 'attainment') {
      const amounts = rows.flatMap(({ figures }) => figures[key] ?? []);
      const isSum = key === 'quota' ? amounts.length > 0 : true;
      const isOfOneKind = data.hasOneMeasure || (key !== 'bookings' && key !== 'quota');
      cell.textContent =
        isSum && isOfOneKind
          ? totalText(
              key,
              amounts.reduce((sum, amount) => sum + amount, 0n),
            )
          : '';
    }
  });
}

// Details

/** @param {Row} row */
function toggle(row) {
  if (row.detail === undefined) openRow(row);
  else {
    row.detail.remove();
    row.detail = undefined;
  }
  const button = row.element?.querySelector('button');
  if (button) button.ariaExpanded = `${row.detail !== undefined}`;
}

/** @param {Row} row */
function openRow(row) {
  const { name } = /** @type {PageQuarter} */ (data.quarters[state.quarter]);
  const cell = make('td', '', make('div', '', ...detailOf(row, name)));
  cell.colSpan = headings.length;
  row.detail = make('tr', 'detail', cell);
  elementOf(row).after(row.detail);
  // A link to it, for whoever copies the address.
  history.replaceState(null, '', `#${new URLSearchParams({ rep: row.name, q: name })}`);
}

/**
 * @param {Row} row
 * @param {string} quarter
 * @returns {Node[]}
 */
function detailOf(row, quarter) {
  /** @param {string} key */
  const at = (key) => row.figures[key] ?? 0n;
  const sums = make(
    'div',
    'sums',
    ...data.flows.map(({ title, steps, total: [name, figure] }) =>
      sumTable(title, [
        ...steps.map(([step, key, sign]) => namedAmount(step, BigInt(sign) * at(key))),
        namedAmount(`= ${name}`, at(figure)),
      ]),
    ),
  );
  const debts = data.debts.flatMap(([key, words]) =>
    at(key) === 0n ? [] : [`${amountText(at(key))} ${words}`],
  );
  const quota = row.figures['quota'] ?? null;
  const sales = `Bookings ${amountText(at('bookings'))}${quota === null ? ', no quota' : `, quota ${amountText(quota)}`}${row.attainment === '' ? '' : `, attained ${attainmentText(row)}`}${basisText(row)}.`;
  return [
    make(
      'h3',
      '',
      isolated(row.name),
      ...(row.person === '' ? [] : [' \u00B7 ', isolated(row.person)]),
      ` \u00B7 ${quarter}${row.plan === '' ? '' : ' \u00B7 plan '}`,
      isolated(row.plan),
    ),
    make('p', 'of-phone quiet', sales),
    sums,
    ...(debts.length === 0 ? [] : [make('p', '', `Debts: ${debts.join(', ')}.`)]),
    ...postingsOf(row),
  ];
}

/**
 * @param {string} name
 * @param {bigint} amount
 * @returns {NamedAmount}
 */
function namedAmount(name, amount) {
  return [name, amount];
}

/**
 * @param {string} title
 * @param {NamedAmount[]} steps the last is what the others come to
 */
function sumTable(title, steps) {
  const rows = steps.map(([name, amount], at) =>
    make('tr', '', heading('row', '', name), make('td', 'number', ...figure(amount, at > 0))),
  );
  const last = /** @type {HTMLTableRowElement} */ (rows.pop());
  // A total is never a dash.
  last.cells[1]?.replaceChildren(amountText(steps.at(-1)?.[1] ?? 0n));
  return make(
    'table',
    '',
    make('caption', 'quiet', title),
    make('tbody', '', ...rows),
    make('tfoot', '', last),
  );
}

/**
 * @param {Row} row
 * @returns {Node[]}
 */
function postingsOf({ name: rep, postings }) {
  if (postings === null)
    return [
      make('p', '', 'This page has no room for the postings of this quarter: they are in postings.csv.'),
    ];
  if (postings.length === 0) return [make('p', '', 'Nothing was posted in this quarter.')];
  const hasAdjustments = postings.some(([, , , , , adjusts]) => adjusts !== '');
  const names = ['date', 'invoice', 'customer', 'cause', 'source', ...(hasAdjustments ? ['adjusts'] : [])];
  const sums = data.amounts.map(() => 0n);
  const lines = postings.map(([date, invoice, customer, cause, source, adjusts, ...amounts]) => {
    const cells = amounts.map((whole, index) => {
      const amount = exact(whole);
      sums[index] = /** @type {bigint} */ (sums[index]) + amount;
      return make('td', 'number', ...figure(amount));
    });
    return make(
      'tr',
      '',
      make('td', 'nowrap', date),
      heading(
        'row',
        '',
        isolated(invoice),
        ...(disputed.has(invoice) ? [' ', make('span', 'mark', 'disputed')] : []),
      ),
      make('td', '', isolated(customer)),
      make('td', '', data.causes[cause] ?? ''),
      make('td', '', isolated(source)),
      ...(hasAdjustments ? [make('td', '', adjusts)] : []),
      ...cells,
    );
  });
  const total = heading('row', '', 'Total');
  total.colSpan = names.length;
  const region = make(
    'div',
    'scroll',
    make(
      'table',
      '',
      make(
        'caption',
        'quiet',
        `${postings.length === 1 ? '1 posting' : `${grouped(`${postings.length}`)} postings`}: ${data.identity}`,
      ),
      make(
        'thead',
        '',
        make(
          'tr',
          '',
          ...names.map((name) => heading('col', '', name)),
          ...data.amounts.map((name) => heading('col', 'number', name)),
        ),
      ),
      appendAll(make('tbody', ''), lines),
      make('tfoot', '', make('tr', '', total, ...sums.map((sum) => make('td', 'number', amountText(sum))))),
    ),
  );
  region.tabIndex = 0;
  region.role = 'region';
  region.ariaLabel = `Postings of ${rep}`;
  return [region];
}

// Choices

/** @param {number} at */
function pick(at) {
  if (state.quarter !== at) {
    state.quarter = at;
    state.limit = MORE;
  }
  picker.selectedIndex = at;
  const shown = data.quarters[at]?.name;
  const figures = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('figure[data-quarter]'));
  const areDrawn = [...figures].some(({ dataset }) => dataset['quarter'] === shown);
  for (const one of figures) if (areDrawn) one.hidden = one.dataset['quarter'] !== shown;
}

/** Opens the row that the address names: #rep=R1&q=2025-Q3. */
function follow() {
  const named = new URLSearchParams(location.hash.slice(1));
  const rep = named.get('rep');
  if (rep === null) return;
  const quarter = data.quarters.findIndex(({ name }) => name === named.get('q'));
  pick(quarter < 0 ? state.quarter : quarter);
  filter.value = '';
  const at = chosen().findIndex(({ name }) => name === rep);
  const row = chosen()[at];
  state.limit = Math.max(state.limit, at + 1);
  show();
  if (row === undefined) {
    found.textContent = `There is no rep \u2018${displayed(rep ?? '')}\u2019 in ${picker.value}.`;
    return;
  }
  if (row.detail === undefined) toggle(row);
  const button = elementOf(row).querySelector('button');
  button?.scrollIntoView({ block: 'center' });
  button?.focus({ preventScroll: true });
}

for (const cell of headings) {
  cell.querySelector('button')?.addEventListener('click', () => {
    const { key = '' } = cell.dataset;
    const isText = key === 'rep' || key === 'plan';
    state.isDescending = state.key === key ? !state.isDescending : !isText;
    state.key = key;
    for (const one of headings) one.removeAttribute('aria-sort');
    cell.ariaSort = state.isDescending ? 'descending' : 'ascending';
    show();
  });
}
picker.addEventListener('change', () => {
  pick(picker.selectedIndex);
  show();
});
filter.addEventListener('input', () => {
  state.limit = MORE;
  show();
});
clear.addEventListener('click', () => {
  filter.value = '';
  show();
  filter.focus();
});
more.addEventListener('click', () => {
  state.limit += MORE;
  show();
});
all.addEventListener('click', () => {
  state.limit = Number.POSITIVE_INFINITY;
  show();
});
addEventListener('hashchange', follow);

// A browser may bring back what was typed before the page was loaded again.
pick(Math.max(picker.selectedIndex, 0));
show();
follow();

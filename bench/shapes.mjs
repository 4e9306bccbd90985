// Workspaces of odd shapes, in which a step that looks at everything for everything would show: each grows in one way.
const FIRST = Date.UTC(2023, 0, 1);
const DAY = 86_400_000;
const DAYS = 1000;

/** A day of the thousand days that ledgers go over. */
const day = (at) => new Date(FIRST + Math.min(at, DAYS - 1) * DAY).toISOString().slice(0, 10);
const turn = (at) => day(at % DAYS);
const csv = (header, count, row) =>
  `${header}\n${Array.from({ length: count }, (_, at) => `${row(at)}\n`).join('')}`;

const INVOICES = 'invoice_id,customer_id,rep_id,invoice_date,due_date,amount';
const PAYMENTS = 'payment_id,invoice_id,payment_date,amount';
const FLAT = '  - { id: ae, level: 3, rate: 5% }\n';
const CLAWBACK = '  - { id: ae, level: 1, rate: 5%, clawback: { pastDueDays: 30 } }\n';
const config = (ledgers, plans, more = '') =>
  `currency: USD\n${more}ledgers: { ${ledgers} }\nplans:\n${plans}`;

/** One invoice of 1,000,000.00. */
const ONE = `${INVOICES}\nI1,C1,R1,2023-01-01,2023-01-31,1000000.00\n`;

/** By name: the files of a workspace in which something is there `n` times, and the commands to measure on it. */
export const SHAPES = {
  'one customer, cash on account': {
    commands: ['calc', 'ageing', 'statement'],
    files: (n) => ({
      'comp.yaml': config('invoices: i.csv, payments: p.csv', FLAT, 'applyCash: oldest-due-first\n'),
      'i.csv': csv(
        INVOICES,
        n,
        (at) => `I${at},C1,R${at % 7},${turn(at)},${day((at % DAYS) + 30)},${100 + (at % 50)}.00`,
      ),
      'p.csv': csv(
        'payment_id,customer_id,invoice_id,payment_date,amount',
        n,
        (at) => `P${at},C1,,${day((at % DAYS) + 20)},${90 + (at % 50)}.00`,
      ),
    }),
  },
  'one invoice, payments and refunds': {
    commands: ['calc', 'explain', 'statement', 'report'],
    files: (n) => ({
      'comp.yaml': config('invoices: i.csv, payments: p.csv', CLAWBACK),
      'i.csv': ONE,
      'p.csv': csv(PAYMENTS, n, (at) => `P${at},I1,${turn(at)},${at % 3 === 2 ? '-' : ''}${1 + (at % 5)}.00`),
    }),
  },
  'one rep, credit memos': {
    commands: ['calc', 'statement'],
    files: (n) => ({
      'comp.yaml': config(
        'invoices: i.csv, creditMemos: m.csv, quotas: q.csv',
        '  - id: ae\n    level: 1\n    rate: { attainment: quarter, tiers: retroactive, table: [{ from: 0%, rate: 5% }, { from: 100%, rate: 8% }] }\n    clawback: { pastDueDays: 30 }\n',
      ),
      'i.csv': csv(INVOICES, n, (at) => `I${at},C${at % 9},R1,${turn(at)},${turn(at)},${100 + (at % 50)}.00`),
      'm.csv': csv(
        'credit_memo_id,invoice_id,credit_date,amount',
        n,
        (at) => `M${at},I${at},${day((at % DAYS) + 5)},${10 + (at % 50)}.00`,
      ),
      'q.csv': csv(
        'rep_id,quarter,quota',
        12,
        (at) => `R1,${2023 + Math.floor(at / 4)}-Q${(at % 4) + 1},${n * 10}`,
      ),
    }),
  },
  'one invoice, splits': {
    commands: ['calc'],
    files: (n) => ({
      'comp.yaml': config('invoices: i.csv, splits: s.csv', FLAT),
      'i.csv': ONE,
      's.csv': csv('invoice_id,rep_id,share', n, (at) => `I1,R${at},0.001%`),
    }),
  },
  'one invoice, instalments': {
    commands: ['calc'],
    files: (n) => ({
      'comp.yaml': config('invoices: i.csv, payments: p.csv, schedules: s.csv', CLAWBACK),
      'i.csv': `${INVOICES}\nI1,C1,R1,2023-01-01,,${n}.00\n`,
      's.csv': csv(
        'invoice_id,due_date,amount',
        n,
        (at) => `I1,${new Date(Date.UTC(1910, 0, 1) + (at % 90_000) * DAY).toISOString().slice(0, 10)},1.00`,
      ),
      'p.csv': csv(PAYMENTS, n / 10, (at) => `P${at},I1,${turn(at)},1.00`),
    }),
    most: 90_000,
  },
  'a tree of 20 managers over 3,000 reps': {
    commands: ['calc'],
    files: (n) => ({
      'comp.yaml': config(
        'invoices: i.csv, teams: t.csv',
        `${FLAT}  - { id: overlay, credit: team, level: 3, rate: 1% }\n`,
      ),
      'i.csv': csv(
        INVOICES,
        n,
        (at) => `I${at},C${at % 99},R${at % 3000},${turn(at)},${turn(at)},${100 + (at % 50)}.00`,
      ),
      't.csv': `${csv('rep_id,manager_id,from', 3000, (at) => `R${at},M${at % 150}-0,2023-01-01`)}${Array.from(
        { length: 150 * 19 },
        (_, at) => `M${Math.floor(at / 19)}-${at % 19},M${Math.floor(at / 19)}-${(at % 19) + 1},2023-01-01\n`,
      ).join('')}`,
    }),
  },
  'plans, assigned one by one': {
    commands: ['calc'],
    files: (n) => ({
      'comp.yaml': config(
        'invoices: i.csv, assignments: a.csv',
        Array.from({ length: n / 20 }, (_, at) => `  - { id: p${at}, level: 3, rate: 5% }\n`).join(''),
      ),
      'i.csv': csv(
        INVOICES,
        n,
        (at) => `I${at},C${at % 99},R${at % (n / 20)},${turn(at)},${turn(at)},${100 + (at % 50)}.00`,
      ),
      'a.csv': csv('rep_id,plan_id,from,to', n / 20, (at) => `R${at},p${at},2023-01-01,`),
    }),
  },
  'reps with one sale each': {
    commands: ['calc', 'statement', 'report'],
    files: (n) => ({
      'comp.yaml': config('invoices: i.csv', FLAT),
      'i.csv': csv(INVOICES, n, (at) => `I${at},C1,R${at},${turn(at)},${turn(at)},5.00`),
    }),
    most: 20_000,
  },
  'amounts of many digits': {
    commands: ['calc'],
    files: (n) => ({
      'comp.yaml': config('invoices: i.csv', FLAT),
      'i.csv': csv(INVOICES, 10, (at) => `I${at},C1,R1,${turn(at)},${turn(at)},1.${'3'.repeat(n / 100)}`),
    }),
  },
};

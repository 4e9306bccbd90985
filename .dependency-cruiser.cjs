/** Imports run one way, and each package is met in one room only. */
const ROOMS = [
  'src/testing',
  'bin',
  'src/commands',
  'src/evidence',
  'src/(report-page|simulation-page)',
  'src/(reports|workspace|workbook|statement)',
  'src/library',
  'src/charts',
  'src/pages',
  'src/(ledgers|query)',
  'src/mapping',
  'src/book',
  'src/(closing|explain|simulate|lint)',
  'src/engine',
  'src/plans',
  'src/problems',
  'src/formats',
  'src/ledger-specs',
  'src/[^/]+\\.ts$',
];

/** No room imports one that comes before it. */
const oneWay = ROOMS.flatMap((room, index) => {
  const above = ROOMS.slice(0, index);
  if (above.length === 0) return [];
  return [
    {
      name: `one-way-${room}`,
      severity: 'error',
      from: { path: `^${room}`, pathNot: '^src/(index|explain|lint|simulate|payroll|csv)\\.ts$' },
      to: { path: above.map((one) => `^${one}`) },
    },
  ];
});

/** The engine's rooms in the order of the rules: none imports one that comes after it. Files beside the rooms run them. */
const RULES = [
  'r1-words/',
  'r2-ledgers/',
  '(setting|findings)\\.ts$',
  'r3-sales/',
  'r4-rates/',
  'r5-targets/',
  'r6-postings/',
  'r7-pay/',
  'r8-results/',
  'r9-exceptions/',
  'r11-closes/',
  '(working|result)\\.ts$',
  '(open|post)\\.ts$',
  '(calculate|close-of|period-end)\\.ts$',
].map((room) => `^src/engine/${room}`);

const inOrder = RULES.slice(0, -1).map((room, index) => ({
  name: `in-order-${room.slice('^src/engine/'.length)}`,
  severity: 'error',
  from: { path: room },
  to: { path: RULES.slice(index + 1) },
}));

/** Where each package may be imported. */
const HOMES = {
  dayjs: '^src/formats/date-format\\.ts$',
  'csv-parse': '^src/ledgers/read\\.ts$',
  '@duckdb': '^src/query/',
  commander: '^src/commands/',
  echarts: '^src/charts/drawing\\.ts$',
  yaml: '^src/workspace/',
  zod: '^src/(plans/schema|mapping/(schema|map-records)|workspace/(schema|paths|expect)|problems/schema-issues)\\.ts$',
  'fastest-levenshtein': '^src/problems/',
  '(picocolors|string-width)': '^src/reports/',
  '(hucre|fflate)': '^src/workbook/',
  '@noble/hashes': '^src/library/',
  'fast-check': '^src/testing/',
};

const oneHome = Object.entries(HOMES).map(([name, home]) => ({
  name: `one-home-${name}`,
  severity: 'error',
  from: { pathNot: home },
  to: { path: `^node_modules/${name}/` },
}));

module.exports = {
  forbidden: [
    ...oneWay,
    ...inOrder,
    ...oneHome,
    {
      name: 'pure-engine',
      comment:
        'The calculation, and what is made of a close, know no file, clock, environment or terminal: they run in a browser as they are.',
      severity: 'error',
      from: {
        path: '^src/(testing|library|book|closing|explain|simulate|lint|engine|plans|problems|formats|ledger-specs|[^/]+.ts$)',
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-formats-of-files-in-the-engine',
      comment: 'The calculation reads ISO dates and plain decimals only (R2.1): formats end in the mapping.',
      severity: 'error',
      from: { path: '^src/(book|closing|explain|simulate|lint|engine|plans)/' },
      to: { path: '^src/formats/' },
    },
    {
      name: 'no-circles',
      comment: 'Types count like values: what cannot be understood without each other is one thing.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '(\\.d\\.ts|^src/report-page/page\\.js|^src/statement/index\\.js)$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};

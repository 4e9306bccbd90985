// The rooms whose tests are tried with mutants: the share that must be killed, and the tests that run, by parts of their paths.
const RULES = [
  'test/rules/',
  'test/engine/',
  'test/golden',
  'test/laws',
  'test/auditor',
  'test/people',
  'test/regressions',
];

const CLOSES = ['test/closes', 'test/openings', 'test/posting-order', 'test/library', 'test/ageing'];

export const ROOMS = {
  engine: { goal: 95, tests: [...RULES, ...CLOSES] },
  plans: { goal: 95, tests: [...RULES, 'test/schema', 'test/problems', 'test/library'] },
  closing: { goal: 95, tests: ['test/closing/', 'test/closes'] },
  explain: {
    goal: 95,
    tests: ['test/explain', 'test/ageing', 'test/people', 'test/worked', 'test/statement/', 'test/workbook'],
  },
  statement: { goal: 85, tests: ['test/statement', 'test/pages/', 'test/worked'] },
  'report-page': {
    goal: 85,
    tests: ['test/report-page', 'test/report-pay', 'test/report.', 'test/pages/', 'test/worked'],
  },
  workbook: { goal: 85, tests: ['test/workbook', 'test/worked'] },
  reports: {
    goal: 85,
    tests: [
      'test/reports/',
      'test/worked-lists',
      'test/worked-texts',
      'test/widths',
      'test/explain/',
      'test/style',
      'test/summary',
      'test/fold',
      'test/json-text',
      'test/ageing',
      'test/changes',
      'test/payroll-delta',
      'test/closing/variance',
      'test/problems',
      'test/chain',
      'test/init',
      'test/sign-off',
      'test/simulate/command',
      'test/verify',
    ],
  },
};

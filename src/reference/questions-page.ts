/** `docs/lint.md`: every question of `comp lint`, from the catalog, with an example of each. */
import { catalogEntry, FAMILIES, QUESTION_CODES, type QuestionCode, WEIGHTS } from '../lint/catalog.js';
import { QUESTION_EXAMPLES } from './question-examples.js';

const HEAD = `# Questions on plans and ledgers

    comp lint --as-of 2025-12-31
    comp lint --period 2025-Q4 --only tier-jumps --only zero-quota
    comp lint --csv > questions.csv

\`comp lint\` lists what a careful plan designer, a lawyer or a rep would question in \`comp.yaml\` and in the ledgers, and writes nothing. A question is no
fault: \`comp calc\` pays by the terms as they are. Each question has its reason, the key of \`comp.yaml\` with its line, figures from the ledgers up to the
as-of date, and what one may do. The most important come first: *high* is pay that can go wrong or be disputed, *medium* is a design that invites questions, *low*
is most likely a slip.

- \`--only\` shows one kind, and can be repeated. \`--json\` and \`--csv\` have all questions with their figures; the terminal shows 20 of a kind.
- \`--strict\` exits with 3 if there are questions.
- For a threshold at which pay jumps or falls, or a rate does, \`--json\` has the smallest history that shows it: the rows of the ledgers, first without and then with one sale more.
- A question that is answered can be accepted, with the reason, in \`comp.yaml\`: it is counted, and no longer shown.
- Nothing here is legal advice. Where law may matter, the question is for counsel.

\`\`\`yaml
lint:
  accept:
    - { question: clawback-without-advance, plan: ae, reason: 'Plan letter of 2025, section 4' }
    - { question: zero-quota, rep: R7, reason: 'Ramp until June' }
\`\`\`

In the library, \`lint(inputs)\` of \`clawback/lint\` returns the same questions as plain data ([library.md](library.md)). (\`npm run reference\` writes this page
from the catalog of the program; the examples are what the workspaces in \`fixtures/lint\` raise.)`;

/** The page as Markdown. */
export function questionsPage(): string {
  const parts = [HEAD, '## All questions', tableOf(), ...FAMILIES.flatMap(familySections)];
  return `${parts.join('\n\n')}\n`;
}

/** An overview by weight. */
function tableOf(): string {
  const codes = WEIGHTS.flatMap((weight) =>
    QUESTION_CODES.filter((code) => catalogEntry(code).weight === weight),
  );
  const rows = codes.map((code) => {
    const { weight, title } = catalogEntry(code);
    return `| ${weight} | [\`${code}\`](#${code}) | ${title} |`;
  });
  return ['| weight | code | question |', '|---|---|---|', ...rows].join('\n');
}

function familySections({ title, codes }: (typeof FAMILIES)[number]): readonly string[] {
  return [`## ${title}`, ...codes.map(section)];
}

function section(code: QuestionCode): string {
  const { title, asks, why } = catalogEntry(code);
  return [
    `### <a id="${code}"></a>${title} (\`${code}\`)`,
    `Raised if: ${asks}`,
    `Why: ${why}`,
    `> ${QUESTION_EXAMPLES[code]}`,
  ].join('\n\n');
}

/** What tests do with a proposal of `comp init --from`: they answer its questions about plans, which it always asks. */
import { edit } from './folder.js';

/** Fills in the plans of a proposed comp.yaml: level 3, 5%. */
export function answerPlans(dir: string): void {
  edit(dir, 'comp.yaml', (text) =>
    text.replace(/^ {4}# level: "".*$/gm, '    level: 3').replace(/^ {4}# rate: "".*$/gm, '    rate: 5%'),
  );
}

/** What `--json` shows of a proposal, without what it asks about plans. */
export function besidesPlans<
  Found extends {
    readonly stops: readonly string[];
    readonly questions: readonly { readonly key: string }[];
  },
>(found: Found): Found {
  return {
    ...found,
    stops: found.stops.filter((stop) => !/^missing-key +plans\[/.test(stop)),
    questions: found.questions.filter(({ key }) => !key.startsWith('plans[')),
  };
}

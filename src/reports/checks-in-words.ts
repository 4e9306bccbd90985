/** The laws that every run is checked against, in words (R10.1). */
import type { CHECKED_RULES } from '../engine/r8-results/checks.js';

const WORDS: Readonly<Record<(typeof CHECKED_RULES)[number], string>> = {
  'R6.3': 'earned is the sum of its parts',
  'R7.4': 'pay and debt add up to the postings',
  'R8.1': 'every period opens as the one before closed',
};

/** `Checked: earned is the sum of its parts (R6.3), …`. */
export const CHECKS_IN_WORDS = `Checked: ${Object.entries(WORDS)
  .map(([rule, words]) => `${words} (${rule})`)
  .join(' · ')}`;

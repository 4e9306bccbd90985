/** Facts of problems as they are displayed: what is far too long to read is clipped. */

/** Letters; the longest names of files have about as many. */
const MOST = 500;

/** The facts with each long text clipped: a cell of a megabyte has no place in a message. */
export function clipped<Facts>(facts: Facts): Facts;
export function clipped(facts: unknown): unknown {
  if (typeof facts === 'string') return clippedText(facts);
  if (Array.isArray(facts)) return facts.map((item) => clipped(item));
  if (typeof facts !== 'object' || facts === null) return facts;
  return Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, clipped(value)]));
}

function clippedText(text: string): string {
  if (text.length <= MOST) return text;
  // Half of a pair would be no letter.
  const start = text.slice(0, MOST).replace(/[\ud800-\udbff]$/, '');
  return `${start}… (${text.length} letters)`;
}

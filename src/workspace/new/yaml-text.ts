/** Plain data as YAML on one line, quoted wherever a reader might take it for something else. */

/** Words that YAML, of one version or another, takes for true, false or nothing. */
const WORDS = /^(true|false|yes|no|on|off|y|n|null)$/i;
const PLAIN = /^(\.{1,2}\/)*[\p{L}_][\p{L}\p{N}_./-]*( [\p{L}\p{N}_./-]+)*$/u;

/** @example yamlOf({ from: ['Invoice #', 'Date'] }) === '{ from: ["Invoice #", Date] }' */
export function yamlOf(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return textOf(value);
  if (Array.isArray(value)) return `[${value.map(yamlOf).join(', ')}]`;
  const entries = Object.entries(value as Readonly<Record<string, unknown>>);
  if (entries.length === 0) return '{}';
  return `{ ${entries.map(([key, one]) => `${textOf(key)}: ${yamlOf(one)}`).join(', ')} }`;
}

/** JSON's quotes are YAML's too. */
function textOf(text: string): string {
  return PLAIN.test(text) && !WORDS.test(text) ? text : JSON.stringify(text);
}

/** Plain data as YAML on one line, with quotes wherever YAML could read it as something else. */

/** Words that some version of YAML reads as true, false or null. */
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

/** A JSON string is a YAML string too. */
function textOf(text: string): string {
  return PLAIN.test(text) && !WORDS.test(text) ? text : JSON.stringify(text);
}

/** Sealed JSON: text that ends with the hash of everything before, so that a change of the text itself is found. */
import { createHash } from 'node:crypto';

type Fields = Readonly<Record<string, unknown>>;

/** The text of a record with its seal. */
export function sealedText(record: object): string {
  return textOf({ ...record, seal: sealOf(record) });
}

/** Reads sealed text; undefined if any byte of it has changed. */
export function findSealed(bytes: Uint8Array): Fields | undefined {
  const text = Buffer.from(bytes).toString('utf8');
  const { seal, ...record } = findFields(bytes) ?? {};
  return seal === sealOf(record) && text === textOf({ ...record, seal }) ? record : undefined;
}

/** What the text states, whether or not it has changed; undefined if it is no record at all. */
export function findFields(bytes: Uint8Array): Fields | undefined {
  try {
    const found: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return typeof found === 'object' && found !== null && !Array.isArray(found)
      ? (found as Fields)
      : undefined;
  } catch {
    return undefined;
  }
}

function sealOf(record: object): string {
  return createHash('sha256').update(textOf(record)).digest('hex');
}

function textOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Reads comp.yaml: plain values with numbers as the file writes them, and where each key stands. */
import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
} from 'yaml';
import type { Place, TermsPath } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';

export interface ConfigText {
  /** Maps, lists, text, true and false; a number is text unless it is a plain whole one. */
  readonly value: unknown;
  readonly faults: readonly Fault[];
  /** The place of a key, or of the nearest key around it that is there. */
  readonly find: (path: TermsPath) => Place;
}

/** @param file - the file's name for messages */
export function readConfig(file: string, text: string): ConfigText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { kind: 'file', file, line, column: col };
  };
  const faults = document.errors.map(
    (error): Fault => ({ code: 'malformed-yaml', place: placeAt(error.pos[0]), detail: error.message }),
  );
  const root = document.contents;
  return {
    value: plainOf(root, document),
    faults,
    find: (path) => placeAt(offsetOf(root, path)),
  };
}

/** YAML parsers hand out binary fractions, so a number that is not a plain whole one stays text. */
function plainOf(node: unknown, document: Document): unknown {
  const plain = (inner: unknown) => plainOf(inner, document);
  if (isAlias(node)) return plain(node.resolve(document));
  if (isMap(node))
    return Object.fromEntries(node.items.map(({ key, value }) => [String(plain(key)), plain(value)]));
  if (isSeq(node)) return node.items.map(plain);
  if (!isScalar(node)) return undefined;
  if (typeof node.value !== 'number') return node.value;
  const source = node.source ?? String(node.value);
  return /^(0|-?[1-9]\d{0,14})$/.test(source) ? Number(source) : source;
}

function offsetOf(root: ParsedNode | null, path: TermsPath): number {
  let node: unknown = root;
  let offset = 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!isPair(pair)) return offset;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = startOf(node) ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return (node as Node | undefined)?.range?.[0];
}

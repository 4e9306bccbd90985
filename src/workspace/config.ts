/** Reads comp.yaml: plain values with numbers as the file writes them, and where each key stands. */
import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  visit,
} from 'yaml';

import type { Place, TermsPath } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';

/** Aliases beyond this are no way to write a plan. */
const MOST_ALIASES = 1000;

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
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    merge: true,
    logLevel: 'error',
  });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { kind: 'file', file, line, column: col };
  };
  const root = document.contents;
  const faults = document.errors.map(
    (error): Fault => ({ code: 'malformed-yaml', place: placeAt(error.pos[0]), detail: error.message }),
  );
  const { value, detail } = faults.length > 0 ? { value: undefined, detail: undefined } : plainOf(document);
  if (detail !== undefined) faults.push({ code: 'malformed-yaml', place: { kind: 'file', file }, detail });
  return { value, faults, find: (path) => placeAt(offsetOf(root, path)) };
}

/** YAML parsers hand out binary fractions, so a number that is not a plain whole one stays text. */
function plainOf(document: Document.Parsed): { readonly value?: unknown; readonly detail?: string } {
  visit(document, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value !== 'number') return;
      const source = scalar.source ?? String(scalar.value);
      scalar.value = /^(0|-?[1-9]\d{0,14})$/.test(source) ? Number(source) : source;
    },
  });
  try {
    const value = document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown;
    // An alias within what it stands for goes on for ever, which JSON cannot say.
    JSON.stringify(value);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value };
    return { detail: 'The file says no keys with values. Expected currency, ledgers and plans' };
  } catch {
    return {
      detail: 'An alias stands for itself, for nothing, or for too much. Write out what it stands for',
    };
  }
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

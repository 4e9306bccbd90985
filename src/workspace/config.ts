/** Reads comp.yaml: plain values with numbers as the file writes them, and the place of each key. */
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
import { findSlip, type Slip } from './indentation.js';

/** Nobody needs more aliases than this to write a plan. */
const MOST_ALIASES = 1000;

export interface ConfigText {
  /** Maps, lists, text, true and false; a number is text unless it is a plain whole one. */
  readonly value: unknown;
  readonly faults: readonly Fault[];
  /** The place of a key, or of the nearest existing key around it. */
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
  const faults = yamlFaults(file, text, document, placeAt);
  for (const offset of lostKeys(document)) {
    faults.push({ code: 'unknown-key', place: placeAt(offset), key: LOST, nearest: undefined });
  }
  const { value, detail } = faults.length > 0 ? { value: undefined, detail: undefined } : plainOf(document);
  if (detail !== undefined) faults.push({ code: 'malformed-yaml', place: { kind: 'file', file }, detail });
  return { value, faults, find: (path) => placeAt(offsetOf(root, path)) };
}

/** One slip makes a parser stumble several times: only the first time is reported, beside keys that are there twice. */
function yamlFaults(
  file: string,
  text: string,
  { errors }: Document.Parsed,
  placeAt: (offset: number) => Place,
): Fault[] {
  const [first, ...more] = errors;
  if (first === undefined) return [];
  const isTwice = ({ code }: { readonly code: string }) => code === 'DUPLICATE_KEY';
  const structural = errors.find((error) => !isTwice(error));
  const slip = structural === undefined ? undefined : findSlip(text);
  const faultOf = ({ code, message, pos }: typeof first): Fault => ({
    code: 'malformed-yaml',
    place: placeAt(pos[0]),
    detail: ERROR_WORDS[code] ?? message,
  });
  const shown = structural === undefined ? [first, ...more] : errors.slice(0, errors.indexOf(structural) + 1);
  if (slip === undefined) return shown.map(faultOf);
  const place: Place = { kind: 'file', file, line: slip.line, column: slip.found + 1 };
  return [{ code: 'malformed-yaml', place, detail: slipText(slip) }];
}

function slipText({ found, expected }: Slip): string {
  const spaces = (count: number) => (count === 1 ? '1 space' : `${count} spaces`);
  return `This line is indented by ${spaces(found)}, but the lines that it belongs with by ${spaces(expected)}. Indent it like them`;
}

/** The parser's errors, in words for people who write plans. */
const ERROR_WORDS: Readonly<Record<string, string | undefined>> = {
  BAD_ALIAS: 'This alias (*name) has no anchor. Write out the value',
  BAD_DQ_ESCAPE:
    'A backslash in double quotes starts a special character. Write it twice, or use single quotes',
  BAD_INDENT:
    'A bracket or brace opened above is not closed, or the lines inside it are not indented further than its key',
  BAD_SCALAR_START: 'A value cannot start with this character. Put the value in quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'This line has a second colon, or the line below is indented as if it belonged to it. Put a value that contains a colon in quotes',
  DUPLICATE_KEY: 'This key is already in the file. Keep one of the two',
  MISSING_CHAR: 'A quote, bracket or brace opened here or above is not closed',
  MULTILINE_IMPLICIT_KEY: 'A key and its colon must be on one line',
  MULTIPLE_DOCS: 'The file has a second part after ---. Keep one part only',
  TAB_AS_INDENT: 'This line is indented with a tab. Use spaces',
  UNEXPECTED_TOKEN: 'This does not fit after the value before it. Check the indentation and the commas',
};

/** The name of an object's prototype in JavaScript: a key of this name would be lost without warning. */
const LOST = '__proto__';

function lostKeys(document: Document.Parsed): number[] {
  const offsets: number[] = [];
  visit(document, {
    Pair: (_, { key }) => {
      if (isScalar(key) && key.value === LOST) offsets.push(startOf(key) ?? 0);
    },
  });
  return offsets;
}

/** YAML parsers return binary fractions, so a number that is not a plain whole one stays text. */
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
    // An alias inside its own anchor is endless, which JSON rejects.
    JSON.stringify(value);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value };
    return { detail: 'The file has no keys with values. Expected currency, ledgers and plans' };
  } catch {
    return {
      detail: 'An alias refers to itself, to nothing, or to too much. Write out the value',
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

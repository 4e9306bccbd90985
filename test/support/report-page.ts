/** Reads a page as a browser would: its elements, their attributes and texts. */
import { type DefaultTreeAdapterTypes, type ParserError, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
export type Element = DefaultTreeAdapterTypes.Element;

/** The document of a page without a fault in its markup. */
export function parsePage(text: string): Node {
  const faults: string[] = [];
  const onParseError = ({ code, startLine }: ParserError) => faults.push(`${code} in line ${startLine}`);
  const document = parse(text, { sourceCodeLocationInfo: true, onParseError });
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return document;
}

/** The elements below a node, in order. */
export function* elementsIn(node: Node): Iterable<Element> {
  for (const child of 'childNodes' in node ? node.childNodes : []) {
    if ('tagName' in child) yield child;
    yield* elementsIn(child);
  }
}

export function attributeOf({ attrs }: Element, name: string): string | undefined {
  return attrs.find((attribute) => attribute.name === name)?.value;
}

/** The element with an id. */
export function byId(node: Node, id: string): Element {
  for (const element of elementsIn(node)) if (attributeOf(element, 'id') === id) return element;
  throw new Error(`there is no ${id}`);
}

/** The elements of a name below a node. */
export function named(node: Node, tagName: string): Element[] {
  return [...elementsIn(node)].filter((element) => element.tagName === tagName);
}

export function textOf(node: Node): string {
  if ('value' in node) return node.value;
  return ('childNodes' in node ? node.childNodes : []).map(textOf).join('');
}

/** The cells of a table's body or foot, row by row, as they are read out. */
export function cellsOf(table: Element, part: 'tbody' | 'tfoot' = 'tbody'): string[][] {
  return named(table, part).flatMap((one) =>
    named(one, 'tr').map((row) => [...elementsIn(row)].filter(isCell).map(saidIn)),
  );
}

function isCell({ tagName }: Element): boolean {
  return tagName === 'td' || tagName === 'th';
}

/** The text without what is hidden from those who listen. */
function saidIn(node: Node): string {
  if ('value' in node) return node.value;
  if ('attrs' in node && attributeOf(node, 'aria-hidden') === 'true') return '';
  return ('childNodes' in node ? node.childNodes : []).map(saidIn).join('');
}

/** An amount of a page in minor units. */
export function minorIn(text: string): bigint {
  return BigInt(text.replace('\u2212', '-').replace(/[+,.]/g, ''));
}

/** Reads HTML pages as a browser does, for tests: elements, their text, and tables that add up. */

import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { expect } from 'vitest';

export type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.Node;

/** The page's root element; the page must have no fault that a parser would have to mend. */
export function pageOf(text: string): Element {
  const faults: string[] = [];
  const document = parse(text, {
    onParseError: ({ code, startLine }) => faults.push(`${startLine}: ${code}`),
  });
  expect(faults).toEqual([]);
  return document.childNodes.find((node) => node.nodeName === 'html') as Element;
}

/** The elements below one, in order: all, those of a name, or those of a class (`.number`). */
export function allOf(element: Element, name?: string): Element[] {
  return element.childNodes.flatMap((node) => {
    if (!('tagName' in node)) return [];
    const below = allOf(node, name);
    return isOf(node, name) ? [node, ...below] : below;
  });
}

function isOf(element: Element, name: string | undefined): boolean {
  if (name === undefined) return true;
  return name.startsWith('.') ? classesOf(element).includes(name.slice(1)) : element.tagName === name;
}

export function attributeOf(element: Element, name: string): string | undefined {
  return element.attrs.find((attribute) => attribute.name === name)?.value;
}

function classesOf(element: Element): string[] {
  return attributeOf(element, 'class')?.split(' ') ?? [];
}

/** The text of an element as it is read out: what is hidden from that is left out. */
export function textOf(node: Node): string {
  if (node.nodeName === '#text') return (node as DefaultTreeAdapterTypes.TextNode).value;
  if (!('childNodes' in node)) return '';
  if ('tagName' in node && attributeOf(node, 'aria-hidden') === 'true') return '';
  const text = node.childNodes.map(textOf).join('');
  // What stands beside or below something else is a word of its own.
  return ['bdi', 'span', 'a'].includes(node.nodeName) ? text : `${text} `;
}

/** The text of an element, or of a page without its styles, with single spaces. */
export function wordsOf(element: Element): string {
  const [body = element] = allOf(element, 'body');
  return textOf(body).replace(/\s+/g, ' ').trim();
}

/** What stands in a style or a script, letter by letter. */
export function rawOf(element: Element): string {
  return element.childNodes.map((node) => (node as DefaultTreeAdapterTypes.TextNode).value).join('');
}

/** The element with an id. */
export function byId(page: Element, id: string): Element {
  const found = allOf(page).find((element) => attributeOf(element, 'id') === id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
}

/** The cells of a table's body or foot, row by row, as they are read out. */
export function cellsOf(table: Element, part: 'tbody' | 'tfoot' = 'tbody'): string[][] {
  return allOf(table, part).flatMap((one) =>
    allOf(one, 'tr').map((row) =>
      allOf(row)
        .filter(({ tagName }) => tagName === 'td' || tagName === 'th')
        .map((cell) => textOf(cell).trim()),
    ),
  );
}

/** The sections by the ids of their headings. */
export function sectionOf(page: Element, id: string): Element | undefined {
  return allOf(page, 'section').find((section) => attributeOf(section, 'aria-labelledby') === id);
}

/** An amount as a page writes it, in the currency's minor unit. */
export function minorOf(text: string): bigint {
  return BigInt(text.trim().replace(/[,.+]/g, '').replace('\u2212', '-'));
}

/** Every table with a total adds up to it, in its last column, and to the heading of its section where that has one. */
export function expectTablesToAddUp(page: Element): number {
  let tables = 0;
  for (const section of allOf(page, 'section')) {
    for (const table of allOf(section, 'table')) {
      const [foot] = allOf(table, 'tfoot');
      expect(allOf(table, 'caption')).toHaveLength(1);
      if (foot === undefined) continue;
      tables += 1;
      const last = (row: Element) => allOf(row, '.number').at(-1);
      const total = textOf(last(foot) as Element);
      const rows = allOf(table, 'tbody').flatMap((body) => allOf(body, 'tr'));
      const amounts = rows.flatMap((row) => {
        const cell = last(row);
        return cell === undefined ? [] : [minorOf(textOf(cell))];
      });
      expect(amounts.reduce((sum, amount) => sum + amount, 0n)).toBe(minorOf(total));
      const heading = allOf(section, 'h2').flatMap((one) => allOf(one, '.number'))[0];
      if (heading !== undefined) expect(textOf(heading).trim()).toBe(total.trim());
    }
  }
  return tables;
}

/** The tags and the names of attributes that a page has, sorted: what no data may add to. */
export function shapeOf(page: Element): readonly string[] {
  const names = [page, ...allOf(page)].flatMap(({ tagName, attrs }) => [
    tagName,
    ...attrs.map(({ name }) => `${tagName} ${name}`),
  ]);
  return [...new Set(names)].sort();
}

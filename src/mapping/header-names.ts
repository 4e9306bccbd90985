/** Compares the names in a header: exactly, or else regardless of case and spaces. */
import type { Header } from './mapping.js';

/** Where a header row has a name or a position, counted from 0; an exact name comes before a similar one. */
export function findHeader(header: Header, names: readonly string[]): number | undefined {
  if (typeof header === 'number') return header <= names.length ? header - 1 : undefined;
  const exact = names.indexOf(header);
  return exact >= 0 ? exact : bareNamesOf(names).get(bareName(header));
}

export function isAlike(one: string, other: string): boolean {
  return bareName(one) === bareName(other);
}

/** A name without case and spaces. */
export function bareName(name: string): string {
  return name.toLowerCase().replace(/\s+/g, '');
}

/** Where each bare name of a row comes first. Remembered, since rows can have very many cells. */
function bareNamesOf(names: readonly string[]): ReadonlyMap<string, number> {
  let known = bareNames.get(names);
  if (known === undefined) {
    known = new Map(names.map((name, at): [string, number] => [bareName(name), at]).reverse());
    bareNames.set(names, known);
  }
  return known;
}

const bareNames = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

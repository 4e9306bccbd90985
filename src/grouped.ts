/** Groups values by a key, and numbers by a known group in one pass, without comparing them. */

/** The values by their keys, each list in the order of the values, the keys in the order in which they first occur. */
export function groupedBy<Key, Value>(
  values: Iterable<Value>,
  keyOf: (value: Value) => Key,
): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}

/** Where the members of groups lie, those of a group in their own order. */
export interface Grouped {
  /** The members of group `g` have the places from `starts[g]` up to `starts[g + 1]`. */
  readonly starts: Uint32Array;
  /** The place of each member. */
  readonly places: Uint32Array;
}

/**
 * Lays out the numbers below `length` by their groups.
 *
 * @param groupOf - the group of each number: below `groups`
 */
export function grouped(groupOf: ArrayLike<number>, length: number, groups: number): Grouped {
  const starts = new Uint32Array(groups + 1);
  for (let member = 0; member < length; member += 1) {
    const next = (groupOf[member] as number) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let group = 0; group < groups; group += 1) {
    starts[group + 1] = (starts[group + 1] as number) + (starts[group] as number);
  }
  const ends = starts.slice();
  const places = new Uint32Array(length);
  for (let member = 0; member < length; member += 1) {
    const group = groupOf[member] as number;
    const place = ends[group] as number;
    ends[group] = place + 1;
    places[member] = place;
  }
  return { starts, places };
}

/** Turns places by number into numbers by place, or the other way round: there are as many of the one as of the other. */
export function turned(places: Uint32Array): Uint32Array {
  const numbers = new Uint32Array(places.length);
  for (let number = 0; number < places.length; number += 1) numbers[places[number] as number] = number;
  return numbers;
}

/** Lists of any length: as the arguments of one call, a hundred thousand items are more than the stack holds. */

/** The largest of the numbers, or `least` if none is larger. */
export function largestOf(numbers: Iterable<number>, least: number): number {
  let largest = least;
  for (const number of numbers) if (number > largest) largest = number;
  return largest;
}

/** Adds every item of another list to a list. */
export function addAll<Item>(list: Item[], items: Iterable<Item>): void {
  for (const item of items) list.push(item);
}

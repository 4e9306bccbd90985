/** The order of ids: by UTF-16 code unit, in every locale (R2.1). */

/** Negative, 0 or positive as `a` sorts before, with or after `b`. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Choices by weight: how the generators prefer the plain and still reach the odd. */
import fc from 'fast-check';

/** One of several, by weight; a failing case shrinks to the first. */
export function choice<Value>(
  ...weighed: readonly (readonly [number, fc.Arbitrary<Value>])[]
): fc.Arbitrary<Value> {
  const arbitraries = weighed.filter(([weight]) => weight > 0);
  return fc.oneof(
    { withCrossShrink: true },
    ...arbitraries.map(([weight, arbitrary]) => ({ weight, arbitrary })),
  );
}

/** The arbitrary `times` out of `outOf`, the plain value otherwise. */
export function often<Value, Plain>(
  times: number,
  outOf: number,
  arbitrary: fc.Arbitrary<Value>,
  plain: Plain,
): fc.Arbitrary<Value | Plain> {
  return choice<Value | Plain>([outOf - times, fc.constant(plain)], [times, arbitrary]);
}

/** Texts of any characters. fast-check has them too, but takes a second of processor time to list the characters. */
import fc from 'fast-check';

const SURROGATES = { first: 0xd800, behind: 0xe000 };
const LAST = 0x10ffff;

/** Any character: ASCII, beyond it, and beyond what fits into one code unit, as often as each other. */
const character: fc.Arbitrary<string> = fc
  .oneof(
    fc.integer({ min: 0, max: 0x7f }),
    fc.integer({ min: 0x80, max: SURROGATES.first - 1 }),
    fc.integer({ min: SURROGATES.behind, max: LAST }),
  )
  .map((code) => String.fromCodePoint(code));

/** A text of at most so many characters. */
export function anyText(maxLength: number): fc.Arbitrary<string> {
  return fc.array(character, { maxLength }).map((characters) => characters.join(''));
}

/** Lines wider than the screen are broken between words. */
import { describe, expect, test } from 'vitest';
import { folded } from '../src/reports/fold.js';

const columnsOf = (text: string) => text.length;
const lines = (text: string, width: number) => folded(text, width, columnsOf).split('\n');

describe('a line that is too wide', () => {
  test('is broken between words, and goes on further right', () => {
    expect(lines('one two three four', 10)).toEqual(['one two', '  three', '  four']);
    expect(lines('    one two three four', 14)).toEqual(['    one two', '      three', '      four']);
  });

  test('is broken between its parts, which stay together where they fit', () => {
    expect(lines('As of today · USD · two words', 20)).toEqual(['As of today · USD', '  two words']);
    expect(lines('a · much longer than one line', 16)).toEqual(['a · much longer', '  than one line']);
  });

  test('goes on below the last cell of a line of cells, where that leaves room', () => {
    const line = 'Owed  250.00  carried forward, and comes off the next commission';
    expect(lines(line, 50)).toEqual([
      'Owed  250.00  carried forward, and comes off the',
      '              next commission',
    ]);
  });

  test('keeps a word whole that is wider than the screen', () => {
    expect(lines('see /a/very/long/path for it', 12)).toEqual(['see', '  /a/very/long/path', '  for it']);
  });

  test('stays as it is where it fits, where there is no screen, and where only colors are too wide', () => {
    const text = 'one two\n\n  three';
    expect(folded(text, 7, columnsOf)).toBe(text);
    expect(folded('one two three', Number.POSITIVE_INFINITY, columnsOf)).toBe('one two three');
    const colored = '\u001b[31mone two\u001b[39m';
    expect(folded(colored, 7, columnsOf)).toBe(colored);
  });
});

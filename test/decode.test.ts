/** The encodings of ledger files: what their bytes say. */
import { describe, expect, test } from 'vitest';
import { decode } from '../src/ledgers/decode.js';

function textOf(bytes: readonly number[], encoding: 'windows-1252' | 'utf-16le'): string | undefined {
  const { text } = decode('export.csv', Uint8Array.from(bytes), encoding);
  return text && Buffer.from(text).toString('utf8');
}

describe('Windows-1252', () => {
  test('€, quotation marks and umlauts are what they are on Windows, whatever this version of Node makes of them', () => {
    expect(textOf([0x80, 0x8a, 0x93, 0x99, 0x9f, 0xe4, 0xff, 0x41], 'windows-1252')).toBe('€Š“™ŸäÿA');
  });

  test('a byte without a meaning is a fault: the file is in another encoding', () => {
    const { text, fault } = decode('export.csv', Uint8Array.from([0x41, 0x81]), 'windows-1252');
    expect(text).toBeUndefined();
    expect(fault?.code).toBe('wrong-encoding');
  });
});

describe('UTF-16', () => {
  test('is read with and without a byte order mark', () => {
    expect(textOf([0xff, 0xfe, 0x41, 0x00], 'utf-16le')).toBe('A');
    expect(textOf([0x41, 0x00, 0xac, 0x20], 'utf-16le')).toBe('A€');
  });
});

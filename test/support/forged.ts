/** Changes closes and seals them anew, as somebody would who knows how: what no hash shows. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { renewHead } from '../../src/workspace/closes/current-head.js';
import { type CloseRecord, sealed } from '../../src/workspace/closes/record.js';
import { sha256 } from '../../src/workspace/input-file.js';
import { edit } from './folder.js';

/** Changes a file of a close, and seals the record and the head file anew. The copy of an input is changed as its text. */
export async function forge(
  dir: string,
  period: string,
  file: string,
  change: (text: string) => string,
): Promise<void> {
  const path = join(dir, 'closes', period, file);
  const isPacked = file.endsWith('.gz');
  const before = readFileSync(path);
  const text = (isPacked ? gunzipSync(before) : before).toString('utf8');
  const after = change(text);
  expect(after).not.toBe(text);
  const bytes = isPacked ? gzipSync(after) : Buffer.from(after);
  writeFileSync(path, bytes);
  const hashed = <File extends { readonly name: string; readonly sha256: string }>(one: File): File =>
    one.name === file ? { ...one, sha256: sha256(bytes) } : one;
  await forgeRecord(dir, period, (record) => ({
    ...record,
    inputs: record.inputs.map((one) => (one.archived ? { ...one, archived: hashed(one.archived) } : one)),
    files: record.files.map(hashed),
  }));
}

/** Changes the record of a close, and seals it and the head file anew. */
export async function forgeRecord(
  dir: string,
  period: string,
  change: (record: CloseRecord) => CloseRecord,
): Promise<void> {
  edit(join(dir, 'closes', period), 'close.json', (text) => {
    const { seal: _, ...record } = JSON.parse(text) as CloseRecord & { readonly seal: string };
    return sealed(change(record));
  });
  await renewHead(join(dir, 'closes'));
}

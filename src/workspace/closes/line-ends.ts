/** Line ends that git has changed: git for Windows writes CR LF, unless a folder has attributes that forbid it. */

/** What a file was before git changed its line ends. */
export function withLineFeeds(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return text.includes('\r\n') ? Buffer.from(text.replaceAll('\r\n', '\n'), 'latin1') : bytes;
}

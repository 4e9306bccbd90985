/** Bytes that grow where they are: nothing is copied while rows come, and nothing is left for the garbage collector. */

/** So many bytes are added at a time, and reserved at first. */
const [STEP, RESERVED] = [2 ** 20, 2 ** 28];

export class GrowingBytes {
  #buffer = new ArrayBuffer(STEP, { maxByteLength: RESERVED });
  /** A view of all bytes, which grows with them. */
  view = new DataView(this.#buffer);
  bytes = new Uint8Array(this.#buffer);

  /** Makes room for so many bytes in all. */
  reserve(length: number): void {
    const buffer = this.#buffer;
    if (length <= buffer.byteLength) return;
    const room = Math.ceil(length / STEP) * STEP;
    if (room <= buffer.maxByteLength) {
      buffer.resize(room);
      return;
    }
    this.#buffer = new ArrayBuffer(room, { maxByteLength: 4 * Math.max(room, buffer.maxByteLength) });
    const before = this.bytes;
    this.bytes = new Uint8Array(this.#buffer);
    this.bytes.set(before);
    this.view = new DataView(this.#buffer);
    buffer.resize(0);
  }

  /** The first bytes in a buffer of their own; the others are given back, and these bytes end. */
  take(length: number): ArrayBuffer {
    const own = new ArrayBuffer(length);
    new Uint8Array(own).set(this.bytes.subarray(0, length));
    this.#buffer.resize(0);
    return own;
  }
}

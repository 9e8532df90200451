/** Bytes that arrive in pieces of any size, read in pieces of the protocol's size. */
export class ByteReader {
  #bytes: Buffer = Buffer.alloc(0);

  push(bytes: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes]);
  }

  peek(): number | undefined {
    return this.#bytes[0];
  }

  /** The next bytes without taking them, or nothing while they have not all arrived. */
  look(length: number): Buffer | undefined {
    return this.#bytes.length < length ? undefined : this.#bytes.subarray(0, length);
  }

  take(length: number): Buffer | undefined {
    const bytes = this.look(length);
    if (bytes) this.#bytes = this.#bytes.subarray(length);
    return bytes;
  }
}

/**
 * Cuts a stream of bytes into messages, each of which comes with its length, in 32 bits, before it. A large message comes in
 * thousands of chunks: they are put together once, when all are there.
 */
export class MessageSplitter {
  #chunks: Buffer[] = [];
  #bytes = 0;

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
  }

  /** What the next message says that it is long; undefined until that is there. */
  nextLength(): number | undefined {
    if (this.#bytes < 4) return undefined;
    if ((this.#chunks[0]?.length ?? 0) >= 4) return this.#chunks[0]?.readInt32BE();
    return this.#joined().readInt32BE();
  }

  /** The next message without its length; undefined until all of it is there. */
  next(): Buffer | undefined {
    const length = this.nextLength();
    if (length === undefined || this.#bytes < 4 + length) return undefined;
    const all = this.#joined();
    this.#chunks = [all.subarray(4 + length)];
    this.#bytes -= 4 + length;
    return all.subarray(4, 4 + length);
  }

  #joined(): Buffer {
    const [first, ...others] = this.#chunks;
    const all = first !== undefined && others.length === 0 ? first : Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }
}

import { Duplex } from 'node:stream';

/** A connection whose other end is a function that sees what is written and says what comes back. */
export class FakeStream extends Duplex {
  readonly #onWrite: (bytes: Buffer, stream: FakeStream) => void;

  constructor(onWrite: (bytes: Buffer, stream: FakeStream) => void) {
    super({ allowHalfOpen: false });
    this.#onWrite = onWrite;
    setImmediate(() => this.emit('connect'));
  }

  say(...bytes: (Buffer | string)[]): void {
    for (const chunk of bytes) this.push(chunk);
  }

  hangUp(): void {
    this.push(null);
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: () => void): void {
    this.#onWrite(chunk, this);
    callback();
  }
}

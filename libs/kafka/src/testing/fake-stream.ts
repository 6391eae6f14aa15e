import { Duplex } from 'node:stream';

/** A connection whose other end is a function that sees what is written and says what comes back. */
export class FakeStream extends Duplex {
  readonly #onWrite: (bytes: Buffer, stream: FakeStream) => void;

  constructor(onWrite: (bytes: Buffer, stream: FakeStream) => void) {
    super({ allowHalfOpen: false });
    this.#onWrite = onWrite;
    setImmediate(() => this.emit('connect'));
  }

  say(...chunks: readonly (Buffer | string)[]): void {
    for (const chunk of chunks) if (!this.destroyed) this.push(chunk);
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

/** A connection that is refused. */
export function aRefusedStream(): Duplex {
  const stream = new Duplex({ read() {}, write: (_chunk, _encoding, callback) => callback() });
  setImmediate(() => stream.destroy(new Error('connect ECONNREFUSED')));
  return stream;
}

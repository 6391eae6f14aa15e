import net from 'node:net';
import { MessageSplitter } from '@kafka-ha/kafka-protocol';
import type { Request } from './requests.ts';

/** No answer came. `arrived`: whether the broker may have read the request all the same. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly arrived: boolean;

  constructor(message: string, arrived: boolean) {
    super(message);
    this.arrived = arrived;
  }
}

type Waiting = { resolve: (data: Buffer) => void; reject: (error: NoAnswer) => void };

/** One TCP connection to one broker. It is given up as a whole on the first request without an answer, as in Java. */
export class Connection {
  readonly #socket: net.Socket;
  readonly #clientId: string;
  readonly #waiting = new Map<number, Waiting>();
  readonly #received = new MessageSplitter();
  #nextId = 1;
  #broken: string | null = null;

  private constructor(socket: net.Socket, clientId: string) {
    this.#socket = socket;
    this.#clientId = clientId;
    socket.on('data', (chunk) => this.#receive(chunk));
    socket.on('error', (error) => this.close(error.message));
    socket.on('close', () => this.close('the broker closed the connection'));
  }

  static async open(address: string, { clientId, timeoutMs }: { clientId: string; timeoutMs: number }) {
    const [host = '', port = ''] = address.split(/:(?=\d+$)/);
    const socket = net.connect({ host, port: Number(port), noDelay: true, keepAlive: true });
    const opened = new Promise<Connection>((resolve, reject) => {
      const fail = (message: string) => reject(new NoAnswer(`${address}: ${message}`, false));
      socket.once('connect', () => resolve(new Connection(socket, clientId)));
      socket.once('error', (error) => fail(error.message));
      socket.setTimeout(timeoutMs, () => {
        fail(`no connection within ${timeoutMs} ms`);
        socket.destroy();
      });
    });
    const connection = await opened;
    socket.setTimeout(0);
    return connection;
  }

  get broken(): boolean {
    return this.#broken !== null;
  }

  /** @throws NoAnswer when the connection breaks or nothing came within `timeoutMs` */
  async send<T>(request: Request<T>, timeoutMs: number): Promise<T> {
    const id = this.#nextId;
    this.#nextId += 1;
    const data = request.encode(id, this.#clientId);
    if (this.#broken !== null) throw new NoAnswer(this.#broken, false);
    const timer = setTimeout(
      () => this.close(`no answer to ${request.api} within ${timeoutMs} ms`),
      timeoutMs,
    );
    try {
      const answer = await new Promise<Buffer>((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject });
        this.#socket.write(data);
      });
      return request.decode(answer);
    } finally {
      clearTimeout(timer);
    }
  }

  close(reason = 'closed'): void {
    if (this.#broken !== null) return;
    this.#broken = reason;
    this.#socket.destroy();
    for (const { reject } of this.#waiting.values()) reject(new NoAnswer(reason, true));
    this.#waiting.clear();
  }

  /** An answer begins with the request's id. */
  #receive(chunk: Buffer): void {
    this.#received.push(chunk);
    for (let answer = this.#received.next(); answer; answer = this.#received.next()) {
      if (answer.length < 4) return this.close('the server there is not a Kafka broker');
      const id = answer.readInt32BE();
      this.#waiting.get(id)?.resolve(answer.subarray(4));
      this.#waiting.delete(id);
    }
  }
}

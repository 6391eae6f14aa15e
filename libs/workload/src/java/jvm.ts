import net from 'node:net';
import { createInterface } from 'node:readline';

/** What the JVM tells unasked, of a consumer. `epoch`: -1 where the leader's is not known. */
export type Heard =
  | { kind: 'joined'; member: number; generation: number; partitions: number[] }
  | { kind: 'read'; member: number; partition: number; offset: number; epoch: number; value: Buffer };

type Waiting = { resolve: (words: string[]) => void; reject: (error: Error) => void };

/** The connection to the JVM that runs beside the load; `java/Session.java` has its lines. */
export class Jvm {
  readonly #socket: net.Socket;
  readonly #waiting = new Map<string, Waiting>();
  readonly #onHeard: (heard: Heard) => void;
  #nextId = 1;
  #ended: string | null = null;

  private constructor(socket: net.Socket, onHeard: (heard: Heard) => void) {
    this.#socket = socket;
    this.#onHeard = onHeard;
    createInterface({ input: socket }).on('line', (line) => this.#hear(line.split(' ')));
    socket.on('error', (error) => this.#end(error.message));
    socket.on('close', () => this.#end('the JVM has ended'));
  }

  /** @throws Error where it does not listen, as before it has started */
  static async connect(port: number, onHeard: (heard: Heard) => void): Promise<Jvm> {
    const socket = net.connect({ host: '127.0.0.1', port, noDelay: true });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', (error) => reject(new Error(`no JVM beside the load: ${error.message}`)));
    });
    return new Jvm(socket, onHeard);
  }

  /** Gives the words of the answer. @throws Error with the reason where it failed, or the JVM ends before */
  async ask(...command: (string | number)[]): Promise<string[]> {
    if (this.#ended !== null) throw new Error(this.#ended);
    const id = String(this.#nextId);
    this.#nextId += 1;
    const answer = new Promise<string[]>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#socket.write(`${[id, ...command].join(' ')}\n`);
    return answer;
  }

  /** The JVM ends with it. */
  close(): void {
    this.#end('closed');
  }

  #hear([kind, ...words]: string[]): void {
    if (kind === 'done' || kind === 'failed') {
      const [id = '', ...answer] = words;
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (kind === 'done') waiting?.resolve(answer);
      else waiting?.reject(new Error(answer.join(' ')));
    } else if (kind === 'joined') {
      const [member, generation, partitions = ''] = words;
      this.#onHeard({
        kind,
        member: Number(member),
        generation: Number(generation),
        partitions: partitions === '' ? [] : partitions.split(',').map(Number),
      });
    } else if (kind === 'read') {
      const [member, partition, offset, epoch, value = ''] = words;
      this.#onHeard({
        kind,
        member: Number(member),
        partition: Number(partition),
        offset: Number(offset),
        epoch: Number(epoch),
        value: Buffer.from(value, 'base64'),
      });
    }
  }

  #end(reason: string): void {
    this.#ended ??= reason;
    this.#socket.destroy();
    for (const { reject } of this.#waiting.values()) reject(new Error(this.#ended));
    this.#waiting.clear();
  }
}

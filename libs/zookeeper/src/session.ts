import type { Duplex } from 'node:stream';
import { abortedError, messageOf, type KafkaHaError } from '@kafka-ha/base';
import { MessageSplitter } from '@kafka-ha/kafka-protocol';
import { type Address, type Dial, unreachable } from './dial.ts';
import { type Cursor, encodeInt, readString } from './jute.ts';
import {
  decodeConnectResponse,
  decodeReply,
  encodeConnectRequest,
  encodeDeleteRequest,
  encodePathRequest,
  encodeRequest,
  encodeSyncRequest,
  errorName,
  NO_NODE,
  OPERATION,
  readChildren,
  readData,
  readStat,
  readWatchEvent,
  type Stat,
  type WatchEvent,
  XID,
} from './messages.ts';

export type SessionOptions = {
  /** Ends the session; whatever waits throws `aborted`. */
  signal: AbortSignal;
  /** For the handshake with one server, and for every answer. */
  timeoutMs?: number;
};

/** What a watched node did next, or `lost`: the connection ended first, so nobody will tell. */
export type Change = WatchEvent['kind'] | 'lost';

/** As long as a broker's own; nothing depends on it, for this session owns nothing. */
const SESSION_TIMEOUT_MS = 6_000;
/** `jute.maxbuffer` is 1 MB; a list of children may be longer. */
const LARGEST_ANSWER_BYTES = 16 * 1024 * 1024;
/** Requests count from 1. */
const HANDSHAKE = 0;

type Pending = { resolve: (message: Buffer) => void; reject: (error: KafkaHaError) => void };

/**
 * Reads what Kafka keeps in ZooKeeper, and deletes what a migration leaves there. It stays with the server that it began with: when that one goes away every call
 * throws `zookeeper-unreachable`, and a new session is to be opened. A follower may answer a moment behind the leader.
 */
export class ZooKeeperSession {
  readonly address: Address;
  readonly #stream: Duplex;
  readonly #signal: AbortSignal;
  readonly #timeoutMs: number;
  readonly #pending = new Map<number, Pending>();
  readonly #watches = new Map<string, ((change: Change) => void)[]>();
  readonly #received = new MessageSplitter();
  #lastXid = HANDSHAKE;
  #greeted = false;
  #ended: KafkaHaError | undefined;
  #pinging: NodeJS.Timeout | undefined;

  private constructor(address: Address, stream: Duplex, { signal, timeoutMs = 5_000 }: SessionOptions) {
    this.address = address;
    this.#stream = stream;
    this.#signal = signal;
    this.#timeoutMs = timeoutMs;
    stream.on('data', (chunk: Buffer) => this.#onData(chunk));
    stream.on('error', (error) => this.#end(unreachable(address, messageOf(error), error)));
    stream.on('end', () => this.#end(unreachable(address, 'it closed the connection')));
    stream.on('close', () => this.#end(unreachable(address, 'the connection is closed')));
    signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  static async open(dial: Dial, address: Address, options: SessionOptions): Promise<ZooKeeperSession> {
    if (options.signal.aborted) throw abortedError(options.signal);
    const session = new ZooKeeperSession(address, dial(address), options);
    const greeting = await session.#send(
      HANDSHAKE,
      'the handshake',
      encodeConnectRequest(SESSION_TIMEOUT_MS),
    );
    const { sessionTimeoutMs } = decodeConnectResponse(greeting);
    session.#pinging = setInterval(() => session.#ping(), sessionTimeoutMs / 3);
    return session;
  }

  /**
   * Has the server catch up with the leader: what is read afterwards is as new as this call. A server that has lost the others
   * cannot, and is not believed.
   */
  async sync(path: string): Promise<void> {
    await this.#read(OPERATION.sync, encodeSyncRequest(path), `sync ${path}`, readString);
  }

  /** Null where there is no such node. */
  async exists(path: string): Promise<Stat | null> {
    return this.#read(OPERATION.exists, encodePathRequest(path, false), `exists ${path}`, readStat);
  }

  /** As `exists`, with what happens to the node next: it is created, changed or deleted. Never rejects. */
  async watchExists(path: string): Promise<{ stat: Stat | null; next: Promise<Change> }> {
    // Listening starts before asking: the answer and the event may come in one piece.
    const next = new Promise<Change>((resolve) => {
      this.#watches.set(path, [...(this.#watches.get(path) ?? []), resolve]);
    });
    const stat = await this.#read(
      OPERATION.exists,
      encodePathRequest(path, true),
      `exists ${path}`,
      readStat,
    );
    return { stat, next };
  }

  /** Null where there is no such node. */
  async getData(path: string): Promise<{ data: Buffer; stat: Stat } | null> {
    return this.#read(OPERATION.getData, encodePathRequest(path, false), `getData ${path}`, readData);
  }

  /** Names, sorted; null where there is no such node. */
  async getChildren(path: string): Promise<string[] | null> {
    return this.#read(
      OPERATION.getChildren,
      encodePathRequest(path, false),
      `getChildren ${path}`,
      readChildren,
    );
  }

  /**
   * Deletes a node without children; one that is not there is as good. Nothing in a session keeps two operations apart: call the
   * fence of the cluster's lease right before.
   */
  async delete(path: string): Promise<void> {
    await this.#read(OPERATION.delete, encodeDeleteRequest(path), `delete ${path}`, () => undefined);
  }

  /** Tells the server, so that it need not wait for the session's time to run out. */
  async close(): Promise<void> {
    if (this.#ended === undefined) {
      const xid = ++this.#lastXid;
      await this.#send(xid, 'closeSession', encodeRequest(xid, OPERATION.closeSession)).catch(
        () => undefined,
      );
    }
    this.#end(unreachable(this.address, 'the session was closed'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #read<T>(
    operation: number,
    body: Buffer,
    what: string,
    decode: (body: Cursor) => T,
  ): Promise<T | null> {
    const xid = ++this.#lastXid;
    const reply = decodeReply(await this.#send(xid, what, encodeRequest(xid, operation, body)));
    if (reply.errorCode === 0) return decode(reply.body);
    if (reply.errorCode === NO_NODE) return null;
    throw unreachable(this.address, `${what}: ${errorName(reply.errorCode)}`);
  }

  #ping(): void {
    // All pings have one number, so one at a time. One that is not answered ends the session, which is all of its use.
    if (this.#pending.has(XID.ping)) return;
    this.#send(XID.ping, 'ping', encodeRequest(XID.ping, OPERATION.ping)).catch(() => undefined);
  }

  async #send(xid: number, what: string, message: Buffer): Promise<Buffer> {
    if (this.#ended !== undefined) throw this.#ended;
    const late = () =>
      this.#end(unreachable(this.address, `no answer to ${what} within ${this.#timeoutMs} ms`));
    const timer = setTimeout(late, this.#timeoutMs);
    try {
      return await new Promise<Buffer>((resolve, reject) => {
        this.#pending.set(xid, { resolve, reject });
        this.#stream.write(Buffer.concat([encodeInt(message.length), message]));
      });
    } finally {
      clearTimeout(timer);
    }
  }

  #onData(chunk: Buffer): void {
    this.#received.push(chunk);
    for (;;) {
      const length = this.#received.nextLength() ?? 4;
      if (length < 4 || length > LARGEST_ANSWER_BYTES) {
        return this.#end(unreachable(this.address, 'the server there is not ZooKeeper'));
      }
      const message = this.#received.next();
      if (message === undefined) return;
      this.#onMessage(message);
    }
  }

  #onMessage(message: Buffer): void {
    const xid = this.#greeted ? message.readInt32BE() : HANDSHAKE;
    this.#greeted = true;
    if (xid === XID.watchEvent) return this.#onWatchEvent(message);
    this.#pending.get(xid)?.resolve(message);
    this.#pending.delete(xid);
  }

  #onWatchEvent(message: Buffer): void {
    const event = readWatchEvent(decodeReply(message).body);
    if (event === undefined) return;
    const listeners = this.#watches.get(event.path) ?? [];
    this.#watches.delete(event.path);
    for (const tell of listeners) tell(event.kind);
  }

  readonly #onAbort = (): void => this.#end(abortedError(this.#signal));

  #end(why: KafkaHaError): void {
    if (this.#ended !== undefined) return;
    this.#ended = why;
    this.#signal.removeEventListener('abort', this.#onAbort);
    clearInterval(this.#pinging);
    for (const { reject } of this.#pending.values()) reject(why);
    for (const tell of [...this.#watches.values()].flat()) tell('lost');
    this.#pending.clear();
    this.#watches.clear();
    this.#stream.destroy();
  }
}

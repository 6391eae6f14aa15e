import { Duplex } from 'node:stream';
import { abortedError, KafkaHaError, messageOf } from '@kafka-ha/base';
import type { RawData, WebSocket } from 'ws';
import type { Kube } from './open-kube.ts';
import { openWebSocket } from './open-web-socket.ts';

export type TunnelOptions = {
  namespace: string;
  pod: string;
  port: number;
  signal?: AbortSignal;
  /** For the opening alone. */
  timeoutMs?: number;
};

/** A TLS handshake, the way to the node's kubelet, and time to spare. */
const openWithinMs = 10_000;

/**
 * A TCP connection to a port of a pod, through the API server's port-forward: all that is needed is a way to the API
 * server. Returned at once; it emits `connect` when it is open, and what is written before is sent then. When the pod closes, it
 * ends; when anything breaks, it is destroyed with a KafkaHaError. `end()` closes both ways: port-forward has no half-close.
 */
export function openTunnel(kube: Kube, options: TunnelOptions): Duplex {
  return new Tunnel(kube, options);
}

const dataChannel = 0;
const errorChannel = 1;

class Tunnel extends Duplex {
  readonly #kube: Kube;
  readonly #options: TunnelOptions;
  readonly #opening = new AbortController();
  readonly #onAbort = () => void this.destroy(abortedError(this.#options.signal));
  /** Channels whose first message, the port's number, is still to come. */
  readonly #unannounced = new Set([dataChannel, errorChannel]);
  #socket: WebSocket | undefined;

  constructor(kube: Kube, options: TunnelOptions) {
    super({ allowHalfOpen: false });
    this.#kube = kube;
    this.#options = options;
    options.signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (options.signal?.aborted) this.#onAbort();
  }

  get #target(): string {
    const { namespace, pod, port } = this.#options;
    return `port ${port} of pod ${namespace}/${pod}`;
  }

  override _construct(callback: (error?: Error) => void): void {
    const { namespace, pod, port, timeoutMs = openWithinMs } = this.#options;
    openWebSocket(this.#kube, {
      path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/portforward`,
      query: { ports: port },
      protocols: ['v4.channel.k8s.io'],
      what: `connect to ${this.#target}`,
      timeoutMs,
      signal: this.#opening.signal,
    }).then(
      (socket) => {
        this.#listen(socket);
        callback();
        this.emit('connect');
      },
      // Destroyed while opening: that error, if any, is the one to tell.
      (error: Error) => (this.#opening.signal.aborted ? callback() : callback(error)),
    );
  }

  #listen(socket: WebSocket): void {
    this.#socket = socket;
    socket.on('message', (data) => this.#receive(data));
    socket.on('error', (error) => this.#break(messageOf(error), error));
    socket.on('close', (code) => {
      if (code === 1006 && !this.writableEnded) this.#break('it was cut off on the way');
      else this.#finishReading();
    });
    socket.resume();
  }

  /** As net.Socket does it: with nothing left to read the end is told even where nobody reads. */
  #finishReading(): void {
    this.push(null);
    this.read(0);
  }

  #break(why: string, cause?: unknown): void {
    this.destroy(broken(this.#target, why, cause));
  }

  #receive(data: RawData): void {
    const message = data as Buffer;
    const channel = message[0] ?? errorChannel;
    const payload = message.subarray(this.#unannounced.delete(channel) ? 3 : 1);
    if (payload.length === 0 || this.destroyed) return;
    if (channel === errorChannel) this.destroy(refusedByPod(this.#target, payload.toString()));
    else if (!this.push(payload)) this.#socket?.pause();
  }

  override _read(): void {
    this.#socket?.resume();
  }

  /** Done when the kernel has it: a slow pod makes `write()` return false. */
  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error) => void): void {
    this.#socket?.send(Buffer.concat([Buffer.of(dataChannel), chunk]), (error) =>
      callback(error ? broken(this.#target, 'the other side closed it', error) : undefined),
    );
  }

  override _final(callback: () => void): void {
    this.#socket?.close();
    callback();
  }

  override destroy(error?: Error): this {
    this.#opening.abort();
    return super.destroy(error);
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    // After end() the closing handshake is under way, which tells the pod that nothing is missing.
    if (error !== null || !this.writableFinished) this.#socket?.terminate();
    callback(error);
  }
}

function broken(target: string, why: string, cause?: unknown): KafkaHaError {
  return new KafkaHaError('kubernetes-unreachable', `The connection to ${target} broke: ${why}.`, { cause });
}

/** The kubelet tells why it could not connect, at length: the last words are what matters. */
function refusedByPod(target: string, told: string): KafkaHaError {
  const line = told.trim().replace(/\s+/g, ' ');
  const reason = /connection refused|no such pod|container not running|i\/o timeout|reset by peer/.exec(
    line,
  )?.[0];
  return new KafkaHaError('kubernetes-refused', `Cannot connect to ${target}: ${reason ?? line}.`, {
    details: reason === undefined ? [] : [line],
  });
}

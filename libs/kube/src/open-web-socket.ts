import { text } from 'node:stream/consumers';
import { isKafkaHaError, messageOf, throwIfAborted } from '@kafka-ha/base';
import { WebSocket } from 'ws';
import { connectionOptions } from './connection-options.ts';
import type { Fence, Kube } from './open-kube.ts';
import { refusal } from './refusal.ts';
import { sendWhenHeld } from './send-when-held.ts';
import { urlOf, type Query } from './send-request.ts';
import { unreachable } from './unreachable.ts';

export type WebSocketCall = {
  path: string;
  query: Query;
  /** In the order of preference. */
  protocols: readonly string[];
  /** An infinitive for messages: `open a tunnel to pod kafka/events-0`. */
  what: string;
  /** For the opening alone. */
  timeoutMs: number;
  signal?: AbortSignal;
  /** Asked right before the request for it leaves. */
  fence?: Fence;
  onSent?: () => void;
};

/** Half of the idle time after which the usual cloud load balancers drop a connection, 60 s (AWS ELB). */
const pingEveryMs = 30_000;

/** How long the other side may take to answer our close, in milliseconds. @types/ws does not know it yet. */
const closing = { closeTimeout: 2000 };

/**
 * Opens a WebSocket to the API server, as exec and port-forward use it. It comes paused, so that no message is lost before
 * somebody listens: add the listeners, `error` among them, and call `resume()`.
 *
 * @throws KafkaHaError `kubernetes-unreachable`, `aborted`, or what the API server's refusal means.
 */
export async function openWebSocket(kube: Kube, call: WebSocketCall): Promise<WebSocket> {
  const { what, signal, fence, onSent = () => undefined } = call;
  throwIfAborted(signal);
  const options = await connectionOptions(kube, signal);
  const url = urlOf(kube.server.replace(/^http/, 'ws'), call.path, call.query);
  const socket = new WebSocket(url, [...call.protocols], {
    ...options,
    // A kept connection may be dead without our knowing, and a WebSocket is not tried again.
    agent: options.agent === kube.agent ? false : options.agent,
    handshakeTimeout: call.timeoutMs,
    perMessageDeflate: false,
    finishRequest: (request) => {
      const send = () => {
        onSent();
        request.end();
      };
      if (fence === undefined) send();
      else void sendWhenHeld(request, fence, send);
    },
    ...closing,
  });
  const abort = () => socket.terminate();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await opened(socket, kube, what);
  } catch (error) {
    throwIfAborted(signal);
    throw isKafkaHaError(error) ? error : unreachable(kube, what, reasonOf(error), error);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
  keepAlive(socket);
  return socket;
}

function opened(socket: WebSocket, kube: Kube, what: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => {
      socket.pause();
      resolve();
    });
    // Stays: an error event without a listener ends the process.
    socket.on('error', reject);
    socket.once('unexpected-response', (_request, response) => {
      const status = response.statusCode ?? 0;
      text(response).then(
        (body) => reject(refusal({ what, context: kube.context, status, text: body })),
        reject,
      );
    });
  });
}

function keepAlive(socket: WebSocket): void {
  const timer = setInterval(() => socket.readyState === WebSocket.OPEN && socket.ping(), pingEveryMs).unref();
  socket.once('close', () => clearInterval(timer));
}

function reasonOf(error: unknown): string {
  return (error as { code?: string }).code ?? messageOf(error);
}

import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { fakeClock, type FakeClock } from '@kafka-ha/base/testing';
import { WebSocketServer, type WebSocket } from 'ws';
import { withoutLease, type FencedKube } from '../fence.ts';
import { openKube } from '../open-kube.ts';

export type Received = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: http.IncomingHttpHeaders;
  body: unknown;
};

export type Reply =
  | { status?: number; headers?: Record<string, string>; json: unknown }
  | { status?: number; headers?: Record<string, string>; text: string }
  /** The connection is cut without an answer. */
  | 'reset'
  /** No answer ever comes. */
  | 'silence';

export type FakeApiServer = AsyncDisposable & {
  kube: FencedKube;
  server: http.Server;
  received: Received[];
  clock: FakeClock;
};

/** An HTTP server on the loopback that answers as told: for what a real API server does not do on demand. */
export async function fakeApiServer(
  answer: (request: Received) => Reply = () => aStatus(404, 'not found'),
): Promise<FakeApiServer> {
  const received: Received[] = [];
  const server = http.createServer((request, response) => {
    void readAll(request).then((text) => {
      const url = new URL(request.url ?? '/', 'http://fake');
      const call: Received = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body: text === '' ? undefined : JSON.parse(text),
      };
      received.push(call);
      const reply = answer(call);
      if (reply === 'silence') return;
      if (reply === 'reset') return void request.socket.resetAndDestroy();
      const isJson = 'json' in reply;
      const type = isJson ? 'application/json' : 'text/plain';
      response.writeHead(reply.status ?? 200, { 'content-type': type, ...reply.headers });
      response.end(isJson ? JSON.stringify(reply.json) : reply.text);
    });
  });
  // Upgraded connections are no longer the server's own: it would not close them.
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const clock = fakeClock();
  const kubeconfigText = aKubeconfig({ server: `http://127.0.0.1:${port}` });
  const kube = withoutLease('a test', openKube({ kubeconfigText }, clock));
  const close = async () => {
    kube.agent.destroy();
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  };
  return { kube, server, received, clock, [Symbol.asyncDispose]: close };
}

export function aKubeconfig({ server = 'https://127.0.0.1:6443', context = 'test' } = {}): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context,
    // client-node takes plain HTTP only where TLS is not verified anyway.
    clusters: [{ name: 'test', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'test', user: { token: 'secret-token' } }],
    contexts: [{ name: context, context: { cluster: 'test', user: 'test', namespace: 'kafka' } }],
  });
}

export function aStatus(code: number, message: string, rest: Record<string, unknown> = {}): Reply {
  return {
    status: code,
    json: { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, message, ...rest },
  };
}

async function readAll(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Lets the fake server accept WebSockets, as exec and port-forward use them. Closed with the server. */
export function acceptWebSockets(fake: FakeApiServer, accept: (socket: WebSocket, url: URL) => void): void {
  const sockets = new WebSocketServer({ noServer: true });
  fake.server.on('upgrade', (request, stream: Duplex, head) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    sockets.handleUpgrade(request, stream, head, (socket) => accept(socket, url));
  });
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export type RecordedCall = { method: string; path: string; body: unknown; authorization: string };

export type FakeGitHub = AsyncDisposable & {
  url: string;
  calls: RecordedCall[];
  comments: { id: number; body: string }[];
};

/**
 * The calls for comments on issues and pull requests, over HTTP on this machine: GitHub itself cannot be reached in
 * tests. It refuses any token but the one given, as GitHub does.
 */
export async function fakeGitHub(
  options: { token?: string; comments?: string[]; port?: number } = {},
): Promise<FakeGitHub> {
  const comments = (options.comments ?? []).map((body, id) => ({ id, body }));
  const calls: RecordedCall[] = [];
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    comments,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
    const body = method === 'GET' ? undefined : ((await json(request)) as { body: string });
    const authorization = request.headers.authorization ?? '';
    calls.push({ method, path: pathname, body, authorization });
    const reply = (status: number, value: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    if (options.token !== undefined && authorization !== `Bearer ${options.token}`)
      return reply(403, { message: 'Resource not accessible by integration' });
    if (method === 'GET' && /\/issues\/\d+\/comments$/.test(pathname)) {
      const perPage = Number(searchParams.get('per_page') ?? 30);
      const page = Number(searchParams.get('page') ?? 1);
      return reply(200, comments.slice((page - 1) * perPage, page * perPage));
    }
    if (method === 'POST' && body !== undefined && /\/issues\/\d+\/comments$/.test(pathname)) {
      const comment = { id: comments.length, body: body.body };
      comments.push(comment);
      return reply(201, comment);
    }
    const edited = comments[Number(/\/issues\/comments\/(\d+)$/.exec(pathname)?.[1])];
    if (method === 'PATCH' && body !== undefined && edited !== undefined) {
      edited.body = body.body;
      return reply(200, edited);
    }
    return reply(404, { message: 'Not Found' });
  }
}

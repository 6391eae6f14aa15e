import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export type RecordedCall = {
  method: string;
  path: string;
  body: Record<string, unknown>;
  authorization: string;
};

export type FakeGitHub = AsyncDisposable & {
  url: string;
  calls: RecordedCall[];
  comments: Comment[];
  issues: Issue[];
};

type User = { login: string };
type Comment = { id: number; body: string; user: User };
type Issue = {
  number: number;
  state: string;
  title: string;
  body: string;
  labels: string[];
  user: User;
};

/** Who writes with the token, and who writes else. */
const own = { login: 'github-actions[bot]' };
const somebody = { login: 'octocat' };

/**
 * The calls for issues, for comments on issues and pull requests, and for files, over HTTP on this machine: GitHub itself
 * cannot be reached in tests. It refuses any token but the one given, as GitHub does.
 */
export async function fakeGitHub(
  options: {
    token?: string;
    comments?: string[];
    port?: number;
    /** Files by `commit:path`. */
    files?: Record<string, string>;
  } = {},
): Promise<FakeGitHub> {
  const comments = (options.comments ?? []).map((body, id) => ({ id, body, user: somebody }));
  const issues: Issue[] = [];
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
    issues,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
    const body = method === 'GET' ? {} : ((await json(request)) as Record<string, string>);
    const authorization = request.headers.authorization ?? '';
    calls.push({ method, path: pathname, body, authorization });
    const reply = (status: number, value: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    if (options.token !== undefined && authorization !== `Bearer ${options.token}`)
      return reply(403, { message: 'Resource not accessible by integration' });
    const listed = <T>(all: readonly T[]) => {
      const perPage = Number(searchParams.get('per_page') ?? 30);
      const page = Number(searchParams.get('page') ?? 1);
      return reply(200, all.slice((page - 1) * perPage, page * perPage));
    };
    if (pathname === '/graphql') return reply(200, { data: { viewer: own } });
    const [, path = ''] = /^\/repos\/[^/]+\/[^/]+(\/.*)$/.exec(pathname) ?? [];
    const [, commentId] = /^\/issues\/comments\/(\d+)$/.exec(path) ?? [];
    const [, issueNumber] = /^\/issues\/(\d+)$/.exec(path) ?? [];
    const isThread = /^\/issues\/\d+\/comments$/.test(path);
    const [, file] = /^\/contents\/(.+)$/.exec(path) ?? [];
    if (method === 'GET' && file !== undefined) {
      const text = options.files?.[`${searchParams.get('ref')}:${decodeURIComponent(file)}`];
      return text === undefined ? reply(404, { message: 'Not Found' }) : void response.end(text);
    }
    if (method === 'GET' && isThread) return listed(comments);
    if (method === 'GET' && path === '/issues') return listed(issues.filter(isWanted(searchParams)));
    if (method === 'POST' && isThread)
      return reply(201, add(comments, { ...body, id: comments.length, user: own }));
    if (method === 'POST' && path === '/issues')
      return reply(201, add(issues, { ...body, number: issues.length + 1, state: 'open', user: own }));
    if (method === 'PATCH' && commentId !== undefined)
      return reply(200, Object.assign(comments[Number(commentId)] ?? {}, body));
    if (method === 'PATCH' && issueNumber !== undefined)
      return reply(200, Object.assign(issues[Number(issueNumber) - 1] ?? {}, body));
    return reply(404, { message: 'Not Found' });
  }
}

function isWanted(query: URLSearchParams): (issue: Issue) => boolean {
  const label = query.get('labels');
  return ({ state, labels }) => state === query.get('state') && (label === null || labels.includes(label));
}

/** What a caller sends is kept as it is. */
function add<T>(list: T[], item: unknown): T {
  list.push(item as T);
  return item as T;
}

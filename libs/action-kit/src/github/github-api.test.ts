import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { fakeGitHub } from '../testing/fake-github.ts';
import { callGitHub } from './github-api.ts';

const variables = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'NO_PROXY', 'no_proxy'];
const former = variables.map((name) => [name, process.env[name]] as const);

describe('github api', () => {
  afterEach(() => {
    for (const [name, value] of former)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  });

  /** A proxy that lets nobody through, and what it was asked for meanwhile. */
  async function askedOfProxy(call: (proxy: string) => Promise<unknown>): Promise<(string | undefined)[]> {
    for (const name of variables) delete process.env[name];
    const asked: (string | undefined)[] = [];
    const proxy = http.createServer().on('connect', ({ url }, socket) => {
      asked.push(url);
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    try {
      await call(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    } finally {
      proxy.close();
    }
    return asked;
  }

  const comments = { method: 'GET', path: '/issues/5/comments' } as const;
  const corporate = { apiUrl: 'https://github.corp.invalid', repository: 'octo/kafka', token: 'x' };

  test('GitHub is asked through the proxy of the environment', async () => {
    const asked = await askedOfProxy(async (proxy) => {
      process.env['HTTPS_PROXY'] = proxy;
      await expect(callGitHub(corporate, comments)).rejects.toMatchObject({ code: 'github-failed' });
    });
    expect(asked).toEqual(['github.corp.invalid:443']);
  });

  test('what NO_PROXY names is asked directly', async () => {
    const asked = await askedOfProxy(async (proxy) => {
      Object.assign(process.env, { HTTPS_PROXY: proxy, NO_PROXY: '.corp.invalid' });
      await expect(callGitHub(corporate, comments)).rejects.toMatchObject({
        code: 'github-failed',
        message: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/),
      });
    });
    expect(asked).toEqual([]);
  });

  test('without a proxy the answer is that of the server', async () => {
    await using server = await fakeGitHub({ token: 'x', comments: ['hello'] });
    const answer = await callGitHub({ ...corporate, apiUrl: server.url }, comments);
    expect(answer).toMatchObject([{ body: 'hello' }]);
    expect(server.calls).toMatchObject([{ method: 'GET', authorization: 'Bearer x' }]);
  });
});

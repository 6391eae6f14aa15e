import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { readInPod } from './exec-in-pod.ts';
import { openKube, type Kube } from './open-kube.ts';
import { openTunnel } from './open-tunnel.ts';
import { request } from './request.ts';
import { aKubeconfig } from './testing/fake-api-server.ts';
import { fakeClock } from '@kafka-ha/base/testing';

const former = process.env['HTTPS_PROXY'];

describe('through proxy', () => {
  afterEach(() => {
    if (former === undefined) delete process.env['HTTPS_PROXY'];
    else process.env['HTTPS_PROXY'] = former;
  });

  const pod = { namespace: 'kafka', pod: 'x' };
  const calls: Record<string, (kube: Kube) => Promise<unknown>> = {
    request: (kube) => request(kube, { method: 'GET', path: '/version', what: 'ask', attempts: 1 }),
    exec: (kube) => readInPod(kube, { ...pod, container: 'x', command: ['ls'], timeoutMs: 2000 }),
    'port-forward': (kube) => once(openTunnel(kube, { ...pod, port: 9092 }), 'connect'),
  };

  test.each(Object.entries(calls))('%s goes through the proxy of the environment', async (_name, call) => {
    const asked: (string | undefined)[] = [];
    const proxy = http.createServer().on('connect', ({ url }, socket) => {
      asked.push(url);
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    process.env['HTTPS_PROXY'] = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const kubeconfigText = aKubeconfig({ server: 'https://kube.corp.example:6443' });
    await expect(call(openKube({ kubeconfigText }, fakeClock()))).rejects.toMatchObject({
      code: 'kubernetes-unreachable',
    });
    expect(asked).toEqual(['kube.corp.example:6443']);
    proxy.close();
  });
});

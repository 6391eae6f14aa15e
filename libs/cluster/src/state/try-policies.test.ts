import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { acceptWebSockets, fakeApiServer } from '@kafka-ha/kube/testing';
import { componentsOf, podNameOf } from '@kafka-ha/manifests';
import type { Spec } from '@kafka-ha/config';
import { askForVersions, tryPolicies } from './try-policies.ts';

const spec = aSpec({ mode: 'kraft' });
const { signal } = new AbortController();

describe('tryPolicies', () => {
  test.each([
    ['enforced', [9092], true],
    ['not enforced', [9091, 9092], false],
  ])('where a broker answers as if policies were %s, they are', async (_, open, enforced) => {
    const { trial, asked } = await tryOn(spec, open);
    expect(trial).toEqual({ from: 'events-controller-0', to: 'events-kafka-1', port: 9091, enforced });
    expect(asked.sort()).toEqual([
      'events-controller-0 asks events-kafka-1.events-kafka-headless.kafka.svc 9091',
      'events-controller-0 asks events-kafka-1.events-kafka-headless.kafka.svc 9092',
    ]);
  });

  test('a broker that its clients cannot reach either says nothing of policies', async () => {
    await expect(tryOn(spec, [])).rejects.toMatchObject({
      code: 'kafka-unreachable',
      message: 'events-kafka-1 does not answer events-controller-0 at port 9092',
    });
  });

  test('between ZooKeeper and KRaft a server of ZooKeeper asks: controllers are let through', async () => {
    const { trial } = await tryOn(aSpec({ mode: 'dual-write' }), [9092]);
    expect(trial).toMatchObject({ from: 'events-zookeeper-0', enforced: true });
  });

  test('with nobody who could ask it is not tried', async () => {
    await expect(tryOn(spec, [9092], { ready: false })).rejects.toMatchObject({ code: 'not-found' });
  });

  test("the question is one that a broker's bytes answer, and nothing else does", async () => {
    const requests: Buffer[] = [];
    const server = createServer((socket) => {
      socket.on('data', (bytes: Buffer) => {
        requests.push(bytes);
        socket.end(Buffer.alloc(20));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    // As nc, which not every machine has.
    const nc = `nc() { ${JSON.stringify(process.execPath)} -e '${client}' "$3" "$4"; }`;
    const ask = () =>
      promisify(execFile)('sh', ['-c', `${nc}\n${askForVersions}`, 'ask', '127.0.0.1', String(port)]);
    try {
      expect(Number((await ask()).stdout)).toBe(20);
      expect(requests).toEqual([Buffer.from('0000000a0012000000000000ffff', 'hex')]);
    } finally {
      server.close();
    }
    expect(Number((await ask()).stdout)).toBe(0);
  });

  const client = `const [host, port] = process.argv.slice(1);
    const socket = require("net").connect(port, host);
    socket.on("error", () => process.exit(1));
    socket.on("close", () => process.exit(0));
    process.stdin.pipe(socket, { end: false });
    socket.pipe(process.stdout);`;

  /** On a cluster whose first broker shares a node with all servers, and which answers at those ports. */
  async function tryOn(of: Spec, open: readonly number[], { ready = true } = {}) {
    const pods = componentsOf(of).flatMap((component) =>
      [0, 1].map((ordinal) => ({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: podNameOf(of, component, ordinal), namespace: of.namespace, uid: component },
        spec: { nodeName: component === 'kafka' && ordinal === 1 ? 'node-2' : 'node-1' },
        status: { phase: 'Running', conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
      })),
    );
    await using fake = await fakeApiServer(() => ({
      json: { apiVersion: 'v1', kind: 'PodList', metadata: {}, items: pods },
    }));
    const asked: string[] = [];
    acceptWebSockets(fake, (socket, { pathname, searchParams }) => {
      const [host, port] = searchParams.getAll('command').slice(-2);
      asked.push(`${pathname.split('/').at(-2)} asks ${host} ${port}`);
      socket.send(Buffer.concat([Buffer.of(1), Buffer.from(open.includes(Number(port)) ? '388\n' : '0\n')]));
      socket.send(Buffer.concat([Buffer.of(3), Buffer.from('{"status":"Success"}')]));
    });
    const trial = await tryPolicies({ kube: fake.kube, spec: of, signal });
    return { trial, asked };
  }
});

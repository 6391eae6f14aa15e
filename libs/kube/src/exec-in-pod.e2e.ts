import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@kafka-ha/base';
import { applyObject, execInPod, getObject, isReady, openTunnel, podLogs, refOf, type Pod } from './index.ts';
import { aNamespace, aPodSpec, fieldManager, type TestNamespace } from './testing/real-cluster.ts';

let here: TestNamespace;

/** Two servers: one sends back what it gets, one sends and closes. */
const servers = [
  'echo started',
  'while true; do busybox nc -l -p 7001 -e cat; done &',
  'while true; do busybox nc -l -p 7002 -e sh -c "head -c 5000000 /dev/zero"; done &',
  'wait',
].join('\n');

describe('execInPod', () => {
  beforeAll(async () => {
    here = await aNamespace();
    const metadata = { name: 'target', namespace: here.namespace };
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata,
      spec: aPodSpec({ command: ['sh', '-c', servers] }),
    };
    await applyObject(here.kube, pod, { fieldManager });
    const ready = async () => isReady((await getObject<Pod>(here.kube, refOf(pod))) as Pod) || undefined;
    await waitFor('the pod', ready, { deadlineMs: 30_000 });
  }, 40_000);
  afterAll(() => here[Symbol.asyncDispose]());

  function exec(command: string[], more: { stdin?: string; timeoutMs?: number; pod?: string } = {}) {
    const { kube, namespace } = here;
    return execInPod(kube, {
      namespace,
      pod: 'target',
      container: 'main',
      command,
      timeoutMs: 10_000,
      ...more,
    });
  }

  function tunnel(port: number, pod = 'target') {
    return openTunnel(here.kube, { namespace: here.namespace, pod, port });
  }

  test('a command gives its exit code and both of its outputs', async () => {
    expect(await exec(['sh', '-c', 'echo out; echo err >&2; exit 3'])).toEqual({
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  test('a command reads its standard input to the end', async () => {
    expect(await exec(['wc', '-c'], { stdin: 'x'.repeat(300_000) })).toMatchObject({
      exitCode: 0,
      stdout: '300000\n',
    });
  });

  test.each([
    [
      'a program that is not there',
      ['no-such-program'],
      {},
      { code: 'kubernetes-refused', message: /no-such-program.*not found/ },
    ],
    [
      'a pod that is not there',
      ['ls'],
      { pod: 'nobody' },
      { code: 'not-found', message: /pods "nobody" not found/ },
    ],
    [
      'a command that takes too long',
      ['sleep', '20'],
      { timeoutMs: 500 },
      { code: 'deadline-exceeded', message: /^Waited 0.5 s to run sleep/ },
    ],
  ])('%s is an error', async (_what, command, more, { code, message }) => {
    await expect(exec(command, more)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  test('a tunnel carries bytes both ways', async () => {
    const socket = tunnel(7001);
    const sent = Buffer.alloc(300_000, 'kafka');
    socket.write(sent);
    await once(socket, 'connect');
    let got = Buffer.alloc(0);
    for await (const chunk of socket) {
      got = Buffer.concat([got, chunk as Buffer]);
      if (got.length >= sent.length) break;
    }
    expect(got.equals(sent)).toBe(true);
    expect(socket.destroyed).toBe(true);
  });

  test('a tunnel ends when the pod closes, with all that it sent', async () => {
    expect((await buffer(tunnel(7002))).length).toBe(5_000_000);
  });

  test.each([
    [
      'a port that nobody listens on',
      9,
      'target',
      { code: 'kubernetes-refused', message: /port 9 of pod .*target: connection refused/ },
    ],
    ['a pod that is not there', 7001, 'nobody', { code: 'not-found', message: /pods "nobody" not found/ }],
  ])('a tunnel to %s fails', async (_what, port, pod, { code, message }) => {
    const socket = tunnel(port, pod);
    await expect(buffer(socket)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test('the log of a container is read', async () => {
    const { kube, namespace } = here;
    expect(await podLogs(kube, { namespace, pod: 'target', container: 'main', tailLines: 1 })).toEqual([
      'started',
    ]);
  });
});

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { acceptWebSockets, fakeApiServer } from '@kafka-ha/kube/testing';
import { killJvm, momentAfter } from './signal-jvm.ts';

const { signal } = new AbortController();
const victims = [1, 3].map((ordinal) => ({
  component: 'kafka' as const,
  pod: `events-kafka-${ordinal}`,
  node: `node-${ordinal}`,
  ordinal,
}));

describe('signal jvm', () => {
  test('two brokers are hit in the same second, however long it takes to reach one of them', async () => {
    const { doubts, actedAt, moment } = await hitBoth({ slowMs: 1_500 });
    expect(doubts).toEqual([]);
    expect(Math.min(...actedAt)).toBeGreaterThanOrEqual(moment.atSecond * 1000);
    expect(Math.max(...actedAt) - Math.min(...actedAt)).toBeLessThan(1_000);
  }, 15_000);

  test('where one is reached too late, there is a doubt', async () => {
    const { doubts } = await hitBoth({ slowMs: 7_500 });
    expect(doubts).toEqual([expect.stringMatching(/^events-kafka-3 was hit \d s later than intended/)]);
  }, 20_000);

  test('one broker is hit without waiting', async () => {
    const scripts: string[] = [];
    await using api = await fakeApiServer();
    acceptWebSockets(api, (socket, url) => {
      scripts.push(url.searchParams.getAll('command').at(-1) ?? '');
      socket.send(success);
    });
    await killJvm({ kube: api.kube, spec: aSpec({ name: 'events' }), signal }, victims[0]!);
    expect(scripts).toEqual([expect.stringMatching(/^kill -9 /)]);
  });

  /** Runs what the pods would run, the kill left out; the second one is reached after a while. */
  async function hitBoth({ slowMs }: { slowMs: number }) {
    const actedAt: number[] = [];
    const doubts: string[] = [];
    await using api = await fakeApiServer();
    acceptWebSockets(api, (socket, url) => {
      const script =
        url.searchParams
          .getAll('command')
          .at(-1)
          ?.replace(/kill -9 .*/, 'true') ?? '';
      const afterMs = url.pathname.includes(`${victims[1]?.pod}`) ? slowMs : 0;
      setTimeout(() => {
        void run('sh', ['-c', script]).then(({ stdout }) => {
          actedAt.push(Date.now());
          socket.send(Buffer.concat([Buffer.of(1), Buffer.from(stdout)]));
          socket.send(success);
        });
      }, afterMs);
    });
    const cluster = { kube: api.kube, spec: aSpec({ name: 'events' }), signal };
    const moment = momentAfter(Date.now(), (reason) => void doubts.push(reason));
    await Promise.all(victims.map((victim) => killJvm(cluster, victim, moment)));
    return { doubts, actedAt, moment };
  }

  const run = promisify(execFile);
  const success = Buffer.concat([Buffer.of(3), Buffer.from(JSON.stringify({ status: 'Success' }))]);
});

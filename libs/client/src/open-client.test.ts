import { describe, expect, test } from '@jest/globals';
import type { Cluster } from '@kafka-ha/cluster';
import { answerAsKraft, FakeKraft, fakeObjects } from '@kafka-ha/cluster/testing';
import { aSpec } from '@kafka-ha/config/testing';
import { aStatus } from '@kafka-ha/kube/testing';
import { brokerHost } from '@kafka-ha/manifests';
import { consume, openClient, produce } from './index.ts';
import { FakeBrokers } from './testing/fake-brokers.ts';

const spec = aSpec({ mode: 'kraft' });
const { signal } = new AbortController();
const minute = 60_000;

describe('openClient', () => {
  test('an event goes in and comes out through port-forwards alone', async () => {
    const kraft = new FakeKraft();
    const hostOf = (id: number) => brokerHost(spec, id);
    const topics = { events: [[0], [1], [2]] };
    const brokers = new FakeBrokers([0, 1, 2], topics, { cluster: kraft.cluster, hostOf });
    await using fake = await fakeObjects([]);
    answerAsKraft(fake, kraft);
    const cluster: Cluster = { kube: fake.kube, spec, signal };
    await using client = await openClient(cluster);
    const record = { key: 'user-7', value: 'hello', headers: {} };
    expect(await produce(client, { topic: 'events', batches: [[record]], signal })).toBe(1);
    const read: (string | undefined)[] = [];
    const onRecord = ({ value }: { value: Buffer | null }) => void read.push(value?.toString());
    await consume(client, { topic: 'events', fromBeginning: true, count: 1, onRecord, signal });
    expect(read).toEqual(['hello']);
    expect([...brokers.groups]).toEqual([]);
  });

  test('who may not forward a port is told so at once', async () => {
    const why =
      'User "ann" cannot create resource "pods/portforward" in API group "" in the namespace "kafka"';
    await using fake = await fakeObjects([], () => aStatus(403, `pods is forbidden: ${why}`));
    const started = performance.now();
    await expect(openClient({ kube: fake.kube, spec, signal })).rejects.toMatchObject({
      code: 'forbidden',
      message: 'ann may not create pods/portforward in namespace kafka.',
    });
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  test(
    'where no broker answers it is said how to see why',
    async () => {
      const kraft = new FakeKraft();
      for (const id of kraft.cluster.brokerIds) kraft.cluster.down.add(id);
      await using fake = await fakeObjects([]);
      answerAsKraft(fake, kraft);
      await expect(openClient({ kube: fake.kube, spec, signal })).rejects.toMatchObject({
        code: 'kafka-unreachable',
        hint: expect.stringContaining('kafka-ha health'),
      });
    },
    minute,
  );
});

import { describe, expect, test } from '@jest/globals';
import { answerAsKraft, FakeKraft } from '@kafka-ha/cluster/testing';
import { aSpec } from '@kafka-ha/config/testing';
import { aTopic } from '@kafka-ha/kafka/testing';
import { fakeApiServer } from '@kafka-ha/kube/testing';
import { drillTopic } from './drill-topic.ts';
import { readFaultScene } from './read-fault-scene.ts';

describe('readFaultScene', () => {
  test('without ZooKeeper no broker is the controller, whomever brokers name, and the active one leads the quorum', async () => {
    const spec = aSpec({ mode: 'kraft', brokers: 3, tolerance: 1 });
    const pods = ['kafka', 'controller'].flatMap((component) =>
      [0, 1, 2].map((ordinal) => ({
        metadata: { name: `events-${component}-${ordinal}` },
        spec: { nodeName: `node-${ordinal}` },
        status: { podIP: '198.18.0.1' },
      })),
    );
    await using fake = await fakeApiServer(() => ({ json: { items: pods } }));
    const kraft = new FakeKraft();
    kraft.cluster.topics = [aTopic(drillTopic, [0, 1, 2], [0, 2, 1], [2, 0, 1])];
    answerAsKraft(fake, kraft);
    const { signal } = new AbortController();
    const scene = await readFaultScene({ kube: fake.kube, spec, signal }, { loadNode: 'node-2', turn: 0 });
    expect(scene.brokers.map(({ leads, controls }) => [leads, controls])).toEqual([
      [2, false],
      [0, false],
      [1, false],
    ]);
    expect(scene.quorum).toEqual(
      [0, 1, 2].map((ordinal) => ({
        component: 'controller',
        pod: `events-controller-${ordinal}`,
        node: `node-${ordinal}`,
        ordinal,
        leads: ordinal === 1,
      })),
    );
  });
});

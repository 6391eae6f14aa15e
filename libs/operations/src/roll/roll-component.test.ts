import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { fencedBy, type KubeObject } from '@kafka-ha/kube';
import { ordinals } from '@kafka-ha/manifests';
import { answerAsZookeeper, fakeObjects } from '@kafka-ha/cluster/testing';
import { rollComponent } from './roll-component.ts';

const spec = aSpec({ brokers: 3, tolerance: 1 });

function aServer(ordinal: number): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `events-zookeeper-${ordinal}`,
      namespace: spec.namespace,
      labels: { 'controller-revision-hash': 'old' },
    },
    spec: { containers: [] },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  };
}

function aSet(): KubeObject {
  const metadata = { name: 'events-zookeeper', namespace: spec.namespace };
  const status = { observedGeneration: 1, updateRevision: 'new' };
  return { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: { replicas: 3 }, status };
}

describe('rollComponent', () => {
  test('a server that is lost while the lease is renewed keeps the next one from being stopped', async () => {
    await using fake = await fakeObjects([aSet(), ...ordinals(3).map(aServer)], ({ path }) =>
      path === '/api/v1/nodes' ? { json: { items: [] } } : undefined,
    );
    let synced = 2;
    answerAsZookeeper(fake, (pod) =>
      pod.endsWith('-2') ? { mode: 'leader', synced } : { mode: 'follower' },
    );
    const slow = fencedBy(async () => {
      synced = 1;
      await fake.clock.sleep(6_000);
    }, fake.kube);
    const stop = new AbortController();
    const told: string[] = [];
    const run = async () => {
      const cluster = { kube: slow, spec, signal: stop.signal };
      const { signal: stopNow } = new AbortController();
      for await (const event of rollComponent(cluster, 'zookeeper', stopNow)) {
        told.push(typeof event === 'string' ? event : event.detail);
        if (typeof event !== 'string' && event.data.kind === 'waits') stop.abort(new Error('seen'));
      }
    };
    await expect(run()).rejects.toThrow('seen');
    expect(told).toEqual([
      'events-zookeeper-0 (1 of 3, a follower) stops',
      'events-zookeeper-0 is not stopped: not everything else is in sync any more',
      'events-zookeeper-0 waits: ZooKeeper server 2 is the leader with 1 of 2 followers in sync',
    ]);
    expect(fake.changes()).toEqual([]);
  });
});

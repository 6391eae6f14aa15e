import { describe, expect, test } from '@jest/globals';
import type { Spec } from '@kafka-ha/config';
import { aSpec } from '@kafka-ha/config/testing';
import { FakeCluster } from '@kafka-ha/kafka/testing';
import type { KubeObject } from '@kafka-ha/kube';
import { renderObjects } from '@kafka-ha/manifests';
import { fakeObjects } from '@kafka-ha/cluster/testing';
import { makeScalePlan } from './make-scale-plan.ts';

const spec = aSpec({ brokers: 4, tolerance: 1 });

type There = { nodes?: number; set?: KubeObject; volumes?: KubeObject[]; wanted?: Spec };

/** Plans a scale from three brokers to four, of which a cluster has so many nodes. */
async function plan({ nodes = 4, set = aSet(), volumes = [], wanted = spec }: There): Promise<void> {
  const items = Array.from({ length: nodes }, (_, index) => aNode(`node-${index}`));
  await using fake = await fakeObjects([set, ...volumes], ({ path }) =>
    path === '/api/v1/nodes' ? { json: { items } } : undefined,
  );
  const brokers = new FakeCluster([0, 1, 2, 3]);
  brokers.answerConfigs();
  await using kafka = brokers.connect();
  const { signal } = new AbortController();
  const planning = makeScalePlan({ kube: fake.kube, spec: wanted, signal }, kafka, {
    toleranceIsSaid: false,
  });
  await planning.next();
}

function aSet(): KubeObject {
  const { spec: wanted, ...set } = renderObjects(spec).find(
    ({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === 'events-kafka',
  )!;
  return { ...set, spec: { ...(wanted as object), replicas: 3 } };
}

function aVolume(broker: number, size: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: `data-events-kafka-${broker}`, namespace: spec.namespace },
    spec: { resources: { requests: { storage: size } } },
  };
}

function aNode(name: string): KubeObject {
  const status = { conditions: [{ type: 'Ready', status: 'True' }] };
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels: {} }, spec: {}, status };
}

describe('makeScalePlan', () => {
  // Both were looked at before the lock, too: this is the look under it.

  test('objects that another tool has made are not touched', async () => {
    const { metadata, ...set } = aSet();
    await expect(plan({ set: { ...set, metadata: { ...metadata, labels: {} } } })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('that kafka-ha did not create'),
    });
  });

  test('what else the file would change is refused by name', async () => {
    const set = aSet();
    await expect(plan({ set })).rejects.toMatchObject({
      code: 'conflict',
      details: expect.arrayContaining([expect.stringContaining('ConfigMap events-kafka')]),
    });
  });

  test('where the size makes the volumes larger, the way there is told', async () => {
    const wanted = aSpec({ brokers: 4, tolerance: 1, storage: { retention: '3h' } });
    const volumes = [0, 1, 2].map((broker) => aVolume(broker, '50Gi'));
    await expect(plan({ volumes, wanted })).rejects.toMatchObject({
      code: 'conflict',
      details: expect.arrayContaining([expect.stringContaining('PersistentVolumeClaim data-events-kafka-2')]),
      hint: expect.stringMatching(/write storage\.size: \d{3}Gi, deploy that with the present number/),
    });
  });

  test('where the size would make them smaller, they are to stay as they are', async () => {
    const wanted = aSpec({ brokers: 4, tolerance: 1, storage: { retention: '3h' } });
    const volumes = [0, 1, 2].map((broker) => aVolume(broker, '900Gi'));
    await expect(plan({ volumes, wanted })).rejects.toMatchObject({
      code: 'conflict',
      hint: expect.stringMatching(/write storage\.size: 900Gi, as they are now/),
    });
  });

  test('a broker that no node would take is not added', async () => {
    await expect(plan({ nodes: 3 })).rejects.toMatchObject({
      code: 'promise-broken',
      message: '4 brokers, 1 per node, need 4 nodes: there are 3',
    });
  });
});

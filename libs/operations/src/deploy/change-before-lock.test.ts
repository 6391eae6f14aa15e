import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import type { StepEvent } from '@kafka-ha/base';
import type { KubeObject } from '@kafka-ha/kube';
import { renderObjects } from '@kafka-ha/manifests';
import type { Cluster } from '@kafka-ha/cluster';
import { roll } from '../roll/roll.ts';
import { fakeObjects } from '@kafka-ha/cluster/testing';
import { deploy } from './deploy.ts';

const spec = aSpec({ brokers: 3, tolerance: 1 });
const options = { actor: { holder: 'ann' } };
const { signal } = new AbortController();

/** Runs an operation, and changes the cluster at the moment at which it has looked at it and gets the lock. */
async function runWhile(
  operation: (cluster: Cluster) => AsyncGenerator<StepEvent<unknown>, void>,
  there: readonly KubeObject[],
  change: (objects: Map<string, KubeObject>) => void,
) {
  await using fake = await fakeObjects(there, ({ path }) => {
    if (path === '/version') return { json: { gitVersion: 'v1.35.0' } };
    return path === '/api/v1/nodes' ? { json: { items: someNodes() } } : undefined;
  });
  function someNodes() {
    return [...fake.objects].filter(([key]) => key.startsWith('nodes/')).map(([, node]) => node);
  }
  let locked = false;
  let error: unknown;
  try {
    for await (const event of operation({ kube: fake.kube, spec, signal })) {
      if (locked || event.kind !== 'started' || event.step !== 'lock') continue;
      locked = true;
      change(fake.objects);
    }
  } catch (thrown) {
    error = thrown;
  }
  return {
    error,
    locked,
    changes: fake.changes().filter((each) => !/lease|namespace|serviceaccount/.test(each)),
  };
}

function aSetOf(brokers: number): KubeObject {
  const set = renderObjects(spec).find(
    ({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === 'events-kafka',
  )!;
  return {
    ...set,
    spec: { ...(set['spec'] as object), replicas: brokers },
    status: { observedGeneration: 1 },
  };
}

function aNode(name: string): KubeObject {
  const status = { conditions: [{ type: 'Ready', status: 'True' }] };
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels: {} }, spec: {}, status };
}

const nodes = ['a', 'b', 'c'].map(aNode);

describe('change before lock', () => {
  test('a deployment refuses a cluster that was scaled between its look and its lock', async () => {
    const run = await runWhile(
      (cluster) => deploy(cluster, options),
      nodes,
      (objects) => objects.set('statefulsets/events-kafka', aSetOf(5)),
    );
    expect(run).toMatchObject({
      locked: true,
      error: { code: 'conflict', message: expect.stringContaining('the cluster has 5 brokers') },
      changes: [],
    });
  });

  test('a deployment refuses objects that another tool made meanwhile', async () => {
    const run = await runWhile(
      (cluster) => deploy(cluster, options),
      nodes,
      (objects) => {
        const { metadata, ...set } = aSetOf(3);
        objects.set('statefulsets/events-kafka', { ...set, metadata: { ...metadata, labels: {} } });
      },
    );
    expect(run).toMatchObject({
      locked: true,
      error: { code: 'conflict', message: expect.stringContaining('that kafka-ha did not create') },
      changes: [],
    });
  });

  test('a deployment refuses too few nodes, as one went meanwhile', async () => {
    const run = await runWhile(
      (cluster) => deploy(cluster, options),
      nodes,
      (objects) => objects.delete('nodes/c'),
    );
    expect(run).toMatchObject({ locked: true, error: { code: 'promise-broken' }, changes: [] });
  });

  test('a roll refuses a cluster that was scaled before it had the lock', async () => {
    const run = await runWhile(
      (cluster) => roll(cluster, options),
      [...nodes, aSetOf(3)],
      (objects) => objects.set('statefulsets/events-kafka', aSetOf(5)),
    );
    expect(run).toMatchObject({
      locked: true,
      error: { code: 'conflict', message: expect.stringContaining('the cluster has 5 brokers') },
      changes: [],
    });
  });
});

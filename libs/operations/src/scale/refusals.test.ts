import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import type { KubeObject } from '@kafka-ha/kube';
import { renderObjects } from '@kafka-ha/manifests';
import { readSizeThere } from '@kafka-ha/cluster';
import { fakeObjects } from '@kafka-ha/cluster/testing';
import { readSizeRefusals, refuseWhileMigrating, sizeRefusals } from './refusals.ts';

const { signal } = new AbortController();
const spec = aSpec({ brokers: 5, tolerance: 1, zookeeper: { servers: 3 } });
const replication = { factor: 3, minInSync: 2 };

describe('refusals', () => {
  test('a cluster of the size that the file says is deployed to, and so is none', () => {
    expect(sizeRefusals(spec, { brokers: 5, servers: 3, replication })).toEqual([]);
    expect(sizeRefusals(spec, {})).toEqual([]);
  });

  test('another number of brokers is for scale', () => {
    expect(sizeRefusals(spec, { brokers: 6 })[0]?.why).toBe(
      'the cluster has 6 brokers, but the cluster file says 5: kafka-ha scale',
    );
  });

  test('another tolerance, up or down, is for scale, with its command', () => {
    const more = aSpec({ brokers: 5, tolerance: 2 });
    expect(sizeRefusals(more, { replication })[0]?.why).toBe(
      'the cluster has 3 replicas with min.insync.replicas 2, but the cluster file asks for 5 replicas with min.insync.replicas 3: kafka-ha scale --tolerance 2',
    );
    expect(sizeRefusals(spec, { replication: { factor: 5, minInSync: 3 } })[0]?.why).toMatch(
      /kafka-ha scale --tolerance 1$/,
    );
    expect(sizeRefusals(spec, { replication: { factor: 3, minInSync: 1 } })).toHaveLength(1);
  });

  test('another number of ZooKeeper servers is refused, with what to do', () => {
    for (const servers of [1, 5])
      expect(sizeRefusals(spec, { servers })).toEqual([
        expect.objectContaining({ code: 'conflict', hint: expect.stringContaining(`Put ${servers} back`) }),
      ]);
  });

  test('what is there is read from the objects that were applied last', async () => {
    await using fake = await fakeObjects(renderObjects(spec));
    const read = (wanted: typeof spec) => readSizeRefusals({ kube: fake.kube, spec: wanted, signal });
    expect(await read(spec)).toEqual([]);
    const all = await read(aSpec({ brokers: 7, tolerance: 2, zookeeper: { servers: 5 } }));
    expect(all.map(({ why }) => why.split(',')[0])).toEqual([
      'the cluster has 5 brokers',
      'the cluster has 3 replicas with min.insync.replicas 2',
      'there are 3 ZooKeeper servers',
    ]);
  });

  test('without its StatefulSet a cluster is as large as its pods say, or else its volumes', async () => {
    const metadata = (name: string) => ({ metadata: { name, namespace: 'kafka' } });
    const pod = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'Pod', ...metadata(name) });
    const claim = (name: string): KubeObject => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      ...metadata(name),
    });
    await using fake = await fakeObjects([
      pod('events-kafka-0'),
      pod('events-kafka-4'),
      claim('data-events-kafka-8'),
      claim('data-events-zookeeper-2'),
    ]);
    expect(await readSizeThere({ kube: fake.kube, spec, signal })).toEqual({ brokers: 5, servers: 3 });
  });

  test('between ZooKeeper and KRaft no broker comes or goes, and neither number of servers changes', async () => {
    const between = aSpec({ mode: 'dual-write', brokers: 5, tolerance: 1 });
    await using fake = await fakeObjects(renderObjects(between));
    await expect(refuseWhileMigrating({ kube: fake.kube, spec: between, signal })).rejects.toMatchObject({
      code: 'conflict',
      hint: expect.stringContaining('kafka-ha migrate --finalize'),
    });
    const others = { zookeeper: { servers: 5 }, controllers: { servers: 5 } };
    const wanted = aSpec({ mode: 'dual-write', brokers: 5, tolerance: 1, ...others });
    const refusals = await readSizeRefusals({ kube: fake.kube, spec: wanted, signal });
    expect(refusals.map(({ why }) => why)).toEqual([
      expect.stringContaining('there are 3 controllers, but the cluster file says 5'),
      expect.stringContaining('there are 3 ZooKeeper servers, but the cluster file says 5'),
    ]);
  });

  test('a file of another mode than the cluster scales nothing', async () => {
    await using fake = await fakeObjects(renderObjects(aSpec({ mode: 'dual-write' })));
    await expect(refuseWhileMigrating({ kube: fake.kube, spec, signal })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('in mode dual-write'),
    });
  });
});

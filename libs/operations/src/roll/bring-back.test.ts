import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { aTopic, FakeCluster } from '@kafka-ha/kafka/testing';
import type { KubeObject } from '@kafka-ha/kube';
import type { Received, Reply } from '@kafka-ha/kube/testing';
import { fakeObjects } from '@kafka-ha/cluster/testing';
import { bringBack } from './bring-back.ts';

const spec = aSpec({ brokers: 3, tolerance: 1 });
const member = { name: 'events-kafka-1', ordinal: 1, component: 'kafka' } as const;
const revisions = { former: 'events-kafka-old', latest: 'events-kafka-new' };
const pod = `pods/${member.name}`;
const set = 'statefulsets/events-kafka';

/** Broker 1 runs the latest revision and is not ready, with these last lines; another pod of its name is ready at once. */
async function aRoll(log: readonly string[]) {
  const fake = await fakeObjects([aPod({ ready: false }), aSet(), aRevision()], answer);
  function answer({ method, path, body, query }: Received): Reply | undefined {
    if (path.endsWith(`${pod}/log`)) return { text: log.join('\n') };
    if (method === 'DELETE' && path.endsWith(pod)) fake.objects.set(pod, aPod({ ready: true }));
    else if (method === 'PATCH' && path.endsWith(set) && query.get('dryRun') === null)
      fake.objects.set(set, { ...(body as KubeObject), status: { updateRevision: revisions.former } });
    else return undefined;
    return { json: fake.objects.get(method === 'PATCH' ? set : pod) };
  }
  // It takes a broker minutes to be given up.
  const clock = {
    ...fake.clock,
    sleep: (ms: number, signal?: AbortSignal) => fake.clock.sleep(60 * ms, signal),
  };
  const brokers = new FakeCluster([0, 1, 2]);
  brokers.topics = [aTopic('orders', [0, 1, 2])];
  const connection = brokers.connect();
  const kafka = { connection: async () => connection, [Symbol.asyncDispose]: async () => undefined };
  const told: string[] = [];
  const run = async () => {
    const { signal } = new AbortController();
    const cluster = { kube: { ...fake.kube, clock }, spec, signal };
    for await (const detail of bringBack(cluster, member, revisions, kafka)) told.push(detail);
  };
  const end = async () => {
    connection.close();
    await fake[Symbol.asyncDispose]();
  };
  return { fake, run, told, [Symbol.asyncDispose]: end };
}

function aPod({ ready }: { ready: boolean }): KubeObject {
  const conditions = [{ type: 'Ready', status: ready ? 'True' : 'False' }];
  const containerStatuses = [{ name: 'kafka', ready, restartCount: 0, state: { running: {} } }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: member.name, namespace: spec.namespace, uid: 'another' },
    spec: { containers: [{ name: 'kafka' }] },
    status: { phase: 'Running', conditions, containerStatuses },
  };
}

function aSet(): KubeObject {
  const metadata = { name: 'events-kafka', namespace: spec.namespace };
  return { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: { template: aTemplate('2Gi') } };
}

function aRevision(): KubeObject {
  const metadata = { name: revisions.former, namespace: spec.namespace };
  const data = { spec: { template: aTemplate('1Gi') } };
  return { apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata, data };
}

function aTemplate(memory: string) {
  return { spec: { containers: [{ name: 'kafka', resources: { requests: { memory } } }] } };
}

describe('bringBack', () => {
  test('a broker in log recovery when its time is over is not deleted: it would begin anew', async () => {
    await using roll = await aRoll([
      'INFO Loading log orders-3',
      'Completed load of Log (37/120 completed in 9ms)',
    ]);
    await expect(roll.run()).rejects.toMatchObject({
      code: 'deadline-exceeded',
      message: expect.stringMatching(
        /stays on the new revision.*it is in log recovery, and would have to start again/,
      ),
    });
    expect(roll.told).toContain('events-kafka-1 is in log recovery: 37 of 120 done');
    expect(roll.fake.changes()).toEqual([]);
  });

  test('one that does nothing is put back on its former revision, with what had changed', async () => {
    await using roll = await aRoll(['INFO starting', 'Completed load of Log (120/120 completed in 9ms)']);
    await expect(roll.run()).rejects.toMatchObject({
      code: 'deadline-exceeded',
      message: expect.stringMatching(/events-kafka-1 is back on its former revision/),
      details: expect.arrayContaining([expect.stringMatching(/^changed: .*memory: 1Gi → 2Gi$/)]),
    });
    expect(roll.fake.changes()).toEqual([`PATCH ${set}`, `DELETE ${pod}`]);
  });

  test('going back says that keys which take no restart stay as they are', async () => {
    await using roll = await aRoll([]);
    await expect(roll.run()).rejects.toMatchObject({
      details: expect.arrayContaining([
        expect.stringMatching(/^Dynamic settings stay as the last deployment set them/),
      ]),
    });
  });
});

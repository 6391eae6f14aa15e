import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import type { KubeObject } from '@kafka-ha/kube';
import { renderObjects } from '@kafka-ha/manifests';
import { stageOf } from '@kafka-ha/planning';
import { fakeObjects } from '../testing/fake-objects.ts';
import { readMigrationMarks, writeMigrationMarks } from './migration-marks.ts';
import { readMigration } from './read-migration.ts';

const { signal } = new AbortController();
const modes = ['zookeeper', 'migrating', 'dual-write', 'kraft'] as const;
const specOf = (mode: (typeof modes)[number]) => aSpec({ mode, versions: { kafka: '3.9.2' } });
const zookeeper = specOf('zookeeper');

describe('readMigration', () => {
  test.each(modes)('what a deployment in mode %s makes is told as that', async (mode) => {
    await using fake = await fakeObjects(renderObjects(specOf(mode)));
    // Whatever its file says.
    expect(stageOf(await readMigration({ kube: fake.kube, spec: zookeeper, signal }))).toBe(mode);
  });

  test('controllers that brokers do not know yet, and their volumes without them, are told', async () => {
    const claim: KubeObject = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data-events-controller-0', namespace: 'kafka' },
    };
    const controllers = renderObjects(specOf('migrating')).filter(
      ({ metadata }) => metadata.name === 'events-controller',
    );
    const there = [...renderObjects(zookeeper), claim];
    await using fake = await fakeObjects([...there, ...controllers]);
    const { kube } = fake;
    expect(stageOf(await readMigration({ kube, spec: zookeeper, signal }))).toBe('provisioned');
    fake.objects.delete('statefulsets/events-controller');
    expect(stageOf(await readMigration({ kube, spec: zookeeper, signal }))).toBe('going-back');
  });

  test('brokers are told by the configuration that their pods were made with', async () => {
    const set = renderObjects(specOf('dual-write')).find(
      ({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === 'events-kafka',
    );
    const { template } = set?.['spec'] as unknown as { template: { metadata: { annotations: object } } };
    const pod = (name: string, annotations: object): KubeObject => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'kafka', annotations: annotations as Record<string, string> },
    });
    await using fake = await fakeObjects([
      pod('events-kafka-1', template.metadata.annotations),
      pod('events-kafka-2', { 'kafka-ha/server.properties': 'zookeeper.connect=a\n' }),
      pod('events-zookeeper-0', {}),
    ]);
    const { brokerPods } = await readMigration({ kube: fake.kube, spec: zookeeper, signal });
    expect(brokerPods).toEqual([
      { id: 1, kind: 'kraft' },
      { id: 2, kind: 'zookeeper' },
    ]);
  });
});

describe('migration marks', () => {
  test('they are kept apart from what a deployment applies, and with the labels by which the object is ours', async () => {
    await using fake = await fakeObjects([]);
    const cluster = { kube: fake.kube, spec: zookeeper, signal };
    await writeMigrationMarks(cluster, { zookeeperId: 'a', since: 'then' });
    const [applied] = fake.received.filter(({ method }) => method === 'PATCH');
    expect(applied?.query.get('fieldManager')).toBe('kafka-ha-migration');
    expect(applied?.body).toMatchObject({
      metadata: { labels: { 'app.kubernetes.io/managed-by': 'kafka-ha' } },
      data: { 'zookeeper-cluster-id': 'a', 'migrating-since': 'then' },
    });
    expect(await readMigrationMarks(cluster)).toEqual({
      zookeeperId: 'a',
      since: 'then',
      isFinalizing: false,
    });
  });

  test('that the last step has begun is written down, and in the end the id alone stays', async () => {
    await using fake = await fakeObjects([]);
    const cluster = { kube: fake.kube, spec: zookeeper, signal };
    await writeMigrationMarks(cluster, { zookeeperId: 'a', since: 'then', isFinalizing: true });
    expect(await readMigrationMarks(cluster)).toMatchObject({ isFinalizing: true });
    await writeMigrationMarks(cluster, { zookeeperId: 'a' });
    expect(await readMigrationMarks(cluster)).toEqual({
      zookeeperId: 'a',
      isFinalizing: false,
    });
  });
});

import { describe, expect, test } from '@jest/globals';
import { aTopic, FakeCluster, type FakeTopic } from '@kafka-ha/kafka/testing';
import { metadataApi } from '@kafka-ha/kafka-protocol';
import { kafkaLogPath } from '@kafka-ha/manifests';
import { deleteUnassignedLogs } from './delete-logs.ts';
import type { Shell } from './logs-on-disk.ts';

const [now, formerly] = ['xtzWWN4bTjitpL3kfd9s5g', 'AbCdEfGhIjKlMnOpQrStUg'];

describe('delete logs', () => {
  test('what nobody assigns to the broker is deleted, and what Kafka deletes itself', async () => {
    const cluster = aCluster(ofId(now, aTopic('events', [0, 1])));
    const volume = aVolume({
      'events-0': now,
      'gone-3': formerly,
      [`events-1.${'0a'.repeat(16)}-delete`]: now,
    });
    expect(await run(cluster, volume)).toEqual({ deleted: [...volume.before], assigned: [] });
    expect(volume.folders.size).toBe(0);
  });

  test("the broker's copy of the metadata is nobody's to delete", async () => {
    const volume = aVolume({ '__cluster_metadata-0': '', 'gone-3': formerly });
    expect(await run(aCluster(), volume)).toEqual({ deleted: ['gone-3'], assigned: [] });
    expect([...volume.folders.keys()]).toEqual(['__cluster_metadata-0']);
  });

  test('a topic that was made on it since somebody last looked stays, with one replica too', async () => {
    const cluster = aCluster();
    const volume = aVolume({ 'old-0': formerly, 'made-0': now });
    cluster.topics = [ofId(now, aTopic('made', [3]))];
    expect(await run(cluster, volume)).toEqual({ deleted: ['old-0'], assigned: ['made-0'] });
    expect([...volume.folders.keys()]).toEqual(['made-0']);
  });

  test('one that stands in the registry alone stays: no broker has been told yet', async () => {
    const cluster = aCluster();
    const registered = ofId(now, aTopic('made', [3]));
    const { registry } = cluster.connect();
    const volume = aVolume({ 'made-0': now });
    const kafka = cluster.connect(undefined, {
      registry: {
        ...registry,
        assignment: async () => ({ topicId: registered.topicId, partitions: new Map([[0, [3]]]) }),
      },
    });
    expect(await deleteUnassignedLogs(kafka, volume.shell, { brokerId: 3 })).toMatchObject({
      assigned: ['made-0'],
    });
    expect(volume.deleted).toEqual([]);
  });

  test('one that the broker itself alone knows stays', async () => {
    const cluster = aCluster();
    cluster.answer(metadataApi, (_request, brokerId) => ({
      throttleTimeMs: 0,
      brokers: [],
      clusterId: null,
      controllerId: 0,
      topics: brokerId === 3 ? [ofId(now, aTopic('events', [3]))] : [],
    }));
    const volume = aVolume({ 'events-0': now });
    expect(await run(cluster, volume)).toMatchObject({ assigned: ['events-0'] });
    expect(volume.deleted).toEqual([]);
  });

  test('a log of a topic that was made anew under its name since is not what is assigned', async () => {
    const volume = aVolume({ 'events-0': formerly, 'events-1': now });
    const cluster = aCluster(ofId(now, aTopic('events', [3], [3])));
    expect(await run(cluster, volume)).toEqual({ deleted: ['events-0'], assigned: ['events-1'] });
  });

  test('where no id is known the name alone keeps a log', async () => {
    const volume = aVolume({ 'events-0': '' });
    expect(await run(aCluster(ofId(now, aTopic('events', [3]))), volume)).toMatchObject({
      assigned: ['events-0'],
    });
  });

  test('a folder of no partition is left, with all others', async () => {
    const volume = aVolume({ 'old-0': '', backup: '' });
    await expect(run(aCluster(), volume)).rejects.toMatchObject({ code: 'conflict', details: ['backup'] });
    expect(volume.deleted).toEqual([]);
  });

  test('what is assigned while it is deleted is said', async () => {
    const cluster = aCluster();
    const volume = aVolume({ 'events-0': now });
    const shell: Shell = async (command) => {
      if (command[0] === 'rm') cluster.topics = [ofId(now, aTopic('events', [3]))];
      return await volume.shell(command);
    };
    await expect(deleteUnassignedLogs(cluster.connect(), shell, { brokerId: 3 })).rejects.toMatchObject({
      code: 'conflict',
      details: ['events-0'],
    });
  });

  test('only what is named is touched', async () => {
    const volume = aVolume({ 'old-0': '', 'old-1': '' });
    const kafka = aCluster().connect();
    await deleteUnassignedLogs(kafka, volume.shell, { brokerId: 3, only: ['old-1'] });
    expect(volume.deleted).toEqual(['old-1']);
  });

  function run(cluster: FakeCluster, { shell }: { shell: Shell }) {
    return deleteUnassignedLogs(cluster.connect(), shell, { brokerId: 3 });
  }

  function aCluster(...topics: FakeTopic[]): FakeCluster {
    return Object.assign(new FakeCluster([0, 1, 2, 3]), { topics });
  }

  function ofId(topicId: string, topic: FakeTopic): FakeTopic {
    return { ...topic, topicId };
  }

  /** Folders with the ids in their `partition.metadata`. */
  function aVolume(ids: Record<string, string>) {
    const folders = new Map(Object.entries(ids));
    const deleted: string[] = [];
    const shell: Shell = async ([program, ...args]) => {
      if (program === 'sh') return [...folders].map(([folder, id]) => `${folder} ${id}\n`).join('');
      for (const path of args.slice(2)) {
        const folder = path.slice(kafkaLogPath.length + 1);
        folders.delete(folder);
        deleted.push(folder);
      }
      return '';
    };
    return { before: [...folders.keys()], folders, deleted, shell };
  }
});

import { describe, expect, test } from '@jest/globals';
import { waitFor } from '@kafka-ha/base';
import { openKafka, quorumOf, readPods, writeRestartRequests, type FencedCluster } from '@kafka-ha/cluster';
import { deleteDrillTopic, pauseJvm, resumeJvm } from '@kafka-ha/drills';
import type { Victim } from '@kafka-ha/history';
import { readTopics } from '@kafka-ha/kafka';
import { podNameOf } from '@kafka-ha/manifests';
import { roll, rollComponent, scale } from '@kafka-ha/operations';
import { drain } from '@kafka-ha/testing';
import { actor, kraftUnderTest } from './kraft-under-test.ts';
import { startLoad } from './load-under-test.ts';
import { changed, uidsOf } from './observe-roll.ts';

const minute = 60_000;
const { signal } = new AbortController();
const { clusterOf, expectToPass } = kraftUnderTest();

describe('kraft', () => {
  test.each(['kill-broker', 'stop-broker', 'kill-controller', 'stop-controller', 'drain-two-nodes'] as const)(
    'nothing is lost, and nobody waits longer than is promised: %s',
    (fault) => expectToPass(fault),
    4 * minute,
  );

  test(
    'nothing is lost, and nobody waits longer than is promised, with the Java client of Kafka 4',
    () => expectToPass('kill-broker', 'java'),
    4 * minute,
  );

  test(
    'a broker is added, and taken away again: the controllers know it no more',
    async () => {
      const cluster = await clusterOf(3);
      const larger = await clusterOf(4);
      await drain(scale(larger, { toleranceIsSaid: false, actor }));
      await using kafka = await openKafka(larger);
      expect(await holders(larger)).toEqual([0, 1, 2, 3]);
      expect(await kafka.registry.brokerIds()).toEqual([0, 1, 2, 3]);
      await drain(scale(cluster, { toleranceIsSaid: false, actor }));
      expect(await holders(cluster)).toEqual([0, 1, 2]);
      expect(await kafka.registry.brokerIds()).toEqual([0, 1, 2]);
    },
    5 * minute,
  );

  test(
    'while a controller is behind, no other one is taken; once it has caught up, the roll goes on',
    async () => {
      const cluster = await clusterOf(3);
      await using load = await startLoad(cluster, 'behind');
      const behind = await follower(cluster);
      const before = await uidsOf(cluster);
      const due = (await readPods(cluster)).filter(
        ({ component, name }) => component === 'controller' && name !== behind.pod,
      );
      await pauseJvm(cluster, behind, { durationMs: minute });
      await waitFor('a controller to be behind', async () => (await inSync(cluster)) === 1, {
        deadlineMs: 30_000,
        intervalMs: 500,
        signal,
      });
      await writeRestartRequests(
        cluster,
        'controller',
        due.map(({ uid }) => uid),
      );
      await expect(
        drain(rollComponent(cluster, 'controller', signal, { turnWithinMs: 10_000 })),
      ).rejects.toMatchObject({
        code: 'deadline-exceeded',
        details: expect.arrayContaining([expect.stringContaining('1 of 2 followers in sync')]),
      });
      expect(await uidsOf(cluster)).toEqual(before);

      await resumeJvm(cluster, behind);
      await drain(roll(cluster, { actor }));
      expect(changed(before, await uidsOf(cluster))).toEqual(due.map(({ name }) => name));
      await load.expectUnharmed();
      await deleteDrillTopic(cluster);
    },
    5 * minute,
  );

  async function follower(cluster: FencedCluster): Promise<Victim> {
    const servers = await quorumOf(cluster).readServers();
    const { ordinal } = servers.find(({ mode }) => mode === 'follower')!;
    return {
      component: 'controller',
      pod: podNameOf(cluster.spec, 'controller', ordinal),
      node: '',
      ordinal,
    };
  }

  /** How many of the other controllers have all that the active one has. */
  async function inSync(cluster: FencedCluster): Promise<number | undefined> {
    const servers = await quorumOf(cluster).readServers();
    return servers.find(({ mode }) => mode === 'leader')?.syncedFollowers;
  }

  async function holders(target: FencedCluster): Promise<number[]> {
    await using kafka = await openKafka(target);
    const partitions = (await readTopics(kafka)).flatMap(({ partitions }) => partitions);
    return [...new Set(partitions.flatMap(({ replicas }) => replicas))].sort();
  }
});

import { describe, expect, test } from '@jest/globals';
import { openKafka, quorumOf, readState, type FencedCluster } from '@kafka-ha/cluster';
import { deleteDrillTopic } from '@kafka-ha/drills';
import { assess } from '@kafka-ha/health';
import { createTopics, deleteTopics } from '@kafka-ha/kafka';
import { podNameOf } from '@kafka-ha/manifests';
import { deploy, makePlan, roll } from '@kafka-ha/operations';
import { planOutcome } from '@kafka-ha/planning';
import { drain } from '@kafka-ha/testing';
import { actor, kraftUnderTest } from './kraft-under-test.ts';
import { firstEvents } from './first-event.ts';
import { startLoad } from './load-under-test.ts';

const minute = 60_000;
const { signal } = new AbortController();
const { clusterOf, expectToPass } = kraftUnderTest();

describe('kraft', () => {
  test(
    'a second deployment has nothing to do',
    async () => {
      const cluster = await clusterOf(3);
      expect(planOutcome(await makePlan(cluster))).toBe('nothing');
      expect(await drain(deploy(cluster, { actor }))).toContainEqual(
        expect.objectContaining({ step: 'apply', summary: expect.stringContaining('nothing to change') }),
      );
      expect(assess(cluster.spec, await readState(cluster))).toMatchObject({
        status: 'healthy',
        findings: [],
      });
    },
    2 * minute,
  );

  test(
    'events go in and come out, and a group goes on where it stopped',
    async () => {
      const topic = 'first-events';
      const cluster = await clusterOf(3);
      await using kafka = await openKafka(cluster);
      await createTopics(kafka, [{ name: topic, assignment: [[0, 1, 2]], config: {} }], { signal });
      await firstEvents(cluster, topic);
      await deleteTopics(kafka, [topic]);
    },
    2 * minute,
  );

  test(
    'a broker and the active controller are killed at once: nothing is lost, and nobody waits longer than is promised',
    () => expectToPass('kill-broker-and-controller'),
    4 * minute,
  );

  test(
    'all pods are restarted under load: controllers first, the active one last of them',
    async () => {
      const cluster = await clusterOf(3);
      await using load = await startLoad(cluster, 'roll');
      const active = await activeController(cluster);
      const restarted: string[] = [];
      for await (const event of roll(cluster, { restart: 'all', actor }))
        if (event.kind === 'progress' && event.data?.kind === 'restarted') restarted.push(event.data.pod.pod);
      await load.expectUnharmed();
      await deleteDrillTopic(cluster);
      expect(restarted).toHaveLength(6);
      expect(restarted.slice(0, 3).every((pod) => pod.includes('controller'))).toBe(true);
      expect(restarted[2]).toBe(active);
    },
    5 * minute,
  );

  async function activeController(cluster: FencedCluster): Promise<string | undefined> {
    const servers = await quorumOf(cluster).readServers();
    const active = servers.find(({ mode }) => mode === 'leader');
    return active && podNameOf(cluster.spec, 'controller', active.ordinal);
  }
});

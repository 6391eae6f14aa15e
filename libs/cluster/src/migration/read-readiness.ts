import { messageOf } from '@kafka-ha/base';
import { apiVersionsApi, CLIENT_SOFTWARE } from '@kafka-ha/kafka-protocol';
import { controllerId, ordinals } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';
import { withNodes } from '../quorum/kraft-nodes.ts';

const answerWithinMs = 5_000;

/** The controllers that are not ready to take over from ZooKeeper, each with what it says; none: all are. */
export async function readControllersNotReady(cluster: Cluster): Promise<string[]> {
  const all = ordinals(cluster.spec.controllers.servers);
  return await withNodes(cluster, answerWithinMs, async (nodes) => {
    const words = all.map(async (ordinal) => {
      try {
        const { zkMigrationReady } = await nodes.ask(controllerId(ordinal), apiVersionsApi, CLIENT_SOFTWARE);
        return zkMigrationReady ? [] : [`controller ${ordinal} is not ready to take over`];
      } catch (error) {
        return [`controller ${ordinal}: ${messageOf(error)}`];
      }
    });
    return (await Promise.all(words)).flat();
  });
}

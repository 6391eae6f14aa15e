import type { FencedKafka } from '@kafka-ha/kafka';
import { deleteObject } from '@kafka-ha/kube';
import { podOf } from '@kafka-ha/manifests';
import {
  awaitReady,
  type DynamicConfig,
  type FencedCluster,
  readPods,
  untilRegistered,
  podRef,
} from '@kafka-ha/cluster';
import { applyBrokers } from './apply-brokers.ts';
import { deleteUnassignedLogs } from './delete-logs.ts';
import { shellIn } from './logs-on-disk.ts';

/**
 * Starts the brokers that the spec has and that hold no replica yet. They begin empty: a volume that was left behind, by
 * whatever way its broker went, is emptied before anything is moved to it.
 */
export async function* addBrokers(
  cluster: FencedCluster,
  kafka: FencedKafka,
  { empty, dynamic }: { empty: readonly number[]; dynamic: DynamicConfig },
): AsyncGenerator<string, string> {
  const { spec } = cluster;
  yield* applyBrokers(cluster, { brokers: spec.brokers, dynamic });
  yield* awaitReady(cluster, 'kafka');
  await untilRegistered(cluster, kafka);
  const emptied = yield* emptyVolumes(cluster, kafka, { brokers: empty });
  const stale = emptied.length === 0 ? '' : `, old logs deleted from the volume of ${emptied.join(', ')}`;
  return `${empty.length === 1 ? 'broker' : 'brokers'} ${empty.join(', ')} added${stale}`;
}

/**
 * Without controllers a broker keeps logs that are no longer its own and, given such a partition again, goes on from them, or
 * cannot hold it at all where its topic has been made anew. So a new broker is to have no such log. A topic may have been
 * made on it since it was registered: that stays.
 */
async function* emptyVolumes(
  cluster: FencedCluster,
  kafka: FencedKafka,
  { brokers }: { brokers: readonly number[] },
): AsyncGenerator<string, string[]> {
  const { kube, spec } = cluster;
  const emptied: string[] = [];
  for (const id of brokers) {
    const name = podOf(spec, id);
    const pod = (await readPods(cluster)).find((each) => each.name === name);
    yield `looking for old logs on the volume of ${name}`;
    const { deleted, assigned } = await deleteUnassignedLogs(kafka, shellIn(cluster, id), {
      brokerId: id,
    });
    if (deleted.length === 0) continue;
    yield `old logs deleted from the volume of ${name}: ${deleted.join(', ')}`;
    // It has these files open. At once where it leads nothing and has nothing to hand over.
    const ref = podRef(spec, name);
    const grace = assigned.length === 0 ? { gracePeriodSeconds: 0 } : {};
    await deleteObject(kube, ref, {
      ...grace,
      ...(pod && { preconditions: { uid: pod.uid } }),
      signal: cluster.signal,
    });
    yield* awaitReady(cluster, 'kafka');
    await untilRegistered(cluster, kafka);
    emptied.push(name);
  }
  return emptied;
}

import type { KafkaConnection } from '@kafka-ha/kafka';
import { deleteObject } from '@kafka-ha/kube';
import { podOf } from '@kafka-ha/manifests';
import type { Cluster } from '../connect.ts';
import { awaitReady } from '../deploy/await-ready.ts';
import { untilRegistered } from '../until-registered.ts';
import { applyBrokers } from './apply-brokers.ts';
import type { DynamicConfig } from './dynamic-config.ts';
import { deleteLogsOnDisk, logsOnDisk } from './logs-on-disk.ts';

/**
 * Starts the brokers that the spec has and that hold no replica yet. They begin empty: a volume that was left behind, by
 * whatever way its broker went, is emptied before anything is moved to it.
 */
export async function* addBrokers(
  cluster: Cluster,
  kafka: KafkaConnection,
  { empty, dynamic, signal }: { empty: readonly number[]; dynamic: DynamicConfig; signal: AbortSignal },
): AsyncGenerator<string, string> {
  const { spec } = cluster;
  yield* applyBrokers(cluster, { brokers: spec.brokers, dynamic, signal });
  yield* awaitReady(cluster, 'kafka', signal);
  await untilRegistered(cluster, kafka, signal);
  const emptied = yield* emptyVolumes(cluster, kafka, { brokers: empty, signal });
  const stale = emptied.length === 0 ? '' : `, old logs deleted from the volume of ${emptied.join(', ')}`;
  return `${empty.length === 1 ? 'broker' : 'brokers'} ${empty.join(', ')} added${stale}`;
}

/**
 * In ZooKeeper mode a broker keeps logs that are no longer its own and, given such a partition again, goes on from them, or
 * cannot hold it at all where its topic has been made anew. So a broker that holds no replica is to have no log either.
 */
async function* emptyVolumes(
  cluster: Cluster,
  kafka: KafkaConnection,
  { brokers, signal }: { brokers: readonly number[]; signal: AbortSignal },
): AsyncGenerator<string, string[]> {
  const { kube, spec } = cluster;
  const emptied: string[] = [];
  for (const id of brokers) {
    const folders = await logsOnDisk(cluster, id, signal);
    if (folders.length === 0) continue;
    const name = podOf(spec, id);
    yield `deleting old logs from the volume of ${name}: ${folders.join(', ')}`;
    await deleteLogsOnDisk(cluster, id, folders, signal);
    // It has these files open. At once, as it leads nothing and has nothing to hand over.
    const ref = { apiVersion: 'v1', kind: 'Pod', namespace: spec.namespace, name };
    await deleteObject(kube, ref, { gracePeriodSeconds: 0, signal });
    yield* awaitReady(cluster, 'kafka', signal);
    await untilRegistered(cluster, kafka, signal);
    emptied.push(name);
  }
  return emptied;
}

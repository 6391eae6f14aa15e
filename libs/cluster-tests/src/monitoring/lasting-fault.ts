import { openKafka, readBrokerDisks, statefulSetRef, type FencedCluster } from '@kafka-ha/cluster';
import { waitFor } from '@kafka-ha/base';
import { createTopics, deleteTopics } from '@kafka-ha/kafka';
import { execInPod, patchObject } from '@kafka-ha/kube';
import {
  components,
  dataPath,
  ordinals,
  podOf,
  quorumComponentOf,
  type Component,
} from '@kafka-ha/manifests';
import { alertRules, pausableSeconds } from '@kafka-ha/metrics';
import type { Prometheus } from './prometheus.ts';

const { signal } = new AbortController();
const filling = `${dataPath}/filling`;

/** Somebody's own, which the file allows to be gone while a broker is. */
export const singleTopic = 'scratch';

/** Takes the last pods of a kind away for good, or brings them back: how many are to be there. */
export async function keep(
  { kube, spec }: FencedCluster,
  component: Component,
  replicas: number,
): Promise<void> {
  await patchObject(kube, statefulSetRef(spec, component), { spec: { replicas } }, { signal });
}

export async function keepAll(cluster: FencedCluster): Promise<void> {
  const { spec } = cluster;
  for (const component of [quorumComponentOf(spec), 'kafka'] as const)
    await keep(cluster, component, components[component].wanted(spec).pods);
}

/** A topic with one replica of each partition, and one partition on each broker. */
export async function createSingle(cluster: FencedCluster): Promise<void> {
  await using kafka = await openKafka(cluster);
  const config = { 'min.insync.replicas': '1' };
  const assignment = ordinals(cluster.spec.brokers).map((id) => [id]);
  await createTopics(kafka, [{ name: singleTopic, assignment, config }], { signal });
}

export async function deleteSingle(cluster: FencedCluster): Promise<void> {
  await using kafka = await openKafka(cluster);
  await deleteTopics(kafka, [singleTopic]);
}

/** Takes room on a broker's volume until so much of it is used: allocated, which writes nothing. */
export async function fillVolume(cluster: FencedCluster, brokerId: number, share: number): Promise<void> {
  await using kafka = await openKafka(cluster);
  const [disk] = await readBrokerDisks(kafka, [brokerId]);
  if (disk?.usage.kind !== 'read') throw new Error(`broker ${brokerId} does not tell how full its volume is`);
  const { usedBytes, sizeBytes } = disk.usage.value;
  await inBroker(cluster, brokerId, [
    'fallocate',
    '-l',
    String(Math.ceil(share * sizeBytes - usedBytes)),
    filling,
  ]);
}

export async function emptyVolume(cluster: FencedCluster, brokerId: number): Promise<void> {
  await inBroker(cluster, brokerId, ['rm', '-f', filling]);
}

async function inBroker({ kube, spec }: FencedCluster, brokerId: number, command: string[]): Promise<void> {
  const place = { namespace: spec.namespace, pod: podOf(spec, brokerId), container: 'kafka' };
  const { exitCode, stderr } = await execInPod(kube, { ...place, command, timeoutMs: 20_000, signal });
  if (exitCode !== 0) throw new Error(`${command.join(' ')}: ${stderr}`);
}

export type Fired = {
  alert: string;
  /** From the fault to the alert. */
  seconds: number;
  /** Of these it has to last so long before it is one. */
  forSeconds: number;
};

/**
 * Waits until an alert fires: what it has to last, and no more than a minute and a half beside. `ofSingle`: for the topic with one
 * replica, which may pause.
 */
export async function awaitAlert(
  { spec }: FencedCluster,
  prometheus: Prometheus,
  { alert, sinceMs, ofSingle = false }: { alert: string; sinceMs: number; ofSingle?: boolean },
): Promise<Fired> {
  const rule = alertRules(spec).find((each) => each.alert === alert);
  const forSeconds = (rule?.forSeconds ?? NaN) + (ofSingle ? pausableSeconds(spec) : 0);
  const expr = `ALERTS{kafka_cluster="${spec.name}",alertname="${alert}",alertstate="firing"}`;
  await waitFor(alert, async () => (await prometheus.query(expr)).length > 0, {
    deadlineMs: sinceMs + 1000 * (forSeconds + 90) - Date.now(),
  });
  return { alert, seconds: Math.round((Date.now() - sinceMs) / 1000), forSeconds };
}

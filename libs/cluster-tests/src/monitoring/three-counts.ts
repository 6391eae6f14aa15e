import { expect } from '@jest/globals';
import { waitFor } from '@kafka-ha/base';
import { readState, type Cluster } from '@kafka-ha/cluster';
import { assess } from '@kafka-ha/health';
import { readInPod, request } from '@kafka-ha/kube';
import { brokerHost, kafkaPorts, names, podOf } from '@kafka-ha/manifests';

/** Partitions that are not whole, by the worst that is true of each. */
type Counts = { offline: number; underMinIsr: number; atMinIsr: number; underReplicated: number };

/** What three who look say of the same moment. */
export type ThreeCounts = {
  exporter: Counts & { lossesLeft: number };
  /** Does not tell at-min-ISR from the other under-replicated ones. */
  health: Omit<Counts, 'atMinIsr'> & { lossesLeft: number };
  kafka: Counts;
};

/**
 * One moment as the exporter, `kafka-ha health` and Kafka's own tool, run in a broker's pod, see it; undefined where something changed
 * meanwhile: two readings of the exporter, before and after the other two, were not the same.
 */
export async function threeCounts(cluster: Cluster, brokerId: number): Promise<ThreeCounts | undefined> {
  const before = await exporterCounts(cluster, 0);
  if (before === undefined) return undefined;
  const state = await readState(cluster);
  const kafka = await kafkaCounts(cluster, brokerId);
  const exporter = await exporterCounts(cluster, Date.now());
  if (exporter === undefined || JSON.stringify(exporter) !== JSON.stringify(before)) return undefined;
  const { losses, partitions } = assess(cluster.spec, state).facts;
  if (losses.now === null || partitions === null) return undefined;
  const { offline, underMinIsr, underReplicated } = partitions;
  return { exporter, health: { lossesLeft: losses.now, offline, underMinIsr, underReplicated }, kafka };
}

/** They are the same: Kafka's words for a partition, and health's, in which those at min ISR are among the under-replicated. */
export function expectSame({ exporter, health, kafka }: ThreeCounts): void {
  const { lossesLeft, ...partitions } = exporter;
  const { offline, underMinIsr, atMinIsr, underReplicated } = partitions;
  expect(kafka).toEqual(partitions);
  expect(health).toEqual({
    lossesLeft: Math.max(0, lossesLeft),
    offline,
    underMinIsr,
    underReplicated: underReplicated + atMinIsr,
  });
}

/** Of a reading that was begun since then. Undefined where it could not read all of it. */
async function exporterCounts({ kube, spec }: Cluster, sinceMs: number) {
  const text = await waitFor(
    'a new reading of the exporter',
    async (signal) => {
      const path = `/api/v1/namespaces/${spec.namespace}/services/${names(spec).exporter}:metrics/proxy/metrics`;
      const { body } = await request<string>(kube, { method: 'GET', path, what: 'scrape', signal });
      const [age = Infinity, took = Infinity] = ['reading_age_seconds', 'reading_duration_seconds'].map(
        (name) => valueIn(body, name),
      );
      return Date.now() - 1000 * (age + took) > sinceMs && body;
    },
    { deadlineMs: 60_000, intervalMs: 500 },
  );
  const of = (state: string) => valueIn(text, 'partitions', state);
  const [lossesLeft, offline, underMinIsr, atMinIsr, underReplicated] = [
    valueIn(text, 'losses_left'),
    of('offline'),
    of('under_min_isr'),
    of('at_min_isr'),
    of('under_replicated'),
  ];
  if (lossesLeft === undefined || offline === undefined || underMinIsr === undefined) return undefined;
  if (atMinIsr === undefined || underReplicated === undefined) return undefined;
  return { lossesLeft, offline, underMinIsr, atMinIsr, underReplicated };
}

function valueIn(text: string, name: string, state?: string): number | undefined {
  const labels = state === undefined ? '\\{kafka_cluster="[^"]*"\\}' : `\\{state="${state}",[^}]*\\}`;
  const found = new RegExp(`^kafka_ha_${name}${labels} (\\S+)$`, 'm').exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

/**
 * `kafka-topics.sh --describe`; its script is not in every image. Of all partitions: one without a leader whose replicas all were in
 * sync is none of its under-replicated ones.
 */
async function kafkaCounts({ kube, spec, signal }: Cluster, brokerId: number): Promise<Counts> {
  const server = `${brokerHost(spec, brokerId)}:${kafkaPorts.clients}`;
  const java = "java -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '/opt/kafka/libs/*'";
  const tool = `org.apache.kafka.tools.TopicCommand --bootstrap-server ${server}`;
  const { exitCode, stdout, stderr } = await readInPod(kube, {
    namespace: spec.namespace,
    pod: podOf(spec, brokerId),
    container: 'kafka',
    command: ['sh', '-c', `exec ${java} ${tool} --describe`],
    timeoutMs: 60_000,
    signal,
  });
  if (exitCode !== 0) throw new Error(`kafka-topics has failed: ${stderr}`);
  return countsIn(stdout, spec.replication.minInSync);
}

function countsIn(described: string, minInSync: number): Counts {
  const counts: Counts = { offline: 0, underMinIsr: 0, atMinIsr: 0, underReplicated: 0 };
  const countOf = (ids = '') => ids.split(',').filter((id) => id !== '').length;
  for (const [, leader, replicas, isr] of described.matchAll(
    /Leader: (\S+)\s+Replicas: ([\d,]+)\s+Isr: ?([\d,]*)/g,
  )) {
    const inSync = countOf(isr);
    if (leader === 'none') counts.offline += 1;
    else if (inSync === countOf(replicas)) continue;
    else if (inSync < minInSync) counts.underMinIsr += 1;
    else if (inSync === minInSync) counts.atMinIsr += 1;
    else counts.underReplicated += 1;
  }
  return counts;
}

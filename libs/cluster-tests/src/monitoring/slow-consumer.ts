import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { waitFor } from '@kafka-ha/base';
import { consume, openClient, produce, type Client } from '@kafka-ha/client';
import { openKafka, type FencedCluster } from '@kafka-ha/cluster';
import { createTopics, deleteTopics, readGroupOffsets, readOffsets, readTopics } from '@kafka-ha/kafka';
import { ordinals } from '@kafka-ha/manifests';
import type { Prometheus } from './prometheus.ts';

const mebibyte = 1024 * 1024;
const { signal } = new AbortController();
const topic = 'few-kept';
export const slowGroup = 'stopped';

/** Five minutes' worth at the rate of `batches`: enough for each alert to wait its time before a record is lost. */
const config = { 'retention.bytes': String(6 * mebibyte), 'segment.bytes': String(mebibyte) };
const recordsPerSecond = 20;

/** When, in milliseconds since 1970, Prometheus first knew of each sign of a consumer that stopped. */
export type Signs = Record<'finding' | 'ratio' | 'nearRetention' | 'losesRecords', number>;

/**
 * Writes to a topic that keeps little, and lets a group stop after its first records until the last alert fires. Then no record is
 * lost yet: the group goes on with the very next one.
 */
export async function letConsumerStop(cluster: FencedCluster, prometheus: Prometheus): Promise<Signs> {
  const fromMs = Date.now();
  await using kafka = await openKafka(cluster);
  const assignment = [ordinals(cluster.spec.brokers)];
  await createTopics(kafka, [{ name: topic, config, assignment }], { signal });
  await using client = await openClient(cluster);
  const enough = new AbortController();
  const writing = produce(client, { topic, batches: batches(enough.signal), signal: enough.signal });
  try {
    await firstRecord(client, 5);
    const last = firing(cluster, 'KafkaHaConsumerLosesRecords');
    await waitFor(last, async () => (await prometheus.query(last)).length > 0, { deadlineMs: 420_000 });
  } finally {
    enough.abort();
    await writing;
  }
  const offsets = await readGroupOffsets(kafka, ordinals(cluster.spec.brokers));
  const committed = offsets.find(({ group }) => group === slowGroup)?.offset;
  const starts = await readOffsets(kafka, await readTopics(kafka, [topic]), 'start');
  expect(starts.get(topic)?.get(0)?.offset).toBeLessThanOrEqual(committed ?? -1);
  expect(await firstRecord(client, 1)).toBe(committed);
  const expressions = signsOf(cluster);
  const last = expressions.losesRecords;
  await deleteTopics(kafka, [topic]);
  // Nobody reads on, and what comes next would be told of it as well.
  await waitFor('its alerts to end', async () => (await prometheus.query(last)).length === 0, {
    deadlineMs: 60_000,
  });
  const seen = await Promise.all(
    Object.entries(expressions).map(async ([sign, expr]) => {
      const series = await prometheus.queryRange(expr, { fromMs, toMs: Date.now() });
      return [sign, Math.min(...series.flatMap(({ points }) => points.map(({ atMs }) => atMs)))] as const;
    }),
  );
  return Object.fromEntries(seen) as Signs;
}

async function* batches(until: AbortSignal) {
  const value = Buffer.alloc(1024, 'x');
  while (!until.aborted) {
    yield Array.from({ length: recordsPerSecond }, () => ({ key: null, value, headers: {} }));
    await sleep(1000);
  }
}

/** Reads as many with the group, which commits them; the offset of the first. */
async function firstRecord(client: Client, count: number): Promise<number | undefined> {
  const offsets: number[] = [];
  const onRecord = ({ offset }: { offset: number }) => void offsets.push(offset);
  await consume(client, { topic, group: slowGroup, fromBeginning: true, count, onRecord, signal });
  return offsets[0];
}

function signsOf(cluster: FencedCluster): Record<keyof Signs, string> {
  const of = `kafka_cluster="${cluster.spec.name}"`;
  return {
    finding: `kafka_ha_findings{${of},code="consumer-near-retention"} > 0`,
    ratio: `kafka_ha_group_retention_used_ratio{${of},group="${slowGroup}"} >= 0.5`,
    nearRetention: firing(cluster, 'KafkaHaConsumerNearRetention'),
    losesRecords: firing(cluster, 'KafkaHaConsumerLosesRecords'),
  };
}

function firing({ spec }: FencedCluster, alert: string): string {
  return `ALERTS{kafka_cluster="${spec.name}",alertname="${alert}",alertstate="firing",group="${slowGroup}"}`;
}

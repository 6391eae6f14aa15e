import type { TopicOverview } from '@kafka-ha/cluster';
import { formatBytes } from '@kafka-ha/config';
import type { Table } from '@kafka-ha/report';
import { tableText } from './table-text.ts';

/** One row per topic, Kafka's own ones last. */
export function printTopics(topics: readonly TopicOverview[], stream: NodeJS.WriteStream): void {
  const sorted = topics.toSorted((a, b) => Number(a.internal) - Number(b.internal));
  stream.write(topics.length === 0 ? 'There are no topics.\n' : `${tableText(tableOf(sorted), stream)}\n`);
}

function tableOf(topics: readonly TopicOverview[]): Table {
  return {
    columns: [
      { title: 'topic', align: 'left' },
      { title: 'partitions', align: 'right' },
      { title: 'replicas', align: 'right' },
      { title: 'min ISR', align: 'right' },
      { title: 'on disk', align: 'right' },
      { title: 'under-replicated', align: 'right' },
      { title: 'without leader', align: 'right' },
    ],
    rows: topics.map((topic) => [
      { text: topic.topic, tone: topic.internal ? 'dim' : undefined },
      { text: String(topic.partitions) },
      { text: String(topic.replicas) },
      { text: String(topic.minInSync) },
      { text: topic.bytes === null ? '?' : formatBytes(topic.bytes) },
      number(topic.underReplicated.length),
      number(topic.leaderless.length),
    ]),
  };
}

function number(value: number): Table['rows'][number][number] {
  return { text: String(value), tone: value === 0 ? undefined : 'bad' };
}

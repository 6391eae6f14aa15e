import { count } from '@kafka-ha/base';
import { brokersQuorum, quorums, quorumsIn, type QuorumSection } from './mode/quorums.ts';
import { claimOf } from './proof/prove-cluster.ts';
import { prove } from './proof/prove.ts';
import { CPU_SECONDS_PER_GB } from './sizing/expected-load.ts';
import { assumedPartitions } from './sizing/size-disk.ts';
import type { Load } from './sizing/sizing.ts';
import { quorumServersOf } from './spec-of.ts';
import type { Spec } from './spec.ts';
import { formatBytes } from './units/bytes.ts';
import { formatCpu } from './units/cpu.ts';
import { formatDuration } from './units/duration.ts';
import { formatRate } from './units/rate.ts';

/** The proof and the sizing as a person wants to read them. Plain data: the terminal and the reports draw it. */
export type Explanation = { sections: { title: string; lines: ExplanationLine[] }[] };

export type ExplanationLine = { label: string; value: string; why: string };

export function explain(spec: Spec): Explanation {
  return {
    sections: [
      { title: 'Promise', lines: promise(spec) },
      { title: 'Load per broker, at the full ingest rate', lines: load(spec) },
      { title: 'Disk per broker', lines: disk(spec) },
      { title: 'Memory', lines: memory(spec) },
      { title: 'Recovery', lines: recovery(spec) },
    ],
  };
}

function promise(spec: Spec): ExplanationLine[] {
  const { tolerance, brokers, replication } = spec;
  const claim = claimOf(spec);
  const [fits, factor, durable, writable] = prove(claim).lines;
  const quorumLine = (section: QuorumSection) => {
    const { alone, words } = quorums[section];
    const { servers } = spec[section];
    const { lines } = prove({ ...claim, mode: alone, quorumServers: servers });
    return line(words.title, words.counted(servers), lines.at(-1));
  };
  return [
    line('brokers', `${brokers}, any ${tolerance} may be lost at once`, fits),
    line('replication factor', replication.factor, factor),
    line('min.insync.replicas', replication.minInSync, durable),
    line('writes continue', `with ${count(brokers - tolerance, 'broker')}`, writable),
    ...quorumsIn(spec.mode).map(quorumLine),
    nodes(spec),
    line(
      'holds for',
      topicCount(spec),
      'including the internal topics __consumer_offsets and __transaction_state',
    ),
  ];
}

function nodes(spec: Spec): ExplanationLine {
  const { brokers, placement, mode } = spec;
  const { brokersPerNode } = placement;
  const { separation, words } = quorums[brokersQuorum(mode)];
  const forBrokers = Math.ceil(brokers / brokersPerNode);
  const apart = forBrokers + quorumServersOf(spec);
  const each =
    brokersPerNode === 1 ? 'no two brokers share one' : `at most ${brokersPerNode} brokers share one`;
  if (placement[separation] === 'required')
    return line('nodes', `${apart} or more`, `${each}, and ${words.ownNodes}`);
  const preferred = placement[separation] === 'preferred' ? `; with ${apart} ${words.ownNodes}` : '';
  return line('nodes', `${forBrokers} or more`, `${each}${preferred}`);
}

function load({ sizing, tolerance, ingest, resources }: Spec): ExplanationLine[] {
  const { healthy, degraded } = sizing.load;
  const both = (of: (load: Load) => string) =>
    of(healthy) === of(degraded) ? of(healthy) : `${of(healthy)}, ${of(degraded)} with ${tolerance} lost`;
  const groups = count(ingest.consumerGroups, 'consumer group');
  return [
    line('ingest', formatRate(ingest.bytesPerSecond), `compressed ${ingest.compression}:1 by the producers`),
    line(
      'disk write',
      both((l) => formatRate(l.diskWriteBytesPerSecond)),
      'each broker writes every partition that it holds',
    ),
    line(
      'network in',
      both((l) => formatRate(l.networkInBytesPerSecond)),
      'from producers and from leaders',
    ),
    line(
      'network out',
      both((l) => formatRate(l.networkOutBytesPerSecond)),
      `to followers and to ${groups}`,
    ),
    line(
      'CPU',
      both((l) => formatCpu(l.cpuCores * 1000)),
      `of ${formatCpu(resources.cpuMillis)} requested; from ${CPU_SECONDS_PER_GB} CPU-seconds per GB, as measured (kafka-ha bench measures yours)`,
    ),
  ];
}

function disk(spec: Spec): ExplanationLine[] {
  const { sizing, storage } = spec;
  const why =
    spec.topics.length === 0
      ? `no topics are listed: ${count(assumedPartitions(spec), 'partition is', 'partitions are')} assumed`
      : topicCount(spec);
  return [
    line('replicas', sizing.replicasPerBroker, why),
    line(
      'segment',
      formatBytes(sizing.segmentBytes),
      'log.segment.bytes: small, because the active segment cannot be deleted',
    ),
    line(
      'retention per partition',
      formatBytes(sizing.retentionBytesPerPartition),
      'log.retention.bytes: by size, because a limit by age would not keep the volume from filling up',
    ),
    line(
      'retention in time',
      formatDuration(sizing.retentionSeconds * 1000),
      storage.retentionSeconds === null
        ? 'at the full ingest rate; a consumer may be away that long'
        : `at the full ingest rate; storage.retention asks for ${formatDuration(storage.retentionSeconds * 1000)}`,
    ),
    line(
      'fullest',
      `${formatBytes(sizing.peakDiskBytes)} of ${formatBytes(storage.sizeBytes)}`,
      'replicas × (retention + segment) + 20 s of inflow until files are deleted + internal topics; at most 85 %',
    ),
  ];
}

function memory(spec: Spec): ExplanationLine[] {
  const { sizing, resources } = spec;
  const { network, io, replicaFetchers, recoveryPerDataDir } = sizing.threads;
  return [
    line('container', formatBytes(resources.memoryBytes), 'request and limit'),
    line('heap', formatBytes(sizing.heapBytes), 'three eighths: Kafka holds requests in it, not data'),
    line('direct memory', formatBytes(sizing.directMemoryBytes), 'network buffers'),
    line('metaspace', formatBytes(sizing.metaspaceBytes), 'class metadata, at most'),
    line(
      'page cache',
      formatBytes(sizing.pageCacheBytes),
      'the rest, for followers and consumers that keep up',
    ),
    line(
      'threads',
      `${network} network, ${io} request, ${count(replicaFetchers, 'fetcher')}, ${recoveryPerDataDir} recovery`,
      'for the requested CPU',
    ),
    ...quorumsIn(spec.mode).map((section) => {
      const { title, why } = quorums[section].heap;
      const heap = formatBytes(sizing.quorumHeapBytes[section]);
      return line(title, heap, `of ${formatBytes(spec[section].memoryBytes)}${why}`);
    }),
  ];
}

function recovery({ sizing, storage, objectives }: Spec): ExplanationLine[] {
  const { afterRestartSeconds, afterLostDiskSeconds } = sizing.catchUp;
  const beside = `in addition to the inflow, on a volume of ${formatRate(storage.bytesPerSecond)}`;
  return [
    line(
      'in sync again after a restart',
      formatDuration(afterRestartSeconds * 1000),
      `30 s missed, ${beside}`,
    ),
    line(
      'in sync again after a lost disk',
      formatDuration(afterLostDiskSeconds * 1000),
      `everything copied, ${beside}`,
    ),
    line(
      'interruption allowed',
      formatDuration(objectives.interruptionMs),
      'when brokers fail; a drill that exceeds it fails',
    ),
    line('at planned restarts', formatDuration(objectives.plannedInterruptionMs), 'rolls and upgrades'),
  ];
}

function topicCount({ topics }: Spec): string {
  const partitions = topics.reduce((sum, topic) => sum + topic.partitions, 0);
  if (topics.length === 0) return 'every topic';
  return `${count(topics.length, 'topic')}, ${count(partitions, 'partition')}`;
}

function line(label: string, value: string | number, why = ''): ExplanationLine {
  return { label, value: String(value), why };
}

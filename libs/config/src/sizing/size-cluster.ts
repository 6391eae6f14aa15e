import { quorums, quorumSections, type QuorumSection } from '../mode/quorums.ts';
import type { Finding } from '../source/finding.ts';
import type { UnsizedSpec } from '../spec-of.ts';
import { formatBytes, GIB } from '../units/bytes.ts';
import { formatDuration } from '../units/duration.ts';
import { formatRate } from '../units/rate.ts';
import { catchUp, expectedLoad } from './expected-load.ts';
import { inflowPerBroker, leastVolume, MIN_RETENTION_SECONDS, sizeDisk } from './size-disk.ts';
import { MIN_BROKER_MEMORY, sizeBrokerMemory, sizeQuorumHeap } from './size-memory.ts';
import type { Sizing } from './sizing.ts';

export type SizingResult = { kind: 'fits'; sizing: Sizing } | { kind: 'too-small'; findings: Finding[] };

/** Computes what follows from the load and the resources, or says what is too small and what would do. */
export function sizeCluster(spec: UnsizedSpec): SizingResult {
  const memory = sizeBrokerMemory(spec.resources.memoryBytes);
  const heaps = quorumSections.map(
    (section) => [section, sizeQuorumHeap(section, spec[section].memoryBytes)] as const,
  );
  const disk = sizeDisk(spec);
  const findings: Finding[] = [];
  if (memory === undefined) findings.push(memoryTooSmall(spec));
  for (const [section, heap] of heaps)
    if (heap === undefined) findings.push(quorumMemoryTooSmall(spec, section));
  const wished = spec.storage.retentionSeconds ?? 0;
  if ((disk?.retentionSeconds ?? 0) < wished) findings.push(retentionUnreachable(spec, wished));
  else if (disk === undefined) findings.push(volumeTooSmall(spec));
  findings.push(...keptTooShort(spec));
  if (inflowPerBroker(spec) >= spec.storage.bytesPerSecond) findings.push(volumeTooSlow(spec));
  if (memory === undefined || disk === undefined || findings.length > 0)
    return { kind: 'too-small', findings };
  const sizing = {
    ...memory,
    quorumHeapBytes: Object.fromEntries(heaps) as Sizing['quorumHeapBytes'],
    ...disk,
    threads: sizeThreads(spec),
    load: { healthy: expectedLoad(spec), degraded: expectedLoad(spec, spec.tolerance) },
    catchUp: catchUp(spec, disk.peakDiskBytes),
  };
  return { kind: 'fits', sizing };
}

function memoryTooSmall({ resources }: UnsizedSpec): Finding {
  return {
    paths: [['resources', 'memory']],
    message: `resources.memory is ${formatBytes(resources.memoryBytes)}, too small for a broker's heap and the memory that the JVM needs outside it; allowed: at least ${formatBytes(MIN_BROKER_MEMORY)}`,
  };
}

function quorumMemoryTooSmall(spec: UnsizedSpec, section: QuorumSection): Finding {
  const { beside, leastMemory } = quorums[section].heap;
  return {
    paths: [[section, 'resources', 'memory']],
    message: `${section}.resources.memory is ${formatBytes(spec[section].memoryBytes)}, too small for its heap${beside}; allowed: at least ${formatBytes(leastMemory)}`,
  };
}

function volumeTooSmall(spec: UnsizedSpec): Finding {
  const inflow = formatRate(inflowPerBroker(spec));
  const least = leastVolume(spec);
  const allowed = least === undefined ? 'less to write, or more brokers' : `at least ${least / GIB}Gi`;
  return {
    paths: [['storage', 'size'], ['ingest', 'rate'], ['topics']],
    message: `storage.size is ${formatBytes(spec.storage.sizeBytes)}, too small for ${MIN_RETENTION_SECONDS} s of retention: each broker writes ${inflow}; allowed: ${allowed}`,
  };
}

function retentionUnreachable({ topics }: UnsizedSpec, seconds: number): Finding {
  const isOwn = topics.length > 0 && topics.every(({ config }) => 'retention.bytes' in config);
  const why = isOwn ? 'every topic has a retention.bytes of its own' : 'no volume up to 64Ti keeps that';
  return {
    paths: [['storage', 'retention'], ['ingest', 'rate'], ['topics']],
    message: `storage.retention is ${formatDuration(seconds * 1000)}, but ${why}; allowed: a shorter one, or null`,
  };
}

const millisecondsOf = {
  'log.retention.ms': 1,
  'log.retention.minutes': 60_000,
  'log.retention.hours': 3_600_000,
};

/** By age, which the file sets for all topics: Kafka takes the finest unit that is set, and a week where none is. */
function keptTooShort({ kafkaConfig, storage }: UnsizedSpec): Finding[] {
  if (storage.retentionSeconds === null) return [];
  const [key, unitMs] = Object.entries(millisecondsOf).find(([name]) => name in kafkaConfig) ?? [];
  const keptMs =
    key === undefined || unitMs === undefined ? 168 * 3_600_000 : Number(kafkaConfig[key]) * unitMs;
  if (keptMs < 0 || keptMs >= storage.retentionSeconds * 1000) return [];
  const setting = key === undefined ? 'log.retention.hours, which is 168 by default,' : `kafkaConfig.${key}`;
  const wished = formatDuration(storage.retentionSeconds * 1000);
  return [
    {
      paths: [
        ['storage', 'retention'],
        ['kafkaConfig', key ?? 'log.retention.hours'],
      ],
      message: `storage.retention is ${wished}, but ${setting} has records deleted after ${formatDuration(keptMs)}; allowed: a shorter retention, or a longer time in kafkaConfig`,
    },
  ];
}

function volumeTooSlow(spec: UnsizedSpec): Finding {
  return {
    paths: [
      ['storage', 'throughput'],
      ['ingest', 'rate'],
    ],
    message: `storage.throughput is ${formatRate(spec.storage.bytesPerSecond)}, but each broker writes ${formatRate(inflowPerBroker(spec))}: it would never catch up after a restart; allowed: more than that`,
  };
}

/**
 * Kafka's thread pools for the brokers' CPU, unless the file sets them: on one core 2 network and 4 request threads
 * instead of Kafka's 3 and 8, one fetcher per peer, 2 threads to recover logs at start.
 */
function sizeThreads({ resources, kafkaConfig }: UnsizedSpec): Sizing['threads'] {
  const cores = Math.ceil(resources.cpuMillis / 1000);
  const pool = (key: string, computed: number, min: number, max: number) =>
    Number(kafkaConfig[key] ?? Math.min(max, Math.max(min, computed)));
  return {
    network: pool('num.network.threads', cores + 1, 2, 8),
    io: pool('num.io.threads', 2 * cores + 2, 4, 16),
    replicaFetchers: pool('num.replica.fetchers', cores, 1, 4),
    recoveryPerDataDir: pool('num.recovery.threads.per.data.dir', 2 * cores, 2, 8),
  };
}

import type { Finding } from '../source/finding.ts';
import type { UnsizedSpec } from '../spec-of.ts';
import { formatBytes, GIB } from '../units/bytes.ts';
import { formatRate } from '../units/rate.ts';
import { catchUp, expectedLoad } from './expected-load.ts';
import { inflowPerBroker, leastVolume, MIN_RETENTION_SECONDS, sizeDisk } from './size-disk.ts';
import {
  MIN_BROKER_MEMORY,
  MIN_CONTROLLER_MEMORY,
  MIN_ZOOKEEPER_MEMORY,
  sizeBrokerMemory,
  sizeControllerHeap,
  sizeZookeeperHeap,
} from './size-memory.ts';
import type { Sizing } from './sizing.ts';

export type SizingResult = { kind: 'fits'; sizing: Sizing } | { kind: 'too-small'; findings: Finding[] };

/** Computes what follows from the load and the resources, or says what is too small and what would do. */
export function sizeCluster(spec: UnsizedSpec): SizingResult {
  const memory = sizeBrokerMemory(spec.resources.memoryBytes);
  const zookeeperHeapBytes = sizeZookeeperHeap(spec.zookeeper.memoryBytes);
  const controllerHeapBytes = sizeControllerHeap(spec.controllers.memoryBytes);
  const disk = sizeDisk(spec);
  const findings: Finding[] = [];
  if (memory === undefined) findings.push(memoryTooSmall(spec));
  if (zookeeperHeapBytes === undefined) findings.push(zookeeperMemoryTooSmall(spec));
  if (controllerHeapBytes === undefined) findings.push(controllerMemoryTooSmall(spec));
  if (disk === undefined) findings.push(volumeTooSmall(spec));
  if (inflowPerBroker(spec) >= spec.storage.bytesPerSecond) findings.push(volumeTooSlow(spec));
  if (
    memory === undefined ||
    zookeeperHeapBytes === undefined ||
    controllerHeapBytes === undefined ||
    disk === undefined ||
    findings.length > 0
  )
    return { kind: 'too-small', findings };
  const sizing = {
    ...memory,
    zookeeperHeapBytes,
    controllerHeapBytes,
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

function zookeeperMemoryTooSmall({ zookeeper }: UnsizedSpec): Finding {
  return {
    paths: [['zookeeper', 'resources', 'memory']],
    message: `zookeeper.resources.memory is ${formatBytes(zookeeper.memoryBytes)}, too small for its heap; allowed: at least ${formatBytes(MIN_ZOOKEEPER_MEMORY)}`,
  };
}

function controllerMemoryTooSmall({ controllers }: UnsizedSpec): Finding {
  return {
    paths: [['controllers', 'resources', 'memory']],
    message: `controllers.resources.memory is ${formatBytes(controllers.memoryBytes)}, too small for its heap beside the memory that the JVM needs outside it; allowed: at least ${formatBytes(MIN_CONTROLLER_MEMORY)}`,
  };
}

function volumeTooSmall(spec: UnsizedSpec): Finding {
  const inflow = formatRate(inflowPerBroker(spec));
  return {
    paths: [['storage', 'size'], ['ingest', 'rate'], ['topics']],
    message: `storage.size is ${formatBytes(spec.storage.sizeBytes)}, too small for ${MIN_RETENTION_SECONDS} s of retention: each broker writes ${inflow}; allowed: at least ${leastVolume(spec) / GIB}Gi`,
  };
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

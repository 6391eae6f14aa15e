import { grouped } from '@kafka-ha/base';
import type { Finding } from '../source/finding.ts';
import type { Spec, TopicSpec } from '../spec.ts';
import { formatBytes, KIB, MIB } from '../units/bytes.ts';

/**
 * Heap of one replica: its log, its segments, its producers' state and some twenty metrics. An estimate and not measured: public
 * reports of brokers that died of memory while partitions were made, such as opensource4you/astraea#294, point to some tens of
 * kilobytes; none gives a figure.
 */
export const HEAP_PER_REPLICA = 30 * KIB;
/** Of the heap, what replicas may take beside requests and the collector's room. */
const HEAP_SHARE = 0.5;
/** vm.max_map_count of a Linux that nobody has changed. Some distributions raise it to 1,048,576. */
const MAPS_OF_A_PROCESS = 65_530;
/** The JVM's own: libraries, thread stacks, the heap's regions. */
const MAPS_OF_THE_JVM = 2_000;
/** The offset index and the time index. */
const MAPS_PER_SEGMENT = 2;

/** Where a broker may hold more replicas than it has memory or maps for: it dies of that, and so do those that take over. */
export function manyReplicas(spec: Spec): Finding[] {
  return [...tooManyForHeap(spec), ...tooManyForMaps(spec)];
}

/** The least heap that holds so many replicas beside all else. */
export function heapFor(replicas: number): number {
  return (replicas * HEAP_PER_REPLICA) / HEAP_SHARE;
}

function tooManyForHeap({ sizing, resources }: Spec): Finding[] {
  const { replicasPerBroker: replicas, heapBytes } = sizing;
  const needed = replicas * HEAP_PER_REPLICA;
  const room = heapBytes * HEAP_SHARE;
  if (needed <= room) return [];
  const most = Math.floor(room / HEAP_PER_REPLICA);
  const message = `each broker holds ${grouped(replicas)} replicas, which take about ${formatBytes(HEAP_PER_REPLICA)} of heap each: ${mebibytes(needed)}Mi, and half of the heap of ${formatBytes(heapBytes)} that ${formatBytes(resources.memoryBytes)} of memory give is ${mebibytes(room)}Mi; at most ${grouped(most)} replicas, or more memory`;
  return [{ paths: [['topics'], ['resources', 'memory']], message }];
}

function tooManyForMaps(spec: Spec): Finding[] {
  const replicas = spec.sizing.replicasPerBroker;
  const segments = segmentsPerBroker(spec);
  const maps = segments * MAPS_PER_SEGMENT;
  const allowed = MAPS_OF_A_PROCESS - MAPS_OF_THE_JVM;
  if (maps <= allowed) return [];
  const inUse = replicas * MAPS_PER_SEGMENT;
  const message = `each broker holds ${grouped(replicas)} replicas in up to ${grouped(segments)} segments, with ${MAPS_PER_SEGMENT} maps each: ${grouped(maps)} (${grouped(inUse)} for those being written), and a process may have ${grouped(MAPS_OF_A_PROCESS)} unless vm.max_map_count of the nodes is raised; at most ${grouped(Math.floor((replicas * allowed) / maps))} replicas of these sizes`;
  return [{ paths: [['topics'], ['storage', 'size']], message }];
}

/** When every volume is as full as it becomes. */
function segmentsPerBroker({ brokers, replication, sizing, topics }: Spec): number {
  const perReplica = ({ config }: Pick<TopicSpec, 'config'>) => {
    const retention = Number(config['retention.bytes'] ?? sizing.retentionBytesPerPartition);
    const segment = Number(config['segment.bytes'] ?? sizing.segmentBytes);
    return Math.ceil(Math.max(0, retention) / segment) + 1;
  };
  if (topics.length === 0) return sizing.replicasPerBroker * perReplica({ config: {} });
  return topics.reduce((sum, topic) => {
    return sum + Math.ceil((topic.partitions * replication.factor) / brokers) * perReplica(topic);
  }, 0);
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / MIB);
}

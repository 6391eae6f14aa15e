import type { Spec } from '@kafka-ha/config';
import { zookeeperHost } from '../hosts.ts';
import { kafkaLogPath } from '../paths.ts';
import { kafkaPorts, zookeeperPorts } from '../ports.ts';
import { isDynamicKey } from './dynamic-keys.ts';

/** Broker keys, by what a change of them takes: a restart of each broker, or nothing. */
export type KafkaConfig = { restart: Record<string, string>; dynamic: Record<string, string> };

/** Where in ZooKeeper this cluster keeps its state. */
export const zookeeperChroot = '/kafka';

/**
 * After the last ping a live broker has a third of it left before it is taken for dead. 6 s is the least that a broker
 * with one throttled core keeps; with ticks of 1 s a dead one is found in 4.3 to 6.8 s (measured, 60 times).
 */
export const zookeeperSessionMs = 6_000;

/**
 * Every broker key that the cluster file decides; those that differ per broker come from its start script. The file's
 * own `kafkaConfig` outranks this project's tuning, but not what the promise rests on.
 */
export function kafkaConfigOf(spec: Spec): KafkaConfig {
  const all = { ...tuning(spec), ...spec.kafkaConfig, ...owned(spec) };
  const keys = Object.keys(all).sort();
  const pick = (wanted: readonly string[]) => Object.fromEntries(wanted.map((key) => [key, all[key] ?? '']));
  return {
    restart: pick(keys.filter((key) => !isDynamicKey(key))),
    dynamic: pick(keys.filter(isDynamicKey)),
  };
}

/** What a cluster file may not set, because the promise or the wiring depends on it. */
function owned(spec: Spec): Record<string, string> {
  const { factor, minInSync } = spec.replication;
  return {
    'broker.id.generation.enable': 'false',
    'log.dirs': kafkaLogPath,
    listeners: `CLIENT://:${kafkaPorts.clients},REPLICATION://:${kafkaPorts.replication},CONTROL://:${kafkaPorts.control}`,
    'listener.security.protocol.map': 'CLIENT:PLAINTEXT,REPLICATION:PLAINTEXT,CONTROL:PLAINTEXT',
    'inter.broker.listener.name': 'REPLICATION',
    // The controller's requests do not wait behind a queue of produce requests (KIP-291).
    'control.plane.listener.name': 'CONTROL',
    'inter.broker.protocol.version': spec.versions.interBrokerProtocol,
    'zookeeper.connect': zookeeperConnect(spec),
    'zookeeper.session.timeout.ms': String(zookeeperSessionMs),

    'default.replication.factor': String(factor),
    'offsets.topic.replication.factor': String(factor),
    'transaction.state.log.replication.factor': String(factor),
    'min.insync.replicas': String(minInSync),
    'transaction.state.log.min.isr': String(minInSync),
    'unclean.leader.election.enable': 'false',
    'controlled.shutdown.enable': 'true',
  };
}

function zookeeperConnect(spec: Spec): string {
  const servers = Array.from({ length: spec.zookeeper.servers }, (_, i) => zookeeperHost(spec, i));
  return servers.map((host) => `${host}:${zookeeperPorts.clients}`).join(',') + zookeeperChroot;
}

/** What a cluster file may set otherwise. */
function tuning({ sizing }: Spec): Record<string, string> {
  const { threads } = sizing;
  return {
    // A topic that comes of a typing error has no place in the promise.
    'auto.create.topics.enable': 'false',
    'delete.topic.enable': 'true',
    // After a crash nobody may be there to lead the partitions back.
    'auto.leader.rebalance.enable': 'true',
    'group.initial.rebalance.delay.ms': '3000',
    'offsets.topic.num.partitions': '10',
    'transaction.state.log.num.partitions': '10',
    'zookeeper.connection.timeout.ms': '15000',

    // Longer than the session, so that the controller sees a death before the leaders shrink their ISR (KIP-537).
    'replica.lag.time.max.ms': '10000',
    'replica.fetch.backoff.ms': '200',
    'replica.socket.timeout.ms': '10000',
    'controller.socket.timeout.ms': '10000',
    'socket.connection.setup.timeout.ms': '2000',
    'socket.connection.setup.timeout.max.ms': '5000',
    // Ten seconds of trying in small steps: long enough for a controller that is just being elected.
    'controlled.shutdown.max.retries': '10',
    'controlled.shutdown.retry.backoff.ms': '1000',

    // Requests in memory are bounded in bytes: 500 of them, Kafka's bound, do not fit into a small container.
    'queued.max.request.bytes': String(48 * mebibyte),
    'socket.request.max.bytes': String(16 * mebibyte),
    'replica.fetch.response.max.bytes': String(4 * mebibyte),
    // Taken from the heap at the start; 128 MiB by default.
    'log.cleaner.dedupe.buffer.size': String(8 * mebibyte),

    // Retention is by size, from the volume; what lies beyond it is gone after some seconds, not six minutes.
    'log.retention.bytes': String(sizing.retentionBytesPerPartition),
    'log.segment.bytes': String(sizing.segmentBytes),
    'log.retention.check.interval.ms': '10000',
    'log.segment.delete.delay.ms': '5000',

    'num.network.threads': String(threads.network),
    'num.io.threads': String(threads.io),
    'num.replica.fetchers': String(threads.replicaFetchers),
    'num.recovery.threads.per.data.dir': String(threads.recoveryPerDataDir),
  };
}

const mebibyte = 1024 * 1024;

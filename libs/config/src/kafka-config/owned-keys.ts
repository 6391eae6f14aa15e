import type { Spec } from '../spec.ts';

/**
 * Why the cluster file may not set a broker key, and what to set instead; undefined where it may.
 * `listener.name.…` is a prefix that Kafka allows on many keys.
 */
export function ownershipOf(key: string, mode: Spec['mode']): string | undefined {
  const owner = owners.find(({ keys }) => keys.some((pattern) => matches(key, pattern)));
  return mode === 'kraft' ? (owner?.kraft ?? owner?.reason) : owner?.reason;
}

/** `kraft`: the reason with controllers, where it is another one. */
type Owner = { keys: readonly string[]; reason: string; kraft?: string };

const owners: readonly Owner[] = [
  {
    keys: [
      'min.insync.replicas',
      'default.replication.factor',
      'offsets.topic.replication.factor',
      'transaction.state.log.replication.factor',
      'transaction.state.log.min.isr',
    ],
    reason: 'it follows from the tolerance; set tolerance (or replication) instead',
  },
  {
    keys: ['unclean.leader.election.enable'],
    reason: 'it is always false: an unclean election loses acknowledged records',
  },
  {
    keys: ['offsets.commit.required.acks'],
    reason: 'it stays -1: a committed offset must survive lost brokers as records do',
  },
  {
    keys: ['auto.create.topics.enable'],
    reason:
      'it is always false: the sizing does not count a topic that is created by accident; list topics in topics instead',
  },
  {
    keys: ['log.retention.bytes', 'log.segment.bytes'],
    reason: 'it is computed from storage.size and ingest, so that the volume never fills; set those instead',
  },
  {
    keys: [
      'log.retention.check.interval.ms',
      'log.segment.delete.delay.ms',
      'offsets.topic.num.partitions',
      'offsets.topic.segment.bytes',
      'transaction.state.log.num.partitions',
      'transaction.state.log.segment.bytes',
    ],
    reason: 'the computed size of the logs depends on it',
  },
  {
    keys: ['log.cleaner.enable'],
    reason: 'it is always true: the internal topics would grow without end',
  },
  {
    keys: ['log.cleanup.policy'],
    reason:
      'with another default nothing would limit the logs; set cleanup.policy in the config of a topic instead',
  },
  {
    keys: ['socket.request.max.bytes', 'queued.max.request.bytes', 'queued.max.requests'],
    reason: 'it limits queued requests to what fits into the heap; set resources.memory instead',
  },
  {
    keys: [
      'zookeeper.session.timeout.ms',
      'replica.lag.time.max.ms',
      'controlled.shutdown.enable',
      'controlled.shutdown.max.retries',
      'controlled.shutdown.retry.backoff.ms',
    ],
    reason: 'the promised interruption depends on it',
  },
  {
    keys: ['leader.replication.throttled.*', 'follower.replication.throttled.*'],
    reason:
      'it would never be removed, and a broker that restarts might never catch up; use --throttle of `kafka-ha scale`, which is removed afterwards',
  },
  {
    keys: ['zookeeper.*'],
    reason: 'the ensemble belongs to the cluster; see zookeeper in the cluster file',
    kraft: 'this cluster has no ZooKeeper; leave it out, and see controllers in the cluster file',
  },
  {
    keys: ['inter.broker.protocol.version', 'log.message.format.version'],
    reason: 'it is raised in a separate step; set versions.interBrokerProtocol instead',
    kraft: 'it follows from the metadata; set versions.metadata instead',
  },
  { keys: ['log.dir', 'log.dirs'], reason: "it is where the broker's volume is mounted; see storage" },
  {
    keys: ['broker.id', 'broker.id.generation.enable', 'reserved.broker.max.id', 'node.id'],
    reason: "a broker's id is the number of its pod",
  },
  {
    keys: ['broker.rack'],
    reason: 'it is the zone of the node that the broker runs on',
  },
  {
    keys: [
      'listeners',
      'advertised.listeners',
      'listener.security.protocol.map',
      'inter.broker.listener.name',
      'control.plane.listener.name',
      'early.start.listeners',
      'security.inter.broker.protocol',
      'listener.name.*',
    ],
    reason:
      'clients, replication and the controller have one listener each, with the addresses of the Services',
    kraft:
      'clients, replication and the controllers have one listener each, with the addresses of the Services',
  },
  {
    keys: ['ssl.*', 'sasl.*', 'authorizer.class.name'],
    reason: 'the cluster is PLAINTEXT without authentication, fenced by NetworkPolicies',
  },
  {
    keys: [
      'process.roles',
      'controller.listener.names',
      'controller.quorum.*',
      'metadata.log.*',
      'initial.broker.registration.timeout.ms',
      'broker.heartbeat.interval.ms',
      'broker.session.timeout.ms',
      'eligible.leader.replicas.enable',
    ],
    reason: 'it belongs to KRaft, and this cluster runs with ZooKeeper',
    kraft:
      'the controllers and the interruption that is promised rest on it; see controllers in the cluster file',
  },
];

/** All of them, for a test: prefixes end with `*`. */
export const ownedKeys: readonly string[] = owners.flatMap(({ keys }) => keys);

function matches(key: string, pattern: string): boolean {
  return pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : key === pattern;
}

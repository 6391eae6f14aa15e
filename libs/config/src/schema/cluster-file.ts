import { z } from 'zod';
import {
  clusterNamePattern,
  dnsLabelPattern,
  dnsNamePattern,
  MAX_CLUSTER_NAME,
  namespaceRefusal,
} from '../names.ts';
import { GIB, bytesPattern, parseBytes, sizeText } from '../units/bytes.ts';
import { cpuPattern, parseCpu } from '../units/cpu.ts';
import { durationPattern, parseDuration } from '../units/duration.ts';
import { parseRate, ratePattern } from '../units/rate.ts';
import { workloadNode, defaultKafka, defaultZookeeper } from '../mode/default-versions.ts';
import { modes } from '../mode/mode.ts';
import { LEAST_EXPORTER_MEMORY } from '../sizing/exporter-memory.ts';
import { oneOf, quantity, section, settingValue, text, wholeNumber } from './fields.ts';
import { otherTopicList, topicList } from './topic-lists.ts';
import { podFields } from './pod-fields.ts';

/** Sizes in bytes, rates in bytes per second, durations in milliseconds, CPU in thousandths of a core. */
export type ClusterFile = z.output<typeof clusterFileSchema>;

/** The cluster file as a person writes it. */
export type ClusterFileInput = z.input<typeof clusterFileSchema>;

const size = (min = 1) =>
  quantity({
    pattern: bytesPattern,
    parse: parseBytes,
    min,
    allowed: `a size with its unit (Ki, Mi, Gi, Ti; k, M, G, T), e.g. 50Gi${min > 1 ? `, at least ${sizeText(min)}` : ''}`,
  });
const rate = () =>
  quantity({
    pattern: ratePattern,
    parse: parseRate,
    min: 1,
    allowed: 'a rate with its unit, e.g. 100MB/s, 80MiB/s or 500kB/s',
  });
const duration = (min = 1, allowed = 'a duration with its unit, e.g. 60s, 500ms or 2m') =>
  quantity({ pattern: durationPattern, parse: parseDuration, min, allowed });
const cpu = () => {
  const allowed = 'an amount of CPU, e.g. 1, 0.5 or 500m';
  return z
    .union([z.number(), text(cpuPattern, allowed)], allowed)
    .transform((written) => parseCpu(String(written)) ?? Number.NaN)
    .pipe(z.number(allowed).min(1, allowed));
};

const resources = (cpuDefault: string, memoryDefault: string) =>
  section({
    cpu: cpu()
      .prefault(cpuDefault)
      .describe(
        'CPU request of each pod. There is no limit, because a limit would throttle garbage collection and heartbeats.',
      ),
    memory: size()
      .prefault(memoryDefault)
      .describe('Memory request and limit of each pod. The JVM is sized to fit; the rest is page cache.'),
  });

const fields = {
  namespace: text(dnsLabelPattern, 'a DNS label: at most 63 lower-case letters, digits and hyphens')
    .superRefine((namespace, context) => {
      const message = namespaceRefusal(namespace);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    })
    .prefault('kafka')
    .describe('The Kubernetes namespace, reserved for the cluster.'),
  brokers: wholeNumber(1, 99).default(5).describe('Number of Kafka brokers in steady state.'),
  tolerance: wholeNumber(1, 20)
    .default(2)
    .describe(
      'How many brokers may be lost at once while writes continue and no acknowledged record is lost. A tolerance of f sets the replication factor to 2f+1 and min.insync.replicas to f+1.',
    ),
  replication: section({
    factor: wholeNumber(1, 99)
      .optional()
      .describe('Replicas of each partition. By default 2f+1 for the tolerance f.'),
    minInSync: wholeNumber(1, 99)
      .optional()
      .describe('min.insync.replicas. By default f+1 for the tolerance f.'),
  })
    .prefault({})
    .describe(
      'Overrides the values that follow from the tolerance. Refused if the tolerance could not be kept.',
    ),
  mode: oneOf(modes)
    .default('zookeeper')
    .describe(
      "Who keeps Kafka's metadata: zookeeper is a ZooKeeper ensemble (Kafka up to 3.9), kraft is Kafka's own controllers (Kafka 3.9 and 4). `kafka-ha migrate` leads from one to the other through migrating and dual-write, in which there are both.",
    ),
  zookeeper: section({
    servers: wholeNumber(1, 9)
      .default(3)
      .describe('Number of ZooKeeper servers: of 3 one may be lost, of 5 two.'),
    resources: resources('250m', '384Mi').prefault({}).describe('CPU and memory of each ZooKeeper server.'),
    storage: section({
      size: size(GIB).prefault('2Gi').describe('Size of each volume, for transaction log and snapshots.'),
    })
      .prefault({})
      .describe('Volumes of the ZooKeeper servers.'),
  })
    .prefault({})
    .describe('The ZooKeeper ensemble, separate from the brokers. Not with mode: kraft.'),
  controllers: section({
    servers: wholeNumber(1, 9).default(3).describe('Number of controllers: of 3 one may be lost, of 5 two.'),
    resources: resources('250m', '512Mi').prefault({}).describe('CPU and memory of each controller.'),
    storage: section({
      size: size(GIB)
        .prefault('2Gi')
        .describe('Size of each volume, for the log and the snapshots of the metadata.'),
    })
      .prefault({})
      .describe('Volumes of the controllers.'),
  })
    .prefault({})
    .describe("Kafka's controllers, separate from the brokers. Not with mode: zookeeper."),
  ingest: section({
    rate: rate()
      .prefault('100MB/s')
      .describe('Data that producers write to all topics, before compression. Sizing is computed from it.'),
    compression: z
      .number('a ratio from 1 (none) to 20')
      .min(1, 'a ratio from 1 (none) to 20')
      .max(20, 'a ratio from 1 (none) to 20')
      .default(4)
      .describe(
        'Compression ratio of the producers. zstd and lz4 usually reach 4 on JSON events; 1 means no compression.',
      ),
    consumerGroups: wholeNumber(0, 100)
      .default(1)
      .describe(
        'Number of consumer groups that read everything. They count towards the expected network load.',
      ),
  })
    .prefault({})
    .describe('The load that the cluster is sized for.'),
  resources: resources('1', '1Gi').prefault({}).describe('CPU and memory of each broker.'),
  storage: section({
    size: size(GIB).prefault('50Gi').describe('Size of each broker volume. Retention is computed from it.'),
    retention: duration(60_000, 'a duration of at least 1m, e.g. 12h, or null')
      .nullable()
      .default(null)
      .describe(
        'How long a record is to be kept at the full ingest rate: each volume is then as large as that needs, and at least `size`. null means as long as `size` allows.',
      ),
    class: text(dnsNamePattern, 'the name of a StorageClass, or null for the default one')
      .nullable()
      .default(null)
      .describe("StorageClass of all volumes. null means the Kubernetes cluster's default."),
    throughput: rate()
      .prefault('125MB/s')
      .describe(
        'Write throughput of a volume. It limits how fast a broker catches up. 125MB/s is what the smallest SSD volumes of the large clouds reach.',
      ),
  })
    .prefault({})
    .describe('Volumes of the brokers; the class is that of all volumes.'),
  placement: section({
    brokersPerNode: wholeNumber(1, 20)
      .default(1)
      .describe(
        'How many brokers may share a Kubernetes node. The loss of one node can take down that many brokers.',
      ),
    separateZookeeper: oneOf(['required', 'preferred', 'none'])
      .default('preferred')
      .describe(
        'Whether ZooKeeper servers run only on nodes without brokers: required, preferred (if there are enough nodes) or none.',
      ),
    separateControllers: oneOf(['required', 'preferred', 'none'])
      .default('preferred')
      .describe('The same for the controllers.'),
  })
    .prefault({})
    .describe('Which pods may share a node.'),
  pods: podFields(),
  versions: section({
    kafka: text(/^\d+\.\d+\.\d+$/, 'a version such as "3.9.2"')
      .optional()
      .describe(
        `Kafka version. With ZooKeeper 3.7 to 3.9, by default ${defaultKafka.zookeeper}; 3.9 is the last with ZooKeeper mode. With controllers 3.9.2 or 4.0 to 4.4, by default ${defaultKafka.kraft}.`,
      ),
    zookeeper: text(/^3\.(8|9)\.\d+$/, 'a version of ZooKeeper 3.8 or 3.9, such as "3.9.5"')
      .prefault(defaultZookeeper)
      .describe('ZooKeeper version.'),
    interBrokerProtocol: z
      .union([z.string(), z.number().transform(String)], 'a protocol version such as "3.9"')
      .pipe(text(/^3\.\d$/, 'a protocol version such as "3.9"'))
      .optional()
      .describe(
        'inter.broker.protocol.version, with ZooKeeper. By default that of the Kafka version. Keep the former version while the binaries are upgraded: you can go back until it is raised.',
      ),
    metadata: z
      .union([z.string(), z.number().transform(String)], 'a release of Kafka such as "4.4"')
      .pipe(text(/^\d\.\d$/, 'a release of Kafka such as "4.4"'))
      .optional()
      .describe(
        'The release whose features the cluster uses, with controllers: metadata.version and those beside it. By default that of the Kafka version. Keep the former release while the binaries are upgraded: you can go back until it is raised.',
      ),
  })
    .prefault({})
    .describe('Exact versions.'),
  images: section({
    kafka: text(/^\S+$/, 'an image reference, e.g. apache/kafka:3.9.2')
      .optional()
      .describe(
        'Image of the brokers and the controllers, with a digest to pin it. By default apache/kafka of the Kafka version.',
      ),
    zookeeper: text(/^\S+$/, 'an image reference, e.g. zookeeper:3.9.5')
      .optional()
      .describe('Image of the ZooKeeper servers. By default the official image of the ZooKeeper version.'),
    workload: text(/^\S+$/, `an image reference, e.g. node:${workloadNode}`)
      .optional()
      .describe(
        `Image for the load of a drill and for the exporter, with Node.js 20.15 or later. By default the official image of ${workloadNode}.`,
      ),
    pullPolicy: oneOf(['IfNotPresent', 'Always', 'Never'])
      .default('IfNotPresent')
      .describe('When nodes pull the images.'),
  })
    .prefault({})
    .describe('Container images.'),
  kafkaConfig: z
    .record(z.string(), settingValue(), 'a mapping of broker settings')
    .default({})
    .describe(
      'Other broker settings by their Kafka name. Settings that this file or the sizing decides are refused, with the field to use instead.',
    ),
  metrics: section({
    interval: quantity({
      pattern: durationPattern,
      parse: parseDuration,
      min: 5_000,
      // An alert waits for two readings: longer than a broker takes to restart, nobody would be told in time.
      max: 60_000,
      allowed: 'a duration from 5s to 1m, e.g. 15s or 30s',
    })
      .prefault('15s')
      .describe(
        'How often the exporter reads the cluster, from 5s to 1m. Alerts wait for two readings at the least.',
      ),
    memory: size(LEAST_EXPORTER_MEMORY)
      .optional()
      .describe(
        'Memory request and limit of the exporter. Default: 64Mi, and 8Mi more for each 1,000 partitions of this file. It needs more where thousands of partitions are not in it.',
      ),
    cluster: text(/^[A-Za-z0-9][A-Za-z0-9_./-]{0,62}$/, 'letters, digits and _ . / -, e.g. events-production')
      .optional()
      .describe(
        'Value of the label `kafka_cluster`, by which alerts and the dashboard know this cluster. Default: the name of the cluster. Where one Prometheus sees several clusters of a name, as of two environments, give each its own.',
      ),
  })
    .optional()
    .describe(
      'Runs an exporter beside the cluster, a small pod that serves metrics for Prometheus. `metrics: {}` is enough; without it there is none.',
    ),
  topics: topicList(),
  otherTopics: otherTopicList(),
  objectives: section({
    interruption: duration()
      .prefault('60s')
      .describe('Longest interruption of a partition when brokers fail. A drill that exceeds it fails.'),
    plannedInterruption: duration()
      .prefault('2s')
      .describe('Longest interruption of a partition at a planned restart.'),
  })
    .prefault({})
    .describe('What drills hold the cluster to.'),
};

const clusterName = text(
  clusterNamePattern,
  `a valid Kubernetes name: at most ${MAX_CLUSTER_NAME} lower-case letters, digits and hyphens, beginning with a letter and ending with a letter or digit`,
).describe("The cluster's name, and the prefix of every object's name.");

/** One environment, the name included where it differs. */
export const overrideSchema = section({ name: clusterName.optional(), ...fields });

/** The file without its environments: what is left once one has been merged in. */
export const clusterFileSchema = section({ name: clusterName, ...fields });

export const environmentsSchema = z
  .record(
    text(dnsLabelPattern, 'names of environments: lower-case letters, digits and hyphens'),
    overrideSchema,
    'a mapping of environments, each with the values that differ there',
  )
  .describe(
    'Values that differ by environment. They are merged over the rest of the file: mappings key by key, lists and values replaced. The result is checked.',
  );

/** The whole file, for editors. */
export const wholeFileSchema = section({
  name: clusterName,
  ...fields,
  environments: environmentsSchema.optional(),
});

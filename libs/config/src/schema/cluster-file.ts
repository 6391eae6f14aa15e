import { z } from 'zod';
import {
  clusterNamePattern,
  dnsLabelPattern,
  dnsNamePattern,
  MAX_CLUSTER_NAME,
  namespaceRefusal,
} from '../names/kubernetes-names.ts';
import { GIB, bytesPattern, parseBytes } from '../units/bytes.ts';
import { cpuPattern, parseCpu } from '../units/cpu.ts';
import { durationPattern, parseDuration } from '../units/duration.ts';
import { parseRate, ratePattern } from '../units/rate.ts';
import { oneOf, quantity, section, settingValue, text, wholeNumber } from './fields.ts';
import { kafkaVersionRefusal } from './kafka-version.ts';
import { otherTopicList } from './other-topics.ts';
import { podFields } from './pod-fields.ts';
import { topicList } from './topic-list.ts';

/** Sizes in bytes, rates in bytes per second, durations in milliseconds, CPU in thousandths of a core. */
export type ClusterFile = z.output<typeof clusterFileSchema>;

/** The cluster file as a person writes it. */
export type ClusterFileInput = z.input<typeof clusterFileSchema>;

const size = (min = 1) =>
  quantity({
    pattern: bytesPattern,
    parse: parseBytes,
    min,
    allowed: `a size with its unit (Ki, Mi, Gi, Ti; k, M, G, T), e.g. 50Gi${min > 1 ? `, at least ${min / GIB}Gi` : ''}`,
  });
const rate = () =>
  quantity({
    pattern: ratePattern,
    parse: parseRate,
    min: 1,
    allowed: 'a rate with its unit, e.g. 100MB/s, 80MiB/s or 500kB/s',
  });
const duration = () =>
  quantity({
    pattern: durationPattern,
    parse: parseDuration,
    min: 1,
    allowed: 'a duration with its unit, e.g. 60s, 500ms or 2m',
  });
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
        'CPU that each pod is promised (a request; there is no limit, which would throttle garbage collection and heartbeats).',
      ),
    memory: size()
      .prefault(memoryDefault)
      .describe(
        'Memory of each pod, as request and as limit. The JVM is sized to fit into it, the rest is page cache.',
      ),
  });

const fields = {
  namespace: text(dnsLabelPattern, 'a DNS label: at most 63 lower-case letters, digits and hyphens')
    .superRefine((namespace, context) => {
      const message = namespaceRefusal(namespace);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    })
    .prefault('kafka')
    .describe('The Kubernetes namespace that the cluster has for itself.'),
  brokers: wholeNumber(1, 99).default(5).describe('How many Kafka brokers run in steady state.'),
  tolerance: wholeNumber(1, 20)
    .default(2)
    .describe(
      'How many brokers may be lost at once, with writes going on and nothing acknowledged lost. Fixes the replication factor (2f+1) and min.insync.replicas (f+1).',
    ),
  replication: section({
    factor: wholeNumber(1, 99)
      .optional()
      .describe('Replicas of each partition; 2f+1 for the tolerance f where not given.'),
    minInSync: wholeNumber(1, 99)
      .optional()
      .describe('min.insync.replicas; f+1 for the tolerance f where not given.'),
  })
    .prefault({})
    .describe(
      'Replaces what follows from the tolerance. Refused where the tolerance could then not be kept.',
    ),
  zookeeper: section({
    servers: wholeNumber(1, 9).default(3).describe('ZooKeeper servers: 3 may lose one, 5 may lose two.'),
    resources: resources('250m', '384Mi').prefault({}).describe('Of each ZooKeeper server.'),
    storage: section({
      size: size(GIB).prefault('2Gi').describe('Volume of each ZooKeeper server, for its log and snapshots.'),
    })
      .prefault({})
      .describe('Of each ZooKeeper server.'),
  })
    .prefault({})
    .describe('The ZooKeeper ensemble, apart from the brokers.'),
  ingest: section({
    rate: rate()
      .prefault('100MB/s')
      .describe(
        'Application data that producers write, before compression, over all topics. Sizing is computed from it.',
      ),
    compression: z
      .number('a ratio from 1 (none) to 20')
      .min(1, 'a ratio from 1 (none) to 20')
      .max(20, 'a ratio from 1 (none) to 20')
      .default(4)
      .describe(
        'How much smaller producers make the data: 4 is what zstd or lz4 usually reach on JSON events, 1 is no compression.',
      ),
    consumerGroups: wholeNumber(0, 100)
      .default(1)
      .describe('Consumer groups that read everything; they count in the expected network load.'),
  })
    .prefault({})
    .describe('The load that the cluster is sized for.'),
  resources: resources('1', '1Gi').prefault({}).describe('Of each broker.'),
  storage: section({
    size: size(GIB)
      .prefault('50Gi')
      .describe('Volume of each broker. How much retention fits is computed from it.'),
    class: text(dnsNamePattern, 'the name of a StorageClass, or null for the default one')
      .nullable()
      .default(null)
      .describe("StorageClass of all volumes; null is the Kubernetes cluster's default."),
    throughput: rate()
      .prefault('125MB/s')
      .describe(
        'What the volume can write; 125MB/s is what the smallest SSD volumes of the large clouds give. Bounds how fast a broker catches up.',
      ),
  })
    .prefault({})
    .describe('Volumes.'),
  placement: section({
    brokersPerNode: wholeNumber(1, 20)
      .default(1)
      .describe(
        'Brokers that may share a Kubernetes node. Above 1, the loss of one node takes as many brokers.',
      ),
    separateZookeeper: oneOf(['required', 'preferred', 'none'])
      .default('preferred')
      .describe(
        'Whether ZooKeeper keeps to nodes without brokers: required, preferred (where there are enough nodes) or none.',
      ),
  })
    .prefault({})
    .describe('Which pods may share a node.'),
  pods: podFields(),
  versions: section({
    kafka: text(/^\d+\.\d+\.\d+$/, 'a version such as "3.9.2"')
      .superRefine((version, context) => {
        const message = kafkaVersionRefusal(version);
        if (message !== undefined) context.addIssue({ code: 'custom', message });
      })
      .prefault('3.9.2')
      .describe('Kafka of the brokers: 3.7 to 3.9, the last with ZooKeeper mode.'),
    zookeeper: text(/^3\.(8|9)\.\d+$/, 'a version of ZooKeeper 3.8 or 3.9, such as "3.9.5"')
      .prefault('3.9.5')
      .describe('ZooKeeper of the servers.'),
    interBrokerProtocol: z
      .union([z.string(), z.number().transform(String)], 'a protocol version such as "3.9"')
      .pipe(text(/^3\.\d$/, 'a protocol version such as "3.9"'))
      .optional()
      .describe(
        "inter.broker.protocol.version. Keep it at the old version while the binaries are upgraded: until it is raised there is a way back. Kafka's own where not given.",
      ),
  })
    .prefault({})
    .describe('Versions, pinned.'),
  images: section({
    kafka: text(/^\S+$/, 'an image reference, e.g. apache/kafka:3.9.2')
      .optional()
      .describe(
        'Image of the brokers, with a digest where you want it pinned; apache/kafka of the Kafka version where not given.',
      ),
    zookeeper: text(/^\S+$/, 'an image reference, e.g. zookeeper:3.9.5')
      .optional()
      .describe('Image of the ZooKeeper servers; the official one of the ZooKeeper version where not given.'),
    workload: text(/^\S+$/, 'an image reference, e.g. node:20.20.2')
      .optional()
      .describe(
        'Image with Node.js from 20.15 on, in which the load of a drill runs; the official one of 20.20.2 where not given.',
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
      'Further broker settings by their Kafka name. Those that this file or the sizing decides are refused, with the place where they belong.',
    ),
  topics: topicList(),
  otherTopics: otherTopicList(),
  objectives: section({
    interruption: duration()
      .prefault('60s')
      .describe('The longest that a partition may refuse writes when brokers fail. Drills fail above it.'),
    plannedInterruption: duration().prefault('2s').describe('The same for planned restarts.'),
  })
    .prefault({})
    .describe('What the drills hold the cluster to.'),
};

const clusterName = text(
  clusterNamePattern,
  `a name that Kubernetes takes: at most ${MAX_CLUSTER_NAME} lower-case letters, digits and hyphens, beginning with a letter and ending with a letter or digit`,
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
    'Differences by environment, merged over the rest of the file: maps key by key, lists and values replaced. Checked after merging.',
  );

/** The whole file, for editors. */
export const wholeFileSchema = section({
  name: clusterName,
  ...fields,
  environments: environmentsSchema.optional(),
});

import { defaultKafka } from './mode/default-versions.ts';
import {
  checkKafkaConfig,
  checkTopicConfig,
  type ConfigFindings,
} from './kafka-config/check-kafka-config.ts';
import { isMigrating, migratedRelease, type Mode } from './mode/mode.ts';
import { topicNameRefusals } from './names.ts';
import { kafkaVersionRefusal, metadataRefusal, protocolRefusal } from './mode/kafka-version.ts';
import { expectedLoad } from './sizing/expected-load.ts';
import { toleranceOf } from './other-topics.ts';
import type { Finding } from './source/finding.ts';
import type { Path } from './source/problem.ts';
import { imageKinds, officialImages, type UnsizedSpec } from './spec-of.ts';
import { formatCpu } from './units/cpu.ts';

/** What is wrong or doubtful in a file that is well-formed, the proof and the sizing apart. */
export function checkSettings(spec: UnsizedSpec): ConfigFindings {
  const { mode, versions } = spec;
  const versionRefusal = kafkaVersionRefusal(mode, versions.kafka);
  const release = { mode, kafka: versionRefusal === undefined ? versions.kafka : defaultKafka[mode] };
  const configs = [
    checkKafkaConfig(spec.kafkaConfig, release),
    ...spec.topics.map(({ config }, index) => checkTopicConfig(config, index, release)),
  ];
  return {
    problems: [
      ...configs.flatMap(({ problems }) => problems),
      ...topicNames(spec),
      ...otherTopics(spec),
      ...(versionRefusal === undefined
        ? features(spec)
        : [{ paths: [['versions', 'kafka'], ['mode']], message: versionRefusal } satisfies Finding]),
    ],
    warnings: [
      ...configs.flatMap(({ warnings }) => warnings),
      ...compacted(spec),
      ...imageFindings(spec),
      ...cpu(spec),
    ],
  };
}

function topicNames({ topics }: UnsizedSpec): Finding[] {
  const refusals = topicNameRefusals(topics.map(({ name }) => name));
  return refusals.map(({ index, reason }) => ({ paths: [['topics', index, 'name']], message: reason }));
}

/** What is said of a topic of the file's own would be said twice; and nobody may ask for more than there is. */
function otherTopics({ otherTopics, topics, tolerance }: UnsizedSpec): Finding[] {
  return otherTopics.flatMap((other, index): Finding[] => {
    const own = topics.find(({ name }) => toleranceOf({ otherTopics: [other] }, name) !== undefined);
    const at: Path = ['otherTopics', index];
    if (own !== undefined)
      return [
        {
          paths: [[...at, 'name']],
          message: `otherTopics[${index}].name is "${other.name}", but topics lists ${own.name}, which keeps the promise; allowed: topics of others`,
        },
      ];
    if (other.name.startsWith('__consumer_offsets') || other.name.startsWith('__transaction_state'))
      return [
        {
          paths: [[...at, 'name']],
          message: `${other.name} is Kafka's own: every consumer or transaction depends on it; allowed: topics of others`,
        },
      ];
    if (other.tolerance <= tolerance) return [];
    return [
      {
        paths: [[...at, 'tolerance'], ['tolerance']],
        message: `otherTopics[${index}].tolerance is ${other.tolerance}, but the cluster's is ${tolerance}; allowed: at most that`,
      },
    ];
  });
}

/** What the brokers say to each other, and what the metadata may hold, lags behind the binaries, never ahead of them. */
function features({ mode, versions }: UnsizedSpec): Finding[] {
  if (isMigrating(mode)) return featuresWhileMigrating(mode, versions);
  const [key, message] =
    mode === 'kraft'
      ? (['metadata', metadataRefusal(versions.kafka, versions.metadata)] as const)
      : (['interBrokerProtocol', protocolRefusal(versions.kafka, versions.interBrokerProtocol)] as const);
  if (message === undefined) return [];
  return [
    {
      paths: [
        ['versions', key],
        ['versions', 'kafka'],
      ],
      message,
    },
  ];
}

/** The controllers take over brokers of one protocol alone: that of the metadata with which they were formatted. */
function featuresWhileMigrating(mode: Mode, versions: UnsizedSpec['versions']): Finding[] {
  return (['interBrokerProtocol', 'metadata'] as const)
    .filter((key) => versions[key] !== migratedRelease)
    .map((key) => ({
      paths: [['versions', key]],
      message: `versions.${key} is "${versions[key]}"; allowed with mode: ${mode}: "${migratedRelease}", which both have from here to there`,
    }));
}

function compacted({ topics }: UnsizedSpec): Finding[] {
  return topics.flatMap(({ name, config }, index): Finding[] => {
    if (config['cleanup.policy']?.trim() !== 'compact') return [];
    const message = `topic "${name}" is compacted: only its number of record keys limits its size, so the volume is sized without it; "compact,delete" limits it`;
    return [{ paths: [['topics', index, 'config', 'cleanup.policy']], message }];
  });
}

function cpu(spec: UnsizedSpec): Finding[] {
  const needed = expectedLoad(spec, spec.tolerance).cpuCores * 1000;
  const asked = spec.resources.cpuMillis;
  if (needed <= asked) return [];
  const message = `a broker is expected to need ${formatCpu(needed)} of CPU at the full ingest rate, but resources.cpu is ${formatCpu(asked)}`;
  return [
    {
      paths: [
        ['resources', 'cpu'],
        ['ingest', 'rate'],
      ],
      message,
    },
  ];
}

/** What is doubtful in the images: that they can become others, or are not of the version that is checked. */
function imageFindings(spec: UnsizedSpec): Finding[] {
  const { images, versions } = spec;
  const doubts = imageKinds.flatMap((kind): Finding[] => {
    const doubt = doubtOf(images[kind], kind === 'workload' ? undefined : versions[kind]);
    return doubt === undefined ? [] : [{ paths: [['images', kind]], message: `images.${kind} ${doubt}` }];
  });
  return [...doubts, ...byTag(spec)];
}

function doubtOf(image: string, version: string | undefined): string | undefined {
  const { tag, digest } = partsOf(image);
  if (digest === undefined && (tag === undefined || !/\d+\.\d+/.test(tag)))
    return `is "${image}", which can become another image at any restart; add a version or a digest`;
  if (version === undefined || tag === undefined || tag.includes(version)) return undefined;
  if (digest !== undefined && tag === 'latest') return undefined;
  return `has the tag "${tag}", but the version is ${version}: the version that is checked may not be the one that runs`;
}

/** Those that the file names itself: the official ones are of the exact version, and their digests are for a registry to say. */
function byTag({ images, versions }: UnsizedSpec): Finding[] {
  const official = officialImages(versions);
  const named = imageKinds.filter(
    (kind) => images[kind] !== official[kind] && partsOf(images[kind]).digest === undefined,
  );
  const [first] = named;
  if (first === undefined) return [];
  const subjects = named.map((kind) => `images.${kind}`).join(', ');
  const message = `${subjects} without a digest: whoever can push to the registry decides what runs; name it as ${images[first]}@sha256:…`;
  return [{ paths: [['images', first]], message }];
}

function partsOf(image: string): { tag: string | undefined; digest: string | undefined } {
  const [reference = '', digest] = image.split('@');
  return { tag: /:([\w.-]+)$/.exec(reference)?.[1], digest };
}

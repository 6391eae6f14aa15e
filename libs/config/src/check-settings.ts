import {
  checkKafkaConfig,
  checkTopicConfig,
  type ConfigFindings,
} from './kafka-config/check-kafka-config.ts';
import { topicNameRefusals } from './names/topic-names.ts';
import { protocolRefusal } from './schema/kafka-version.ts';
import { expectedLoad } from './sizing/expected-load.ts';
import type { Finding } from './source/finding.ts';
import type { UnsizedSpec } from './spec-of.ts';
import { formatCpu } from './units/cpu.ts';

/** What is wrong or doubtful in a file that is well-formed, the proof and the sizing apart. */
export function checkSettings(spec: UnsizedSpec): ConfigFindings {
  const configs = [
    checkKafkaConfig(spec.kafkaConfig),
    ...spec.topics.map(({ config }, index) => checkTopicConfig(config, index)),
  ];
  return {
    problems: [...configs.flatMap(({ problems }) => problems), ...topicNames(spec), ...protocol(spec)],
    warnings: [
      ...configs.flatMap(({ warnings }) => warnings),
      ...compacted(spec),
      ...images(spec),
      ...cpu(spec),
    ],
  };
}

function topicNames({ topics }: UnsizedSpec): Finding[] {
  const refusals = topicNameRefusals(topics.map(({ name }) => name));
  return refusals.map(({ index, reason }) => ({ paths: [['topics', index, 'name']], message: reason }));
}

function protocol({ versions }: UnsizedSpec): Finding[] {
  const message = protocolRefusal(versions.kafka, versions.interBrokerProtocol);
  return message === undefined
    ? []
    : [
        {
          paths: [
            ['versions', 'interBrokerProtocol'],
            ['versions', 'kafka'],
          ],
          message,
        },
      ];
}

function compacted({ topics }: UnsizedSpec): Finding[] {
  return topics.flatMap(({ name, config }, index): Finding[] => {
    if (config['cleanup.policy']?.trim() !== 'compact') return [];
    const message = `topic "${name}" is compacted: nothing but its number of keys bounds it, so the volume is sized as if it were not there; "compact,delete" bounds it`;
    return [{ paths: [['topics', index, 'config', 'cleanup.policy']], message }];
  });
}

function images({ images, versions }: UnsizedSpec): Finding[] {
  return (['kafka', 'zookeeper'] as const).flatMap((of): Finding[] => {
    const paths: Finding['paths'] = [['images', of]];
    const tag = /:([\w][\w.-]*)(@|$)/.exec(images[of])?.[1];
    if (tag === undefined && images[of].includes('@')) return [];
    if (tag === undefined || tag === 'latest')
      return [
        {
          paths,
          message: `images.${of} is "${images[of]}", which can become another image at any restart: give it a version or a digest`,
        },
      ];
    if (tag.includes(versions[of])) return [];
    return [
      {
        paths,
        message: `images.${of} has the tag "${tag}", and versions.${of} is ${versions[of]}: what is sized and checked may not be what runs`,
      },
    ];
  });
}

function cpu(spec: UnsizedSpec): Finding[] {
  const millis = expectedLoad(spec, spec.tolerance).cpuCores * 1000;
  if (millis <= spec.resources.cpuMillis) return [];
  const message = `a broker is expected to need ${formatCpu(millis)} of CPU at the full ingest rate, and resources.cpu is ${formatCpu(spec.resources.cpuMillis)}`;
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

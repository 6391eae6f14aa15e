import {
  checkKafkaConfig,
  checkTopicConfig,
  type ConfigFindings,
} from './kafka-config/check-kafka-config.ts';
import { topicNameRefusals } from './names/topic-names.ts';
import { protocolRefusal } from './schema/kafka-version.ts';
import { expectedLoad } from './sizing/expected-load.ts';
import { imageFindings } from './image-findings.ts';
import { toleranceOf } from './other-topics.ts';
import type { Finding } from './source/finding.ts';
import type { Path } from './source/problem.ts';
import type { UnsizedSpec } from './spec-of.ts';
import { formatCpu } from './units/cpu.ts';

/** What is wrong or doubtful in a file that is well-formed, the proof and the sizing apart. */
export function checkSettings(spec: UnsizedSpec): ConfigFindings {
  const configs = [
    checkKafkaConfig(spec.kafkaConfig),
    ...spec.topics.map(({ config }, index) => checkTopicConfig(config, index)),
  ];
  return {
    problems: [
      ...configs.flatMap(({ problems }) => problems),
      ...topicNames(spec),
      ...otherTopics(spec),
      ...protocol(spec),
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
          message: `otherTopics[${index}].name is "${other.name}", and topics lists ${own.name}, which keeps the promise; allowed: topics of others`,
        },
      ];
    if (other.name.startsWith('__consumer_offsets') || other.name.startsWith('__transaction_state'))
      return [
        {
          paths: [[...at, 'name']],
          message: `${other.name} is Kafka's own: every consumer or transaction rests on it; allowed: topics of others`,
        },
      ];
    if (other.tolerance <= tolerance) return [];
    return [
      {
        paths: [[...at, 'tolerance'], ['tolerance']],
        message: `otherTopics[${index}].tolerance is ${other.tolerance}, and the cluster's is ${tolerance}; allowed: at most that`,
      },
    ];
  });
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

function cpu(spec: UnsizedSpec): Finding[] {
  const needed = expectedLoad(spec, spec.tolerance).cpuCores * 1000;
  const asked = spec.resources.cpuMillis;
  if (needed <= asked) return [];
  const message = `a broker is expected to need ${formatCpu(needed)} of CPU at the full ingest rate, and resources.cpu is ${formatCpu(asked)}`;
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

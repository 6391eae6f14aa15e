import type { Finding } from '../source/finding.ts';
import { nearest } from '../source/nearest.ts';
import { formatPath, type Path } from '../source/problem.ts';
import { brokerKeys } from './broker-keys.ts';
import type { TopicKey } from './kafka-key.ts';
import { ownershipOf } from './owned-keys.ts';
import { ownRefusal } from './own-limits.ts';
import { isSecret } from './secret-keys.ts';
import { valueRefusal } from './setting-limits.ts';
import { topicKeys } from './topic-keys.ts';

export type ConfigFindings = { problems: Finding[]; warnings: Finding[] };

type Settings = Readonly<Record<string, string>>;

/** Broker settings: keys that this project owns and values that Kafka would refuse; unknown keys are warned of. */
export function checkKafkaConfig(config: Settings): ConfigFindings {
  return checkSettings(config, { at: ['kafkaConfig'], known: brokerKeys, kind: 'broker', ownershipOf });
}

/** The settings of one topic. What they mean for the promise and for the volume is judged elsewhere. */
export function checkTopicConfig(config: Settings, index: number): ConfigFindings {
  const at = ['topics', index, 'config'];
  return checkSettings(config, { at, known: topicKeys, kind: 'topic', ownershipOf: topicOwnershipOf });
}

type Rules = {
  at: Path;
  known: Readonly<Record<string, TopicKey>>;
  kind: 'broker' | 'topic';
  ownershipOf: (key: string) => string | undefined;
};

function checkSettings(config: Settings, { at, known, kind, ownershipOf }: Rules): ConfigFindings {
  const problems: Finding[] = [];
  const warnings: Finding[] = [];
  for (const [key, value] of Object.entries(config)) {
    const path = [...at, key];
    const setting = Object.hasOwn(known, key) ? known[key] : undefined;
    const owned = ownershipOf(key) ?? secrecy(key, setting);
    if (owned !== undefined)
      problems.push({
        paths: [path],
        part: 'key',
        message: `${formatPath(path)} cannot be set here: ${owned}`,
      });
    else if (setting === undefined)
      warnings.push({ paths: [path], part: 'key', message: unknown(key, kind, known) });
    else {
      const allowed = valueRefusal(setting, value) ?? ownRefusal(key, value);
      if (allowed !== undefined)
        problems.push({ paths: [path], message: `${formatPath(path)} is "${value}"; allowed: ${allowed}` });
    }
  }
  return { problems, warnings };
}

function unknown(key: string, kind: string, known: object): string {
  const meant = nearest(key, Object.keys(known));
  const question = meant === undefined ? '' : `; did you mean "${meant}"?`;
  return `"${key}" is no ${kind} setting of Kafka 3.9, and is passed on as it is${question}`;
}

function secrecy(key: string, setting: TopicKey | undefined): string | undefined {
  if (setting?.type !== 'password' && !(setting === undefined && isSecret(key))) return undefined;
  return 'it is a secret, and the file, its plans and the pods would show it to whoever may read them';
}

function topicOwnershipOf(key: string): string | undefined {
  if (key.endsWith('.replication.throttled.replicas'))
    return 'it is set while partitions are moved, and taken away afterwards';
  if (key === 'segment.bytes' || key === 'file.delete.delay.ms')
    return 'the computed size of the logs rests on it';
  if (key === 'message.format.version') return 'Kafka ignores it since 3.0; take it out';
  return undefined;
}

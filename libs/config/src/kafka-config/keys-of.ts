import { brokerKeyChanges } from './broker-key-changes.ts';
import { brokerKeys } from './broker-keys.ts';
import type { BrokerKey, KeyChanges, TopicKey } from './kafka-key.ts';
import { releaseNumber } from './release-of.ts';
import { topicKeyChanges } from './topic-key-changes.ts';
import { topicKeys } from './topic-keys.ts';

/**
 * The broker settings that a Kafka version knows, by its release: all before 3.9 as 3.9, all after the last one that is known
 * here as that. Kafka warns of settings that it does not know, and goes on without them.
 */
export function brokerKeysOf(kafkaVersion: string): Readonly<Record<string, BrokerKey>> {
  return keysOf(kafkaVersion, brokerKeys, brokerKeyChanges);
}

/** The topic settings that a Kafka version knows, by its release like `brokerKeysOf`. Kafka refuses others. */
export function topicKeysOf(kafkaVersion: string): Readonly<Record<string, TopicKey>> {
  return keysOf(kafkaVersion, topicKeys, topicKeyChanges);
}

/** The release in which Kafka dropped a broker setting, where this version no longer has it. */
export function removedFromBrokers(key: string, kafkaVersion: string): string | undefined {
  return removedIn(key, kafkaVersion, brokerKeyChanges);
}

/** The same of a topic's setting. */
export function removedFromTopics(key: string, kafkaVersion: string): string | undefined {
  return removedIn(key, kafkaVersion, topicKeyChanges);
}

/** The settings that a topic or running brokers may have been given and that this version no longer has. */
export function removedSettings(kafkaVersion: string): { topics: string[]; brokers: string[] } {
  return {
    topics: everRemoved(topicKeyChanges).filter((key) => removedFromTopics(key, kafkaVersion) !== undefined),
    brokers: everRemoved(brokerKeyChanges).filter(
      (key) => brokerKeys[key]?.update !== 'read-only' && removedFromBrokers(key, kafkaVersion) !== undefined,
    ),
  };
}

function everRemoved(changes: readonly KeyChanges<unknown>[]): string[] {
  return [...new Set(changes.flatMap(({ removed }) => removed))];
}

/** Not where a later release, up to this version, brought it back. */
function removedIn<Key>(
  key: string,
  kafkaVersion: string,
  changes: readonly KeyChanges<Key>[],
): string | undefined {
  const last = changes
    .filter(({ release }) => releaseNumber(release) <= releaseNumber(kafkaVersion))
    .findLast(({ removed, set }) => removed.includes(key) || Object.hasOwn(set, key));
  return last?.removed.includes(key) ? last.release : undefined;
}

function keysOf<Key>(
  kafkaVersion: string,
  first: Readonly<Record<string, Key>>,
  changes: readonly KeyChanges<Key>[],
): Readonly<Record<string, Key>> {
  const keys = new Map(Object.entries(first));
  for (const { release, removed, set } of changes) {
    if (releaseNumber(release) > releaseNumber(kafkaVersion)) break;
    for (const key of removed) keys.delete(key);
    for (const [key, described] of Object.entries(set)) keys.set(key, described);
  }
  return Object.fromEntries(keys);
}

import { brokerKeys } from './broker-keys.ts';
import type { TopicKey } from './kafka-key.ts';
import { brokerKeysOf, topicKeysOf } from './keys-of.ts';
import { releaseFeatures } from './release-features.ts';
import { topicKeys } from './topic-keys.ts';

/**
 * A setting's value as Kafka writes what it reads: it parses by the setting's type and answers in a spelling of its own, so
 * `0.50`, `+5`, `TRUE` and `a, b` come back as `0.5`, `5`, `true` and `a,b`. What cannot be parsed stays as it is.
 */
export function canonicalValue(key: string, value: string): string {
  const text = value.trim();
  switch (settingOf(key)?.type) {
    case 'boolean':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() : text;
    case 'short':
    case 'int':
    case 'long':
      return /^[-+]?\d+$/.test(text) ? String(BigInt(text.replace(/^\+/, ''))) : text;
    case 'double':
      return canonicalDouble(text);
    case 'list':
      return text.replace(/\s*,\s*/g, ',');
    case 'class':
    case 'password':
    case 'string':
    case undefined:
      return text;
  }
}

/** Another spelling of the same value is no change, and so no restart. */
export function canonicalSettings(settings: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [key, canonicalValue(key, value)]),
  );
}

/** Whether two values of a setting are one to Kafka. No value equals none alone. */
export function isSameValue(
  key: string,
  a: string | null | undefined,
  b: string | null | undefined,
): boolean {
  const [left, right] = [a ?? null, b ?? null];
  if (left === null || right === null) return left === right;
  return canonicalValue(key, left) === canonicalValue(key, right);
}

/** Broker and topic settings that share a name share the type, and keep it from one release to the next. */
function settingOf(key: string): TopicKey | undefined {
  return ofAnyRelease.get(key);
}

const newest = releaseFeatures.at(-1)!.release;
const ofAnyRelease: ReadonlyMap<string, TopicKey> = new Map(
  [topicKeysOf(newest), topicKeys, brokerKeysOf(newest), brokerKeys].flatMap(Object.entries<TopicKey>),
);

/** Java's double is JavaScript's number; its literals may end in the letter of their type. */
function canonicalDouble(text: string): string {
  const literal = text.replace(/^([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)[dDfF]$/, '$1');
  const number = literal === '' ? Number.NaN : Number(literal);
  return Number.isNaN(number) ? text : String(number);
}

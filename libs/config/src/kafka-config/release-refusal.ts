import { brokerKeysOf, removedFromBrokers, removedFromTopics, topicKeysOf } from './keys-of.ts';
import { valueRefusal } from './value-refusal.ts';

/** A setting of a topic, or one that brokers were given while they ran; null: Kafka keeps its value secret. */
export type LiveSetting = { of: 'topic' | 'broker'; key: string; value: string | null };

/**
 * Why binaries of the version `to` do not take a setting that those of `from` do, as the rest of a sentence that begins with the
 * setting; undefined where they do. Of a setting that neither knows, such as a plugin's, nothing is said.
 */
export function releaseRefusal(
  { of, key, value }: LiveSetting,
  { from, to }: { from: string; to: string },
): string | undefined {
  const [keysOf, removedIn] = of === 'topic' ? topicRules : brokerRules;
  const removed = removedIn(key, to);
  if (removed !== undefined) return `Kafka ${removed} removed it`;
  const now = keysOf(to);
  const setting = Object.hasOwn(now, key) ? now[key] : undefined;
  if (setting === undefined)
    return Object.hasOwn(keysOf(from), key) ? `Kafka ${to} does not know it` : undefined;
  const allowed = value === null ? undefined : valueRefusal(setting, value);
  return allowed === undefined ? undefined : `it is ${value}, and Kafka ${to} takes ${allowed}`;
}

/** The settings that binaries of `to` may not take as those of `from` do, by name: all others need not be looked at. */
export function differingKeys(of: LiveSetting['of'], { from, to }: { from: string; to: string }): string[] {
  const [keysOf] = of === 'topic' ? topicRules : brokerRules;
  const then = keysOf(to);
  return Object.entries(keysOf(from))
    .filter(([key, rule]) => JSON.stringify(rule) !== JSON.stringify(then[key]))
    .map(([key]) => key);
}

const topicRules = [topicKeysOf, removedFromTopics] as const;
const brokerRules = [brokerKeysOf, removedFromBrokers] as const;

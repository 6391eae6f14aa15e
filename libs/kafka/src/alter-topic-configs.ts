import { ERROR, incrementalAlterConfigsApi, RESOURCE } from '@kafka-ha/kafka-protocol';
import { configChanges } from './config-changes.ts';
import type { FencedKafka } from './kafka-connection.ts';
import { refused } from './refused.ts';

/**
 * Sets keys of topics, per topic; `null` takes a key back to what the brokers default to. Keys that are not named stay
 * as they are. A topic that does not exist, or no more, is left out. Throws `kafka-refused` with Kafka's reason.
 */
export async function alterTopicConfigs(
  kafka: FencedKafka,
  changes: ReadonlyMap<string, Readonly<Record<string, string | null>>>,
): Promise<void> {
  const { resources } = await kafka.askController(incrementalAlterConfigsApi, {
    resources: [...changes].map(([name, config]) => ({
      type: RESOURCE.topic,
      name,
      configs: configChanges(config),
    })),
    validateOnly: false,
  });
  for (const { name, errorCode, errorMessage } of resources) {
    if (errorCode !== ERROR.none && errorCode !== ERROR.unknownTopicOrPartition) {
      throw refused(`the config of topic ${name} was not changed`, errorCode, errorMessage);
    }
  }
}

import { ERROR, incrementalAlterConfigsApi, RESOURCE, OPERATION } from '@kafka-ha/kafka-protocol';
import type { FencedKafka } from './kafka-connection.ts';
import { refused } from './refused.ts';

/** A broker by its id, or all brokers together: Kafka's cluster-wide default, which a broker's own value outranks. */
export type BrokerEntity = number | 'all';

/**
 * Sets dynamic keys of a broker or of all brokers, without a restart; `null` takes a key back, so that the broker's
 * file counts again. Keys that are not named stay as they are. Kafka takes all of the keys or none; each broker hears
 * of them some moments after this returns.
 *
 * Throws `kafka-refused` with Kafka's reason, also for a key that is no dynamic one.
 */
export async function alterBrokerConfigs(
  kafka: FencedKafka,
  entity: BrokerEntity,
  changes: Readonly<Record<string, string | null>>,
  { validateOnly = false }: { validateOnly?: boolean } = {},
): Promise<void> {
  const name = entity === 'all' ? '' : String(entity);
  const request = {
    resources: [{ type: RESOURCE.broker, name, configs: configChanges(changes) }],
    validateOnly,
  };
  const { resources } =
    entity === 'all'
      ? await kafka.askController(incrementalAlterConfigsApi, request)
      : // Each broker takes its own keys only.
        await kafka.askBroker(entity, incrementalAlterConfigsApi, request);
  for (const { errorCode, errorMessage } of resources) {
    if (errorCode === ERROR.none) continue;
    const whose = entity === 'all' ? 'all brokers' : `broker ${entity}`;
    const keys = Object.keys(changes).join(', ');
    throw refused(`the config of ${whose} was not changed (${keys})`, errorCode, errorMessage);
  }
}

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

type ConfigChange = { name: string; operation: number; value: string | null };

/** Keys to set and, where the value is `null`, to take back. */
function configChanges(changes: Readonly<Record<string, string | null>>): ConfigChange[] {
  return Object.entries(changes).map(([name, value]) => ({
    name,
    operation: value === null ? OPERATION.delete : OPERATION.set,
    value,
  }));
}

import { ERROR, incrementalAlterConfigsApi, RESOURCE } from '@kafka-ha/kafka-protocol';
import { configChanges } from './config-changes.ts';
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

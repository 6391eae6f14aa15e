import { ALL_QUOTAS, describeClientQuotasApi, ERROR } from '@kafka-ha/kafka-protocol';
import type { KafkaConnection } from './kafka-connection.ts';
import { refused } from './refused.ts';

/**
 * What clients are limited to, by entity such as `user=alice,client-id=app`, in the word of one broker; `<default>` stands for all
 * that have no limit of their own.
 */
export async function readQuotas(
  kafka: KafkaConnection,
  of: number,
): Promise<Record<string, Record<string, string>>> {
  const { errorCode, errorMessage, entries } = await kafka.askBroker(of, describeClientQuotasApi, ALL_QUOTAS);
  if (errorCode !== ERROR.none) throw refused('the quotas cannot be read', errorCode, errorMessage);
  return Object.fromEntries(
    (entries ?? []).map(({ entity, values }) => [
      quotaEntity(entity.map(({ entityType, entityName }) => [entityType, entityName ?? '<default>'])),
      Object.fromEntries(values.map(({ key, value }) => [key, String(value)])),
    ]),
  );
}

/** The name of an entity, whoever tells its parts. */
export function quotaEntity(parts: readonly (readonly [type: string, name: string])[]): string {
  return parts
    .toSorted(([a], [b]) => (a < b ? 1 : -1))
    .map(([type, name]) => `${type}=${name}`)
    .join(',');
}

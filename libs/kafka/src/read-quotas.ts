import { ALL_QUOTAS, describeClientQuotasApi, ERROR } from '@kafka-ha/kafka-protocol';
import type { KafkaConnection } from './kafka-connection.ts';
import { refused } from './refused.ts';

/**
 * Of an entity, whose parts are e.g. `user`, `alice` and `client-id`, `app`; `<default>` stands for all that have no limit of their
 * own.
 */
export type Quota = {
  entity: readonly (readonly [type: string, name: string])[];
  limits: Readonly<Record<string, string>>;
};

/** What clients are limited to, in the word of one broker. */
export async function readQuotas(kafka: KafkaConnection, of: number): Promise<Quota[]> {
  const { errorCode, errorMessage, entries } = await kafka.askBroker(of, describeClientQuotasApi, ALL_QUOTAS);
  if (errorCode !== ERROR.none) throw refused('the quotas cannot be read', errorCode, errorMessage);
  return (entries ?? []).map(({ entity, values }) => ({
    entity: entity.map(({ entityType, entityName }) => [entityType, entityName ?? '<default>']),
    limits: Object.fromEntries(values.map(({ key, value }) => [key, String(value)])),
  }));
}

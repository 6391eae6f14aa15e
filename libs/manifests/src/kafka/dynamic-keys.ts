import { brokerKeysOf } from '@kafka-ha/config';

/** All that running brokers of this version take over, all alike and without a restart, by name. */
export function dynamicKeysOf(kafkaVersion: string): string[] {
  return Object.entries(brokerKeysOf(kafkaVersion))
    .filter(([, { update }]) => update === 'cluster-wide')
    .map(([key]) => key)
    .sort();
}

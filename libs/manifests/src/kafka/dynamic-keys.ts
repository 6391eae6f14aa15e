import { brokerKeys } from '@kafka-ha/config';

/** All that running brokers take over, by name. */
export const dynamicKeys: readonly string[] = Object.keys(brokerKeys).filter(isDynamicKey).sort();

/** Whether running brokers take a change of this key over, all alike, without a restart. */
export function isDynamicKey(key: string): boolean {
  return brokerKeys[key]?.update === 'cluster-wide';
}

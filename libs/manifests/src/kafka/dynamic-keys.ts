import { brokerKeys } from '@kafka-ha/config';

/** Whether running brokers take a change of this key over, all alike, without a restart. */
export function isDynamicKey(key: string): boolean {
  return brokerKeys[key]?.update === 'cluster-wide';
}

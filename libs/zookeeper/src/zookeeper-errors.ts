import { KafkaHaError } from '@kafka-ha/base';
import { type Address, addressText } from './dial.ts';

export function unreachable(address: Address, reason: string, cause?: unknown): KafkaHaError {
  return new KafkaHaError('zookeeper-unreachable', `ZooKeeper at ${addressText(address)}: ${reason}`, {
    cause,
  });
}

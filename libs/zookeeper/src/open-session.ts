import { isKafkaHaError, KafkaHaError } from '@kafka-ha/errors';
import { type Address, addressText, type Dial } from './dial.ts';
import { type SessionOptions, ZooKeeperSession } from './session.ts';

/**
 * A session with the first of the servers that grants one. Throws `zookeeper-unreachable` with what each of them said: a
 * server without a quorum closes the connection.
 */
export async function openSession(
  dial: Dial,
  addresses: readonly Address[],
  options: SessionOptions,
): Promise<ZooKeeperSession> {
  const errors: KafkaHaError[] = [];
  for (const address of addresses) {
    try {
      return await ZooKeeperSession.open(dial, address, options);
    } catch (error) {
      if (!isKafkaHaError(error) || error.code !== 'zookeeper-unreachable') throw error;
      errors.push(error);
    }
  }
  throw new KafkaHaError(
    'zookeeper-unreachable',
    `no ZooKeeper server grants a session: ${addresses.map(addressText).join(', ')}`,
    { details: errors.map(({ message }) => message), cause: errors[0] },
  );
}

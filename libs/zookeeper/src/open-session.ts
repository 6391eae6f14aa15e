import { isKafkaHaError, KafkaHaError, systemClock } from '@kafka-ha/base';
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
  throw noneGrants(addresses, errors);
}

/** A server that serves answers in some milliseconds. */
const patienceMs = 500;

/** As `openSession`, but a server that does not answer soon is not waited for: the next one is asked beside it. */
export async function openSessionSoon(
  dial: Dial,
  addresses: readonly Address[],
  options: SessionOptions,
): Promise<ZooKeeperSession> {
  let found: ZooKeeperSession | undefined;
  const attempts: Promise<ZooKeeperSession>[] = [];
  for (const address of addresses) {
    const attempt = ZooKeeperSession.open(dial, address, options);
    attempts.push(attempt);
    attempt.then(
      (session) => {
        if (found === undefined) found = session;
        else void session.close();
      },
      () => undefined,
    );
    await Promise.race([attempt.catch(() => undefined), systemClock.sleep(patienceMs)]);
    if (found !== undefined) return found;
  }
  try {
    return await Promise.any(attempts);
  } catch (error) {
    const { errors } = error as { errors: Error[] };
    const other = errors.find((each) => !isKafkaHaError(each) || each.code !== 'zookeeper-unreachable');
    if (other !== undefined) throw other;
    throw noneGrants(addresses, errors as KafkaHaError[]);
  }
}

function noneGrants(addresses: readonly Address[], errors: readonly KafkaHaError[]): KafkaHaError {
  return new KafkaHaError(
    'zookeeper-unreachable',
    `no ZooKeeper server grants a session: ${addresses.map(addressText).join(', ')}`,
    { details: errors.map(({ message }) => message), cause: errors[0] },
  );
}

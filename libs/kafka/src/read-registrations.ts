import { describeFencedBrokersApi, ERROR, FENCED_BROKERS } from '@kafka-ha/kafka-protocol';
import type { KafkaConnection } from './kafka-connection.ts';
import { refused } from './refused.ts';

/** A broker that the controllers know. One that is fenced does not run, or not yet; it may be gone for good. */
export type Registration = { id: number; isFenced: boolean };

/** All brokers that the controllers know. Of Kafka 4.0 and later alone, with controllers. */
export async function readRegistrations(kafka: KafkaConnection): Promise<Registration[]> {
  const { errorCode, errorMessage, nodes } = await kafka.readFromController(
    describeFencedBrokersApi,
    FENCED_BROKERS,
  );
  if (errorCode !== ERROR.none)
    throw refused('the registrations of the brokers cannot be read', errorCode, errorMessage);
  return nodes.map(({ nodeId: id, isFenced }) => ({ id, isFenced }));
}

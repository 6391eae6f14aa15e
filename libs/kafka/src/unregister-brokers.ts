import { ERROR, unregisterBrokerApi } from '@kafka-ha/kafka-protocol';
import type { FencedKafka } from './kafka-connection.ts';
import { refused } from './refused.ts';

/** Makes the controllers forget brokers that are gone for good; one that they do not know is no error. Controllers only. */
export async function unregisterBrokers(kafka: FencedKafka, ids: readonly number[]): Promise<void> {
  for (const brokerId of ids) {
    const { errorCode, errorMessage } = await kafka.askController(
      unregisterBrokerApi,
      { brokerId },
      (answer) => [answer.errorCode],
    );
    if (errorCode !== ERROR.none && errorCode !== ERROR.brokerIdNotRegistered)
      throw refused(`broker ${brokerId} was not unregistered`, errorCode, errorMessage);
  }
}

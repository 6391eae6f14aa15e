/** Kafka's own topics: groups' offsets and transactions. Both must keep the promise as well. */
export const internalTopics = ['__consumer_offsets', '__transaction_state'] as const;

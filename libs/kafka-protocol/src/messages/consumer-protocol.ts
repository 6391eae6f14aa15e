import { array, int16, int32, nullableBytes, string, struct, type ValueOf } from '../codec.ts';

/**
 * What consumers tell each other through their coordinator, which does not look into it: `ConsumerProtocolSubscription`
 * and `ConsumerProtocolAssignment` of version 0, which every client reads.
 */
export const consumerSubscription = struct({
  version: int16,
  topics: array(string),
  userData: nullableBytes,
});
export const consumerAssignment = struct({
  version: int16,
  topics: array(struct({ name: string, partitions: array(int32) })),
  userData: nullableBytes,
});
export type ConsumerAssignment = ValueOf<typeof consumerAssignment>;

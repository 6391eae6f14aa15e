import type { Api } from '../api.ts';
import {
  compactArray,
  compactNullableString,
  compactString,
  flexibleStruct,
  int16,
  int32,
  int64,
  uint16,
  uuid,
  type ValueOf,
} from '../codec.ts';

const request = flexibleStruct({
  topics: compactArray(
    flexibleStruct({ name: compactString, partitions: compactArray(flexibleStruct({ index: int32 })) }),
  ),
});

/** The one log that a quorum keeps. */
export const METADATA_LOG: ValueOf<typeof request> = {
  topics: [{ name: '__cluster_metadata', partitions: [{ index: 0 }] }],
};

const replica = flexibleStruct({
  replicaId: int32,
  /** `noUuid` of the voters of a static quorum. */
  directoryId: uuid,
  /** -1 if unknown. */
  logEndOffset: int64,
  /** By the leader's clock, and now for the leader itself; -1 if unknown. */
  lastFetchTimestamp: int64,
  /** By the leader's clock, and now for the leader itself; -1 if unknown. */
  lastCaughtUpTimestamp: int64,
});

const response = flexibleStruct({
  errorCode: int16,
  errorMessage: compactNullableString,
  topics: compactArray(
    flexibleStruct({
      name: compactString,
      partitions: compactArray(
        flexibleStruct({
          index: int32,
          /** NOT_LEADER_OR_FOLLOWER from a controller that does not lead; brokers ask the one that does. */
          errorCode: int16,
          errorMessage: compactNullableString,
          leaderId: int32,
          leaderEpoch: int32,
          highWatermark: int64,
          currentVoters: compactArray(replica),
          /** Brokers, and controllers that have no vote. */
          observers: compactArray(replica),
        }),
      ),
    }),
  ),
  nodes: compactArray(
    flexibleStruct({
      nodeId: int32,
      listeners: compactArray(flexibleStruct({ name: compactString, host: compactString, port: uint16 })),
    }),
  ),
});

export type DescribedQuorum = ValueOf<typeof response>;

/** In brokers and controllers from 3.9 to 4.4; brokers without controllers do not know it. */
export const describeQuorumApi: Api<ValueOf<typeof request>, DescribedQuorum> = {
  name: 'DescribeQuorum',
  key: 55,
  version: 2,
  flexible: true,
  changes: () => false,
  request,
  response,
};
